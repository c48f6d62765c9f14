import { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { isTimeOfDay, minutesOfDay, timeOfDay } from '../../core/time.ts';
import { type Limits, materialChanges } from './domain.ts';

const text = z.string().default('');
const list = z.array(z.string()).default([]);

/** The parameters as they are typed into the form. */
export const typedLimits = z.object({
  horizonDays: text,
  maxMinutes: text,
  opens: text,
  closes: text,
  stepMinutes: text,
  reminders: list,
  material: list,
  cancelMinutes: text,
  lateMinutes: text,
  remindReviewersMinutes: text,
  escalateMinutes: text,
  offerMinutes: text,
  workDays: list,
  workFrom: text,
  workUntil: text,
} satisfies Record<keyof Limits, z.ZodType>);
export type TypedLimits = z.infer<typeof typedLimits>;

export type LimitProblems = Partial<Record<keyof Limits | 'from', Refusal>>;

/** What can be chosen as a step, and as a lead of reminders, in minutes. */
export const stepChoices = [5, 10, 15, 20, 30, 60];
export const leadChoices = [5, 10, 15, 30, 60, 120, 240, 1440, 2880, 10_080];
export const mostReminders = 5;

/** The least and the most that a number may be. Waits in working time are shorter than a day, so as not to be taken for one. */
export const bounds = {
  horizonDays: [1, 730],
  maxMinutes: [5, 1440],
  cancelMinutes: [0, 1440],
  lateMinutes: [0, 10_080],
  remindReviewersMinutes: [5, 1200],
  escalateMinutes: [10, 1200],
  offerMinutes: [1, 240],
} as const satisfies Partial<Record<keyof Limits, readonly [number, number]>>;

type Bounded = keyof typeof bounds;

/** What an untouched form holds. */
export const typeLimits = (limits: Limits): TypedLimits => ({
  horizonDays: String(limits.horizonDays),
  maxMinutes: String(limits.maxMinutes),
  opens: timeOfDay(limits.opens),
  closes: timeOfDay(limits.closes),
  stepMinutes: String(limits.stepMinutes),
  reminders: limits.reminders.map(String),
  material: limits.material,
  cancelMinutes: String(limits.cancelMinutes),
  lateMinutes: String(limits.lateMinutes),
  remindReviewersMinutes: String(limits.remindReviewersMinutes),
  escalateMinutes: String(limits.escalateMinutes),
  offerMinutes: String(limits.offerMinutes),
  workDays: limits.workDays.map(String),
  workFrom: timeOfDay(limits.workFrom),
  workUntil: timeOfDay(limits.workUntil),
});

/** Reads the typed parameters. Every wrong field is named at once. */
export function readLimits(
  typed: TypedLimits,
): { ok: true; limits: Limits } | { ok: false; problems: LimitProblems } {
  const problems: LimitProblems = {};
  const wrong = (field: keyof Limits, refusal: Omit<Refusal, 'field'>): number => {
    problems[field] ??= { ...refusal, field };
    return 0;
  };
  const whole = (field: Bounded): number => {
    const [least, most] = bounds[field];
    const value = typed[field].trim();
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    const key = field === 'horizonDays' ? 'rules.wrong.days' : 'rules.wrong.minutes';
    return wrong(field, { key, figures: { least, most } });
  };
  const time = (field: 'opens' | 'closes' | 'workFrom' | 'workUntil'): number => {
    const value = typed[field].trim();
    if (value === '24:00') return 1440;
    return isTimeOfDay(value) ? minutesOfDay(value) : wrong(field, { key: 'rules.wrong.time' });
  };
  /** Those of `known` that were chosen, in their order. */
  const chosen = <Value extends string | number>(
    values: readonly string[],
    known: readonly Value[],
  ): Value[] => known.filter((value) => values.includes(String(value)));

  const limits: Limits = {
    horizonDays: whole('horizonDays'),
    maxMinutes: whole('maxMinutes'),
    opens: time('opens'),
    closes: time('closes'),
    stepMinutes:
      chosen([typed.stepMinutes], stepChoices)[0] ?? wrong('stepMinutes', { key: 'rules.wrong.step' }),
    reminders: chosen(typed.reminders, leadChoices).reverse(),
    material: chosen(typed.material, materialChanges),
    cancelMinutes: whole('cancelMinutes'),
    lateMinutes: whole('lateMinutes'),
    remindReviewersMinutes: whole('remindReviewersMinutes'),
    escalateMinutes: whole('escalateMinutes'),
    offerMinutes: whole('offerMinutes'),
    workDays: chosen(typed.workDays, [1, 2, 3, 4, 5, 6, 7]),
    workFrom: time('workFrom'),
    workUntil: time('workUntil'),
  };
  if (limits.maxMinutes < limits.stepMinutes)
    wrong('maxMinutes', { key: 'rules.wrong.belowStep', figures: { step: { minutes: limits.stepMinutes } } });
  if (limits.closes <= limits.opens && !problems.opens) wrong('closes', { key: 'rules.wrong.closes' });
  if (limits.reminders.length > mostReminders)
    wrong('reminders', { key: 'rules.wrong.reminders', figures: { most: mostReminders } });
  if (limits.escalateMinutes <= limits.remindReviewersMinutes && !problems.remindReviewersMinutes)
    wrong('escalateMinutes', { key: 'rules.wrong.escalate' });
  if (limits.workDays.length === 0) wrong('workDays', { key: 'rules.wrong.workDays' });
  if (limits.workUntil <= limits.workFrom && !problems.workFrom)
    wrong('workUntil', { key: 'rules.wrong.workUntil' });
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, limits };
}
