import fc from 'fast-check';
import { DateTime } from 'luxon';
import { daysOf, type Pattern, type Weekday } from '../../src/features/series/recurrence.ts';

const weekday: fc.Arbitrary<Weekday> = fc.constantFrom(1, 2, 3, 4, 5, 6, 7);
const interval = fc.integer({ min: 1, max: 5 });

export const aPattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ every: fc.constant('day' as const), interval }),
  fc.record({
    every: fc.constant('week' as const),
    interval,
    days: fc.uniqueArray(weekday, { minLength: 1 }).map((days) => days.sort((a, b) => a - b)),
  }),
  fc.record({
    every: fc.constant('month' as const),
    interval,
    by: fc.constant('date' as const),
    date: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 28, max: 31 })),
  }),
  fc.record({
    every: fc.constant('month' as const),
    interval,
    by: fc.constant('weekday' as const),
    nth: fc.constantFrom(1, 2, 3, 4, -1),
    day: weekday,
  }),
);

export const days = (pattern: Pattern, date: string, until: string): string[] => [
  ...daysOf(pattern, date, until),
];

/** What `daysOf` has to give, by looking at every single day. */
export function slowly(pattern: Pattern, from: string, until: string): string[] {
  const found: DateTime[] = [];
  const last = DateTime.fromISO(until, { zone: 'utc' });
  for (let day = DateTime.fromISO(from, { zone: 'utc' }); day <= last; day = day.plus({ days: 1 })) {
    const first = found[0] ?? day;
    if (fits(pattern, day) && stepsBetween(pattern, first, day) % pattern.interval === 0) found.push(day);
  }
  return found.map((day) => day.toFormat('yyyy-MM-dd'));
}

function fits(pattern: Pattern, day: DateTime): boolean {
  if (pattern.every === 'day') return true;
  if (pattern.every === 'week') return pattern.days.some((it) => it === day.weekday);
  if (pattern.by === 'date') return day.day === pattern.date;
  const sameName = day.weekday === pattern.day;
  if (pattern.nth === -1) return sameName && day.plus({ weeks: 1 }).month !== day.month;
  return (
    sameName &&
    day.minus({ weeks: pattern.nth }).month !== day.month &&
    day.minus({ weeks: pattern.nth - 1 }).month === day.month
  );
}

function stepsBetween({ every }: Pattern, first: DateTime, day: DateTime): number {
  if (every === 'day') return day.diff(first, 'days').days;
  return every === 'week'
    ? day.startOf('week').diff(first.startOf('week'), 'weeks').weeks
    : day.startOf('month').diff(first.startOf('month'), 'months').months;
}
