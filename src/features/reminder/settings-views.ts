import { timeOfDay } from '../../core/time.ts';
import type { Card, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Setting } from './domain.ts';
import {
  asOrganisation,
  leadChoices,
  type SettingField,
  type SettingProblems,
  type TypedSetting,
} from './typed.ts';

/** `/reminders`: what holds for somebody. `organisation`: the leads of the rules in force. */
export function settingsCard(
  reader: Reader,
  { leads, quiet, digestAt }: Setting,
  organisation: readonly number[],
  banner?: Card['banner'],
): Card {
  const none = reader.t('reminder.settings.none');
  const before = (minutes: readonly number[]) => ({ leads: leadsText(reader, minutes) });
  const fact = (name: 'leads' | 'quiet' | 'digest', value: string) => ({
    label: reader.t(`reminder.settings.${name}`),
    value,
  });
  const reminders = () => {
    if (leads?.length === 0 || (leads === null && organisation.length === 0)) return none;
    return leads === null
      ? reader.t('reminder.settings.beforeAsOrganisation', before(organisation))
      : reader.t('reminder.settings.before', before(leads));
  };
  return {
    layout: 'notice',
    tone: 'neutral',
    title: reader.t('reminder.settings.title'),
    ...(banner ? { banner } : {}),
    text: [reader.t('reminder.settings.text')],
    facts: [
      fact('leads', reminders()),
      fact('quiet', quiet ? `${timeOfDay(quiet.from)} – ${timeOfDay(quiet.until)}` : none),
      fact(
        'digest',
        digestAt === null ? none : reader.t('reminder.settings.digestAt', { time: timeOfDay(digestAt) }),
      ),
    ],
    footnote: reader.t('reminder.settings.zone', { zone: reader.zoneName() }),
    actions: [
      {
        kind: 'command',
        label: reader.t('reminder.settings.change'),
        command: 'reminder.edit',
        data: {},
        style: 'primary',
      },
    ],
  };
}

const leadsText = (reader: Reader, leads: readonly number[]): string =>
  reader.list([...leads].sort((a, b) => b - a).map((lead) => reader.duration(lead)));

/** What the form holds when it opens; the times are sensible ones where none are set. */
export const typedOf = ({ leads, quiet, digestAt }: Setting, token: string): TypedSetting => ({
  token,
  leads: leads === null ? [asOrganisation] : leads.map(String),
  quiet: quiet !== null,
  quietFrom: timeOfDay(quiet?.from ?? 22 * 60),
  quietUntil: timeOfDay(quiet?.until ?? 7 * 60),
  digest: digestAt !== null,
  digestTime: timeOfDay(digestAt ?? 8 * 60),
});

/** The form of `/reminders`, with what was typed and, where it came back, what is wrong at each field. */
export function settingsForm(
  reader: Reader,
  it: { typed: TypedSetting; organisation: readonly number[]; problems?: SettingProblems },
): Form {
  const { typed } = it;
  const at = <Name extends SettingField>(name: Name) => {
    const problem = it.problems?.[name];
    return {
      name,
      label: reader.t(`reminder.form.${name}`),
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  const leads =
    it.organisation.length > 0 ? leadsText(reader, it.organisation) : reader.t('reminder.settings.none');
  return {
    layout: 'settings',
    title: reader.t('reminder.form.title'),
    command: 'reminder.save',
    submit: reader.t('reminder.form.submit'),
    cancel: reader.t('common.cancel'),
    data: { token: typed.token },
    fields: [
      {
        kind: 'choices',
        ...at('leads'),
        hint: reader.t('reminder.form.leadsHint'),
        value: typed.leads,
        options: [
          { value: asOrganisation, label: reader.t('reminder.form.asOrganisation', { leads }) },
          ...leadChoices.map((lead) => ({ value: String(lead), label: reader.duration(lead) })),
        ],
      },
      { kind: 'toggle', ...at('quiet'), value: typed.quiet, text: reader.t('reminder.form.quietText') },
      { kind: 'time', ...at('quietFrom'), value: typed.quietFrom, options: times(typed.quietFrom) },
      { kind: 'time', ...at('quietUntil'), value: typed.quietUntil, options: times(typed.quietUntil) },
      { kind: 'toggle', ...at('digest'), value: typed.digest, text: reader.t('reminder.form.digestText') },
      { kind: 'time', ...at('digestTime'), value: typed.digestTime, options: times(typed.digestTime) },
    ],
  };
}

/** Every half hour, and what is set where a platform lets people type any minute. */
function times(chosen: string): Option[] {
  const halves = Array.from({ length: 48 }, (_, n) => timeOfDay(n * 30));
  return [...new Set([...halves, ...(chosen ? [chosen] : [])])]
    .sort()
    .map((time) => ({ value: time, label: time }));
}
