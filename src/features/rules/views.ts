import { timeOfDay } from '../../core/time.ts';
import type { Action, Card, CommandAction, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { ApprovalRule } from './approval.ts';
import { clauses, effectiveRules, type Rules } from './domain.ts';
import type { Begin } from './in-force.ts';
import type { RulesVersion } from './store.ts';
import { limitText, type RoomLabels, whenText } from './words.ts';

/** A button that sends a command of this feature; its answer is a message of its own unless `its` says otherwise. */
export const button = (
  label: string,
  command: string,
  data: Record<string, string> = {},
  its: Partial<CommandAction> = {},
): CommandAction => ({ kind: 'command', label, command, data, answer: 'new', ...its });

/** To the pages before and after, where there are any; the card is turned in its place. */
export function pageButtons(
  reader: Reader,
  it: { page: number; pages: number; command: string; data?: Record<string, string> },
): Action[] {
  const turn = (page: number, label: string) =>
    button(label, it.command, { ...it.data, page: String(page) }, { answer: 'here' });
  return [
    ...(it.page > 1 ? [turn(it.page - 1, reader.t('common.previous'))] : []),
    ...(it.page < it.pages ? [turn(it.page + 1, reader.t('common.next'))] : []),
  ];
}

/** What admins do with the rules. */
export const adminButtons = (reader: Reader): Action[] => [
  button(reader.t('rules.button.limits'), 'rules.limits'),
  button(reader.t('rules.button.approval'), 'rules.approval'),
];

/** `1. Long meetings: Two reviewers have to approve`, and for which requests. */
export const ruleRow = (reader: Reader, rule: ApprovalRule, place: number, rooms: RoomLabels): Row => ({
  title: reader.t('rules.approval.row', {
    place,
    rule: rule.name,
    decision: reader.t(`rules.decision.${rule.decision}`),
  }),
  text: whenText(reader, rule.when, rooms),
});

export const comingText = (reader: Reader, { version, from }: Begin): string =>
  reader.t('rules.coming', { version, from: { instant: from } });

const pageSize = 25;

/** The rules in force, each as one sentence with its clause (5.9, 10.4), and when they change. */
export function rulesCard(
  reader: Reader,
  { version, from, document }: RulesVersion,
  its: { organisation: string; rooms: RoomLabels; coming: readonly Begin[]; page: number; admin: boolean },
): Card {
  const { organisation: rules, sites } = document;
  const line = (clause: string, text: string): Row => ({ title: text, badge: clause });
  const rows = [
    line(clauses.members, reader.t('rules.members')),
    line(clauses.horizonDays, reader.t('rules.horizon', { count: rules.horizonDays })),
    line(clauses.maxMinutes, reader.t('rules.max', { max: { minutes: rules.maxMinutes } })),
    line(
      clauses.opens,
      reader.t('rules.hours', { opens: timeOfDay(rules.opens), closes: timeOfDay(rules.closes) }),
    ),
    line(clauses.stepMinutes, reader.t('rules.step', { step: { minutes: rules.stepMinutes } })),
    line(clauses.review, reader.t('rules.review')),
    ...approvalRows(reader, rules, its.rooms),
    line(
      clauses.remindReviewersMinutes,
      reader.t('rules.remindReviewers', { wait: { minutes: rules.remindReviewersMinutes } }),
    ),
    line(clauses.escalateMinutes, reader.t('rules.escalate', { wait: { minutes: rules.escalateMinutes } })),
    line(
      clauses.workDays,
      reader.t('rules.working', {
        from: timeOfDay(rules.workFrom),
        until: timeOfDay(rules.workUntil),
        days: limitText(reader, 'workDays', rules),
      }),
    ),
    line(clauses.material, materialSentence(reader, rules)),
    line(clauses.cancelMinutes, cancelSentence(reader, rules)),
    line(clauses.lateMinutes, lateSentence(reader, rules)),
    line(clauses.offerMinutes, reader.t('rules.offer', { wait: { minutes: rules.offerMinutes } })),
    line(clauses.reminders, remindersSentence(reader, rules)),
    line(clauses.capacity, reader.t('rules.capacity')),
    line(clauses.layers, reader.t('rules.layers')),
    ...Object.keys(sites).map((site) => {
      const own = effectiveRules(document, site, {});
      return line(
        clauses.layers,
        reader.t('rules.site', {
          site,
          days: own.horizonDays,
          max: { minutes: own.maxMinutes },
          opens: timeOfDay(own.opens),
          closes: timeOfDay(own.closes),
        }),
      );
    }),
  ];
  const pages = Math.ceil(rows.length / pageSize);
  const page = Math.min(its.page, pages);
  const { organisation } = its;
  return {
    layout: 'list',
    tone: 'neutral',
    title: organisation ? reader.t('rules.titleOf', { organisation }) : reader.t('rules.title'),
    ...(its.coming.length > 0 && { text: its.coming.map((next) => comingText(reader, next)) }),
    rows: rows.slice((page - 1) * pageSize, page * pageSize),
    actions: [
      ...pageButtons(reader, { page, pages, command: 'rules.show' }),
      ...(its.admin ? adminButtons(reader) : []),
      button(reader.t('rules.button.history'), 'rules.history'),
    ],
    footnote:
      from === 0
        ? reader.t('rules.versionDefault', { version })
        : reader.t('rules.version', { version, from: { instant: from } }),
  };
}

const approvalRows = (reader: Reader, { approval }: Rules, rooms: RoomLabels): Row[] =>
  approval.length === 0
    ? []
    : [
        { title: reader.t('rules.approval.text'), badge: clauses.approval },
        ...approval.map((rule, index) => ({
          ...ruleRow(reader, rule, index + 1, rooms),
          badge: clauses.approval,
        })),
      ];

const materialSentence = (reader: Reader, rules: Rules): string =>
  rules.material.length === 0
    ? reader.t('rules.noMaterial')
    : reader.t('rules.materialChanges', { changes: limitText(reader, 'material', rules) });

const cancelSentence = (reader: Reader, { cancelMinutes }: Rules): string =>
  cancelMinutes === 0
    ? reader.t('rules.cancelAtOnce')
    : reader.t('rules.cancel', { wait: { minutes: cancelMinutes } });

const lateSentence = (reader: Reader, { lateMinutes }: Rules): string =>
  lateMinutes === 0
    ? reader.t('rules.neverLate')
    : reader.t('rules.late', { notice: { minutes: lateMinutes } });

const remindersSentence = (reader: Reader, rules: Rules): string =>
  rules.reminders.length === 0
    ? reader.t('rules.noReminders')
    : reader.t('rules.reminders', { leads: limitText(reader, 'reminders', rules) });
