import type { Reader } from '../../i18n/reader.ts';
import type { Repeats } from '../draft/index.ts';
import type { Pattern, Weekday } from './recurrence.ts';
import { readRecurrence, type Unended } from './rrule.ts';

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const nthNames = ['first', 'second', 'third', 'fourth'] as const;

export const weekdayName = (reader: Reader, day: Weekday): string =>
  reader.t(`series.weekday.${dayNames[day - 1] ?? 'sun'}`);

/** `first` to `fourth`, or `last` for -1. */
export const nthName = (reader: Reader, nth: number): string =>
  reader.t(`series.nth.${nthNames[nth - 1] ?? 'last'}`);

/** `every 2 weeks on Monday and Wednesday until Thu, Dec 31, 2026` */
export function recurrenceText(reader: Reader, { pattern, ends }: Unended): string {
  const text = patternText(reader, pattern);
  if (ends === null) return text;
  return 'until' in ends
    ? reader.t('series.until', { text, day: { day: ends.until } })
    : reader.t('series.times', { text, count: ends.count });
}

function patternText(reader: Reader, pattern: Pattern): string {
  const { interval } = pattern;
  const each = interval === 1 ? 'each' : 'every';
  switch (pattern.every) {
    case 'day':
      return reader.t(`series.${each}.day`, { interval });
    case 'week': {
      const days = pattern.days.map((day) => weekdayName(reader, day));
      return reader.t(`series.${each}.week`, { interval, days: { list: days } });
    }
    case 'month':
      if (pattern.by === 'date') return reader.t(`series.${each}.date`, { interval, date: pattern.date });
      return reader.t(`series.${each}.weekday`, {
        interval,
        day: weekdayName(reader, pattern.day),
        nth: nthName(reader, pattern.nth),
      });
  }
}

/** How what is typed repeats; null: that is not said yet, or can't be planned. */
export function repeatsText(reader: Reader, typed: { date: string; repeats?: Repeats }): string | null {
  const recurrence = typed.repeats ? readRecurrence(typed.repeats.rule, typed.date) : null;
  return recurrence && recurrenceText(reader, recurrence);
}
