import { timeOfDay } from '../../core/time.ts';
import type { Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { clauses } from './domain.ts';
import type { RulesVersion } from './store.ts';

/** The rules in force, each as one sentence with its clause (5.9, 10.4). */
export function rulesCard(
  reader: Reader,
  { version, from, document }: RulesVersion,
  organisation: string,
): Card {
  const { organisation: rules, sites } = document;
  const line = (clause: string, text: string) => ({ title: text, badge: clause });
  return {
    layout: 'list',
    tone: 'neutral',
    title: organisation ? reader.t('rules.titleOf', { organisation }) : reader.t('rules.title'),
    rows: [
      line(clauses.members, reader.t('rules.members')),
      line(clauses.horizonDays, reader.t('rules.horizon', { count: rules.horizonDays })),
      line(clauses.maxMinutes, reader.t('rules.max', { max: { minutes: rules.maxMinutes } })),
      line(
        clauses.opens,
        reader.t('rules.hours', { opens: timeOfDay(rules.opens), closes: timeOfDay(rules.closes) }),
      ),
      line(clauses.stepMinutes, reader.t('rules.step', { step: { minutes: rules.stepMinutes } })),
      line(clauses.review, reader.t('rules.review')),
      line(
        clauses.reminders,
        reader.t('rules.reminders', {
          leads: reader.list(rules.reminders.map((minutes) => reader.duration(minutes))),
        }),
      ),
      line(clauses.capacity, reader.t('rules.capacity')),
      line(clauses.layers, reader.t('rules.layers')),
      ...Object.entries(sites).map(([site, layer]) =>
        line(
          clauses.layers,
          reader.t('rules.site', {
            site,
            days: layer.horizonDays ?? rules.horizonDays,
            max: { minutes: layer.maxMinutes ?? rules.maxMinutes },
            opens: timeOfDay(layer.opens ?? rules.opens),
            closes: timeOfDay(layer.closes ?? rules.closes),
          }),
        ),
      ),
    ],
    footnote:
      from === 0
        ? reader.t('rules.versionDefault', { version })
        : reader.t('rules.version', { version, from: { instant: from } }),
  };
}
