import { isDate, weekdayOf } from '../../core/time.ts';
import type { Pattern, Recurrence, Weekday } from './recurrence.ts';

/** A recurrence of which it may not have been said when it ends. */
export type Unended = { pattern: Pattern; ends: Recurrence['ends'] | null };

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/**
 * Reads the rule of a recurrence as calendars write it (RFC 5545), such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10`.
 * What it leaves open, the day or the date, is that of the first day. Null: it says what no series can do.
 */
export function readRecurrence(rule: string, date: string): Unended | null {
  const parts = partsOf(rule);
  if (!parts) return null;
  const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, COUNT, UNTIL, ...unknown } = parts;
  const interval = readNumber(INTERVAL);
  if (interval === null || Object.keys(unknown).length > 0) return null;
  const pattern = readPattern({ FREQ, BYDAY, BYMONTHDAY }, interval, date);
  const ends = readEnd(COUNT, UNTIL);
  return pattern && ends !== 'unreadable' ? { pattern, ends } : null;
}

/** The same, written: `readRecurrence` gives it back. */
export function writeRecurrence({ pattern, ends }: Unended): string {
  return [
    `FREQ=${{ day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' }[pattern.every]}`,
    ...(pattern.interval === 1 ? [] : [`INTERVAL=${pattern.interval}`]),
    ...writeDays(pattern),
    ...(ends === null
      ? []
      : ['count' in ends ? `COUNT=${ends.count}` : `UNTIL=${ends.until.replaceAll('-', '')}`]),
  ].join(';');
}

function partsOf(rule: string): Record<string, string> | null {
  const pairs = rule.split(';').map((part) => part.split('='));
  if (pairs.some((pair) => pair.length !== 2)) return null;
  const parts = Object.fromEntries(pairs);
  return Object.keys(parts).length === pairs.length ? parts : null;
}

/** A whole number of at most three figures, not zero. */
const readNumber = (text: string): number | null =>
  /^[1-9]\d{0,2}$|^1000$/.test(text) ? Number(text) : null;

type Days = Record<'FREQ' | 'BYDAY' | 'BYMONTHDAY', string | undefined>;

function readPattern({ FREQ, BYDAY, BYMONTHDAY }: Days, interval: number, date: string): Pattern | null {
  if (FREQ === 'DAILY') return BYDAY || BYMONTHDAY ? null : { every: 'day', interval };
  if (FREQ === 'WEEKLY') {
    const days = BYDAY ? BYDAY.split(',').map(readWeekday) : [weekdayOf(date)];
    const known = days.filter((day) => day !== null);
    if (BYMONTHDAY || known.length < days.length) return null;
    return { every: 'week', interval, days: [...new Set(known)].sort((a, b) => a - b) };
  }
  if (FREQ !== 'MONTHLY' || (BYDAY && BYMONTHDAY)) return null;
  if (BYDAY) return readNth(BYDAY, interval);
  const day = readNumber(BYMONTHDAY ?? String(Number(date.slice(8))));
  return day === null || day > 31 ? null : { every: 'month', interval, by: 'date', date: day };
}

const isName = (text: string): text is (typeof names)[number] => names.some((name) => name === text);

const readWeekday = (text: string): Weekday | null =>
  isName(text) ? ((names.indexOf(text) + 1) as Weekday) : null;

const nths = [1, 2, 3, 4, -1] as const;

function readNth(text: string, interval: number): Pattern | null {
  const nth = nths.find((it) => text === `${it}${text.slice(-2)}`);
  const day = readWeekday(text.slice(-2));
  return nth === undefined || day === null ? null : { every: 'month', interval, by: 'weekday', nth, day };
}

function readEnd(
  count: string | undefined,
  until: string | undefined,
): Recurrence['ends'] | null | 'unreadable' {
  if (count !== undefined && until !== undefined) return 'unreadable';
  if (count !== undefined) {
    const read = readNumber(count);
    return read === null ? 'unreadable' : { count: read };
  }
  if (until === undefined) return null;
  const day = until.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return isDate(day) ? { until: day } : 'unreadable';
}

function writeDays(pattern: Pattern): string[] {
  switch (pattern.every) {
    case 'day':
      return [];
    case 'week':
      return [`BYDAY=${pattern.days.map((day) => names[day - 1]).join(',')}`];
    case 'month':
      return [
        pattern.by === 'date'
          ? `BYMONTHDAY=${pattern.date}`
          : `BYDAY=${pattern.nth}${names[pattern.day - 1]}`,
      ];
  }
}
