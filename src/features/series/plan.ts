import { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { isDate, weekdayOf } from '../../core/time.ts';
import {
  daysOf,
  mostOccurrences,
  type Pattern,
  placeInMonth,
  type Recurrence,
  type Weekday,
} from './recurrence.ts';
import type { Unended } from './rrule.ts';

/** How a series can repeat: `date`, `nth` and `last` are monthly, by the place that its first day has in its month. */
const planKinds = ['day', 'week', 'date', 'nth', 'last'] as const;
export type PlanKind = (typeof planKinds)[number];

/** More days, weeks or months than this between two occurrences are refused. */
export const mostInterval = 52;

const text = z.string().default('');

/** A plan as it is typed into the form. */
export const typedPlan = z.object({
  pattern: text,
  interval: text,
  days: z.array(z.string()).default([]),
  ends: text,
  until: text,
  count: text,
});
export type TypedPlan = z.infer<typeof typedPlan>;
export type PlanField = keyof TypedPlan;
export type PlanProblems = Partial<Record<PlanField, Refusal>>;

type ReadPlan = { ok: true; recurrence: Recurrence } | { ok: false; problems: PlanProblems };

/** The kinds of plan that begin on a day: the 30th is no first to fourth weekday of its month, the 1st no last. */
export function planKindsFrom(date: string): PlanKind[] {
  const { nth, last } = placeInMonth(date);
  return planKinds.filter((kind) => (kind !== 'nth' || nth <= 4) && (kind !== 'last' || last));
}

/**
 * Reads what was typed (2.1), naming every field that can't be read; ends that lie beyond the horizon are refused
 * with the last that is possible.
 * @param first the first day of the series
 * @param lastDay how far ahead the rules allow bookings
 */
export function readPlan(typed: TypedPlan, first: string, lastDay: string): ReadPlan {
  const problems: PlanProblems = {};
  const wrong = (field: PlanField, refusal: Omit<Refusal, 'field'>) => {
    problems[field] = { ...refusal, field };
  };

  const kind = planKindsFrom(first).find((it) => it === typed.pattern);
  if (!kind) wrong('pattern', { key: 'series.wrong.pattern' });
  const interval = readWhole(typed.interval, 1, mostInterval);
  if (interval === null) wrong('interval', { key: 'series.wrong.interval', figures: { most: mostInterval } });
  const days = weekdays.filter((day) => typed.days.includes(String(day)));
  if (kind === 'week' && days.length === 0) wrong('days', { key: 'series.wrong.days' });

  const ends = readEnds(typed, first);
  if ('key' in ends) wrong(ends.field, ends);
  if (!kind || interval === null || 'key' in ends || Object.keys(problems).length > 0)
    return { ok: false, problems };

  const recurrence = { pattern: patternOf(kind, interval, days, first), ends };
  const breach = planBreach(recurrence, first, lastDay);
  return breach ? { ok: false, problems: { [breach.field]: breach } } : { ok: true, recurrence };
}

/** Why a series can't end as it says: it goes on beyond the horizon, has too many occurrences, or none (2.1). */
export function planBreach(
  { pattern, ends }: Recurrence,
  first: string,
  lastDay: string,
): (Refusal & { field: 'until' | 'count' }) | null {
  const field = 'until' in ends ? 'until' : 'count';
  if ('until' in ends && ends.until > lastDay) return beyond(field, lastDay);
  const until = 'until' in ends ? ends.until : lastDay;
  const wanted = 'count' in ends ? ends.count : mostOccurrences + 1;
  const days: string[] = [];
  for (const day of daysOf(pattern, first, until)) {
    if (days.length === wanted) break;
    days.push(day);
  }
  const last = days[mostOccurrences - 1];
  if (days.length > mostOccurrences && last !== undefined)
    return {
      key: 'series.refused.tooMany',
      figures: { most: mostOccurrences },
      clause: '2.1',
      field,
      nearest: { key: 'booking.nearest.lastDay', figures: { day: { day: last } } },
    };
  if (days.length === 0) return { key: 'series.refused.none', clause: '2.1', field };
  if ('count' in ends && days.length < ends.count)
    return {
      ...beyond(field, lastDay),
      nearest: { key: 'series.nearest.count', figures: { count: days.length } },
    };
  return null;
}

const beyond = <Field extends PlanField>(field: Field, lastDay: string) => ({
  key: 'series.refused.beyond' as const,
  figures: { day: { day: lastDay } },
  clause: '2.1',
  field,
  nearest: { key: 'booking.nearest.lastDay' as const, figures: { day: { day: lastDay } } },
});

/** What the form holds at first: what was asked for, as far as it was, else every week until the last possible day. */
export function presetPlan(asked: Unended | null, first: string, lastDay: string): TypedPlan {
  const pattern = asked?.pattern;
  const ends = asked?.ends ?? { until: lastDay };
  return {
    pattern: pattern ? kindOf(pattern) : 'week',
    interval: String(pattern?.interval ?? 1),
    days: (pattern?.every === 'week' ? pattern.days : [weekdayOf(first)]).map(String),
    ends: 'until' in ends ? 'until' : 'count',
    until: 'until' in ends ? ends.until : '',
    count: 'count' in ends ? String(ends.count) : '',
  };
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[];

function kindOf(pattern: Pattern): PlanKind {
  if (pattern.every !== 'month') return pattern.every;
  if (pattern.by === 'date') return 'date';
  return pattern.nth === -1 ? 'last' : 'nth';
}

function patternOf(kind: PlanKind, interval: number, days: Weekday[], first: string): Pattern {
  const day = weekdayOf(first);
  switch (kind) {
    case 'day':
      return { every: 'day', interval };
    case 'week':
      return { every: 'week', interval, days };
    case 'date':
      return { every: 'month', interval, by: 'date', date: Number(first.slice(8)) };
    case 'nth':
      return { every: 'month', interval, by: 'weekday', nth: placeInMonth(first).nth as 1 | 2 | 3 | 4, day };
    case 'last':
      return { every: 'month', interval, by: 'weekday', nth: -1, day };
  }
}

function readEnds(
  typed: TypedPlan,
  first: string,
): Recurrence['ends'] | (Omit<Refusal, 'field'> & { field: PlanField }) {
  switch (typed.ends) {
    case 'until':
      if (!isDate(typed.until)) return { key: 'series.wrong.until', field: 'until' };
      return typed.until < first
        ? { key: 'series.wrong.untilBefore', figures: { day: { day: first } }, field: 'until' }
        : { until: typed.until };
    case 'count': {
      const count = readWhole(typed.count, 2, mostOccurrences);
      return count === null
        ? { key: 'series.wrong.count', figures: { most: mostOccurrences }, field: 'count' }
        : { count };
    }
    default:
      return { key: 'series.wrong.ends', field: 'ends' };
  }
}

function readWhole(text: string, least: number, most: number): number | null {
  const typed = text.trim();
  const read = /^\d+$/.test(typed) ? Number(typed) : null;
  return read !== null && read >= least && read <= most ? read : null;
}
