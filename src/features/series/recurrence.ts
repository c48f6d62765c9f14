import { type Instant, minute } from '../../core/clock.ts';
import { addDays, readLocal, weekdayOf } from '../../core/time.ts';

/** ISO weekdays: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Pattern =
  | { every: 'day'; interval: number }
  | { every: 'week'; interval: number; days: Weekday[] }
  | { every: 'month'; interval: number; by: 'date'; date: number }
  /** `nth`: 1 to 4, or -1 for the last. */
  | { every: 'month'; interval: number; by: 'weekday'; nth: 1 | 2 | 3 | 4 | -1; day: Weekday };

/** Ends with the day `until` (included) or after `count` occurrences. */
export type Recurrence = { pattern: Pattern; ends: { until: string } | { count: number } };

/** What repeats: a time on the wall clock of a zone, from the day `date` on. */
export type Repeating = {
  date: string;
  time: string;
  zone: string;
  minutes: number;
  recurrence: Recurrence;
};

/** `shifted`: the clock skips the time on that day, so it begins when the clock goes on. */
export type Occurrence = { day: string; start: Instant; end: Instant; shifted?: true };

/** A series has no more occurrences than this (2.1). */
export const mostOccurrences = 1000;

/**
 * The occurrences of a series in order, by its wall clock: 09:00 stays 09:00 when the clocks are changed (2.1). A
 * time that the clock skips on a day begins at the end of the gap, one that it shows twice is the first. Every n
 * weeks or months count from the first day that fits at or after `date`; months that lack the day have none.
 * @param lastDay none is later: how far ahead anybody looks
 * @throws where date, time or zone are none
 */
export function occurrences(
  { date, time, zone, minutes, recurrence }: Repeating,
  lastDay: string,
): Occurrence[] {
  const { pattern, ends } = recurrence;
  const until = 'until' in ends && ends.until < lastDay ? ends.until : lastDay;
  const most = 'count' in ends ? Math.min(ends.count, mostOccurrences) : mostOccurrences;
  const found: Occurrence[] = [];
  for (const day of daysOf(pattern, date, until)) {
    if (found.length === most) break;
    const read = readLocal({ date: day, time, zone });
    if (read.kind === 'invalid') throw new Error(`not a local time: ${day} ${time} ${zone}`);
    const start = read.kind === 'skipped' ? read.next : read.at;
    found.push({
      day,
      start,
      end: start + minutes * minute,
      ...(read.kind === 'skipped' ? { shifted: true } : {}),
    });
  }
  return found;
}

/** The days of a pattern in order, from the first one at or after `date` until `lastDay`. */
export function* daysOf(pattern: Pattern, date: string, lastDay: string): Generator<string, void> {
  switch (pattern.every) {
    case 'day':
      for (let day = date; day <= lastDay; day = addDays(day, pattern.interval)) yield day;
      return;
    case 'week': {
      const days = [...pattern.days].sort((a, b) => a - b);
      const monday = addDays(date, 1 - weekdayOf(date));
      // Where the first week has no day left, they count from the next.
      const first = days.some((day) => day >= weekdayOf(date)) ? monday : addDays(monday, 7);
      for (let week = first; week <= lastDay; week = addDays(week, 7 * pattern.interval))
        for (const weekday of days) {
          const day = addDays(week, weekday - 1);
          if (day >= date && day <= lastDay) yield day;
        }
      return;
    }
    case 'month': {
      let month = date.slice(0, 7);
      let step = 1;
      while (month <= lastDay) {
        const day = dayIn(month, pattern);
        if (day !== null && day >= date && day <= lastDay) {
          yield day;
          step = pattern.interval;
        }
        month = addMonths(month, step);
      }
    }
  }
}

/** The day of a monthly pattern in a month `2026-12`; null: the month lacks it. */
function dayIn(month: string, pattern: Extract<Pattern, { every: 'month' }>): string | null {
  if (pattern.by === 'date')
    return pattern.date > daysIn(month) ? null : `${month}-${String(pattern.date).padStart(2, '0')}`;
  if (pattern.nth === -1) {
    const last = `${month}-${daysIn(month)}`;
    return addDays(last, -((weekdayOf(last) - pattern.day + 7) % 7));
  }
  const first = `${month}-01`;
  return addDays(first, ((pattern.day - weekdayOf(first) + 7) % 7) + 7 * (pattern.nth - 1));
}

const daysIn = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();

function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Which weekday of its month a day is: 1 is the first; `last`: none of that name follows in the month. */
export function placeInMonth(date: string): { nth: number; last: boolean } {
  const day = Number(date.slice(8));
  return { nth: Math.ceil(day / 7), last: day + 7 > daysIn(date.slice(0, 7)) };
}
