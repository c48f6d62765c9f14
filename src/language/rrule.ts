import { dayAt, isoDate, partsOf, weekdayOf } from './calendar.ts';
import type { Rule } from './recurrence-rule.ts';

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const code = (weekday: number): string => codes[weekday - 1] ?? '';
const frequency = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' } as const;

export type Limit = { count: number } | { until: number } | null;

/** RRULE text without DTSTART: FREQ;INTERVAL;BYDAY|BYMONTHDAY;COUNT|UNTIL (C). */
export function rruleText(rule: Rule, limit: Limit): string {
  const parts = [`FREQ=${frequency[rule.every]}`];
  if (rule.interval > 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.weekdays.length > 0) parts.push(`BYDAY=${byDay(rule).join(',')}`);
  if (rule.monthDays.length > 0) parts.push(`BYMONTHDAY=${rule.monthDays.join(',')}`);
  if (limit !== null && 'count' in limit) parts.push(`COUNT=${limit.count}`);
  if (limit !== null && 'until' in limit) parts.push(`UNTIL=${isoDate(limit.until).replaceAll('-', '')}`);
  return parts.join(';');
}

const byDay = ({ weekdays, nth }: Rule): string[] =>
  nth.length === 0
    ? weekdays.map(code)
    : nth.flatMap((place) => weekdays.map((weekday) => `${place}${code(weekday)}`));

/** Is this day one of the rule's, its interval aside? */
export function falls(rule: Rule, day: number): boolean {
  const { year, month, day: date } = partsOf(day);
  const left = (dayAt(year, month + 1, 1) ?? day) - day;
  if (rule.monthDays.length > 0) return rule.monthDays.some((it) => it === date || (it === -1 && left === 1));
  if (rule.weekdays.length === 0) return true;
  if (!rule.weekdays.includes(weekdayOf(day))) return false;
  return (
    rule.nth.length === 0 ||
    rule.nth.some((nth) => (nth > 0 ? Math.ceil(date / 7) === nth : Math.ceil(left / 7) === -nth))
  );
}

/** The first days from `from` on that are the rule's. */
export function firstDays(rule: Rule, from: number, many: number): number[] {
  const days: number[] = [];
  // The rarest day, a 29 February or a fifth weekday, comes within this.
  for (let day = from; day < from + 1_600 && days.length < many; day++) if (falls(rule, day)) days.push(day);
  return days;
}
