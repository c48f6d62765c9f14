import type { Instant } from '../core/clock.ts';
import { readLocal, toLocal } from '../core/time.ts';
import { type DateExpr, type Days, dayNumber, daysOf, isoDate } from './calendar.ts';
import { type Clock, dayMinutes, exists, type Half, minutesOf, rangeMinutes } from './clock.ts';

export type Facts = { now: Instant; zone: string };
export type Moment = { date: string; time: string | null; at: Instant | null };
/** E1, E2 */
export type TimeError = 'past' | 'invalid';
export type Resolved = { start: Moment; durationMinutes: number | null } | { error: TimeError };

/** What was said about when it is. */
export type When = {
  date: DateExpr | null;
  clock: Clock | null;
  end: Clock | null;
  /** How an hour is read that says nothing itself. */
  half: Half | null;
};

const minuteMs = 60_000;

export const today = ({ now, zone }: Facts): number => dayNumber(toLocal(now, zone).date);

/** T7, T8: a moment by how much time passes until then. */
export function afterMinutes({ now, zone }: Facts, minutes: number): Moment {
  const at = Math.floor(now / minuteMs) * minuteMs + minutes * minuteMs;
  const { date, time } = toLocal(at, zone);
  return { date, time, at };
}

/** Minutes from the midnight of the day that is named, for a time or a range; null where there is no such time. */
export function minutesNamed({ clock, end, half }: When): { start: number; end: number | null } | null {
  if (clock === null || !exists(clock) || (end !== null && !exists(end))) return null;
  const own = clock.half ?? (clock.exact ? null : half);
  if (end === null) return { start: minutesOf(clock, own), end: null };
  return rangeMinutes(end.half === null ? { ...clock, half: own } : clock, end);
}

/** Days and times made one moment (D, T), or why there is none (E). */
export function resolve(when: When, facts: Facts): Resolved | null {
  const { date, clock } = when;
  if (date === null && clock === null) return null;
  const days: Days | null =
    date === null
      ? { kind: 'coming', days: [today(facts), today(facts) + 1], todayCounts: true }
      : daysOf(date, today(facts));
  if (days === null) return { error: 'invalid' };
  if (clock === null) return dayAlone(days, facts);
  const minutes = minutesNamed(when);
  if (minutes === null) return { error: 'invalid' };
  const fits = days.kind === 'pinned' ? [days.day] : days.days;
  for (const [at, day] of fits.entries()) {
    const moment = momentOf(day, minutes.start, facts);
    if (moment === null && (day > today(facts) || days.kind === 'pinned' || at === fits.length - 1)) {
      return { error: 'invalid' };
    }
    const ahead =
      moment !== null && (days.kind === 'pinned' ? moment.at >= facts.now : moment.at > facts.now);
    if (ahead) return { start: moment, durationMinutes: lengthOf(day, minutes, moment.at, facts) };
  }
  return { error: 'past' };
}

function dayAlone(days: Days, facts: Facts): Resolved {
  if (days.kind === 'pinned') {
    return days.day < today(facts) ? { error: 'past' } : alone(days.day);
  }
  const day = days.days.find((it) => it > today(facts) || days.todayCounts);
  return day === undefined ? { error: 'invalid' } : alone(day);
}

const alone = (day: number): Resolved => ({
  start: { date: isoDate(day), time: null, at: null },
  durationMinutes: null,
});

/** The moment so many minutes after a day's midnight by the clock; null where the clock skips it (E2). */
export function momentOf(
  day: number,
  minutes: number,
  { now, zone }: Facts,
): { date: string; time: string; at: Instant } | null {
  const date = isoDate(day + Math.floor(minutes / dayMinutes));
  const left = minutes % dayMinutes;
  const time = `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`;
  const read = readLocal({ date, time, zone });
  if (read.kind === 'skipped' || read.kind === 'invalid') return null;
  // Of a time that the clock shows twice, the one that is still ahead.
  const at = read.kind === 'twice' && read.at <= now ? read.second : read.at;
  return { date, time, at };
}

/** Minutes that pass between both ends of a range; null where there is no end. */
export function lengthOf(
  day: number,
  { start, end }: { start: number; end: number | null },
  at: Instant,
  facts: Facts,
): number | null {
  if (end === null) return null;
  const last = momentOf(day, end, facts);
  const passing = last === null ? 0 : (last.at - at) / minuteMs;
  return passing > 0 ? passing : end - start;
}
