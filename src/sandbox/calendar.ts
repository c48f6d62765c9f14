import { DateTime } from 'luxon';
import type { Instant } from '../core/clock.ts';
import { addDays, fromLocal, toLocal } from '../core/time.ts';

/** The day that is `count` working days (Monday to Friday) from the one of `now` in `zone`, as `2026-12-03`. */
export function workdayFrom(now: Instant, zone: string, count: number): string {
  let day = toLocal(now, zone).date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, Math.sign(count));
    if (DateTime.fromISO(day, { zone: 'utc' }).weekday <= 5) left--;
  }
  return day;
}

/** When a meeting begins that takes place every week, from `weeks[0]` to `weeks[1]` weeks from this one. */
export function everyWeek(
  now: Instant,
  at: { weekday: number; time: string; zone: string },
  [first, last]: [number, number],
): Instant[] {
  const { zone, time, weekday } = at;
  const monday = DateTime.fromMillis(now, { zone }).startOf('week').toFormat('yyyy-MM-dd');
  return Array.from({ length: last - first + 1 }, (_, n) =>
    fromLocal({ date: addDays(monday, 7 * (first + n) + weekday - 1), time, zone }),
  );
}
