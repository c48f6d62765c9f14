import { IANAZone } from 'luxon';
import { day, hour, type Instant, minute } from '../../core/clock.ts';

/** Minutes by weekday × hour of the local day, Monday 00:00 first. */
export type Hours = Float64Array;

export const hoursInWeek = (): Hours => new Float64Array(7 * 24);

/** When a room is open, in minutes after its local midnight. */
export type OpenHours = { opens: number; closes: number };

/** How far a zone's clock is ahead of UTC at an instant, and until when that stays so, in milliseconds. */
export type LocalClock = (at: Instant) => { ahead: number; until: Instant };

/** A zone's clock over a span, worked out once: asking the calendar for each of a million bookings takes seconds. */
export function localClock(zone: string, { from, until }: { from: Instant; until: Instant }): LocalClock {
  const its = IANAZone.create(zone);
  const aheadAt = (at: Instant): number => its.offset(at) * minute;
  const last = { ahead: aheadAt(until), until: Number.POSITIVE_INFINITY };
  const changes: Array<typeof last> = [];
  for (let at = from; at < until; at += day) {
    const next = Math.min(at + day, until);
    const ahead = aheadAt(at);
    if (ahead !== aheadAt(next)) changes.push({ ahead, until: changeIn(at, next, aheadAt) });
  }
  return (at) => changes.find((part) => at < part.until) ?? last;
}

/** The first minute at which the clock is another than at `from`. */
function changeIn(from: Instant, until: Instant, aheadAt: (at: Instant) => number): Instant {
  let [before, after] = [from, until];
  while (after - before > minute) {
    const middle = before + Math.floor((after - before) / 2 / minute) * minute;
    if (aheadAt(middle) === aheadAt(from)) before = middle;
    else after = middle;
  }
  return after;
}

const weekdayOfEpoch = 3; // 1970-01-01 was a Thursday.

/**
 * Adds the minutes of `[start, end)` that fall into the opening hours to the hours that the clock shows then. The hour
 * that an autumn night has twice gets both, the one that a spring night lacks gets none.
 */
export function addLocalHours(
  into: Hours,
  { start, end }: { start: Instant; end: Instant },
  clock: LocalClock,
  { opens, closes }: OpenHours,
): void {
  for (let at = start; at < end; ) {
    const { ahead, until } = clock(at);
    const shown = at + ahead;
    const next = Math.min(end, until, at + hour - (shown % hour));
    const from = (shown % day) / minute;
    const inside = Math.min(from + (next - at) / minute, closes) - Math.max(from, opens);
    if (inside > 0) {
      const weekday = (Math.floor(shown / day) + weekdayOfEpoch) % 7;
      const cell = weekday * 24 + Math.floor(from / 60);
      into[cell] = (into[cell] ?? 0) + inside;
    }
    at = next;
  }
}
