import { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { isTimeOfDay, minutesOfDay } from '../../core/time.ts';
import { isQuiet, type Setting } from './domain.ts';

/** The leads that can be chosen, in minutes before the start: a week to five minutes. */
export const leadChoices = [10_080, 1440, 120, 60, 30, 15, 10, 5] as const;

/** The choice among the leads that means "as the organisation does". */
export const asOrganisation = 'organisation';

const text = z.string().default('');

/** The settings as they are typed into the form. */
export const typedSetting = z.object({
  token: z.string(),
  leads: z.array(z.enum([asOrganisation, ...leadChoices.map(String)])).default([]),
  quiet: z.boolean().default(false),
  quietFrom: text,
  quietUntil: text,
  digest: z.boolean().default(false),
  digestTime: text,
});
export type TypedSetting = z.infer<typeof typedSetting>;

export type SettingField = Exclude<keyof TypedSetting, 'token'>;
export type SettingProblems = Partial<Record<SettingField, Refusal>>;

/**
 * Reads what was typed, naming every field that can't be read (2.7). No lead at all means no reminders; the
 * organisation's leads can't be mixed with one's own; times count only where they are switched on.
 */
export function readSetting(
  typed: TypedSetting,
): { ok: true; setting: Setting } | { ok: false; problems: SettingProblems } {
  const problems: SettingProblems = {};
  const timeAt = (field: 'quietFrom' | 'quietUntil' | 'digestTime'): number => {
    const time = typed[field];
    if (isTimeOfDay(time)) return minutesOfDay(time);
    problems[field] = { key: 'reminder.wrong.time', field };
    return 0;
  };
  const own = typed.leads.filter((lead) => lead !== asOrganisation);
  const organisation = own.length < typed.leads.length;
  if (organisation && own.length > 0) problems.leads = { key: 'reminder.wrong.mixed', field: 'leads' };

  const quiet = typed.quiet ? { from: timeAt('quietFrom'), until: timeAt('quietUntil') } : null;
  const digestAt = typed.digest ? timeAt('digestTime') : null;
  if (Object.keys(problems).length === 0 && quiet) {
    if (quiet.from === quiet.until)
      problems.quietUntil = { key: 'reminder.wrong.noQuiet', field: 'quietUntil' };
    else if (digestAt !== null && isQuiet(quiet, digestAt))
      problems.digestTime = { key: 'reminder.wrong.digestQuiet', field: 'digestTime' };
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const leads = leadChoices.filter((lead) => own.includes(String(lead)));
  return { ok: true, setting: { leads: organisation ? null : leads, quiet, digestAt } };
}
