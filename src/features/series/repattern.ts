import type { Instant } from '../../core/clock.ts';
import type { Booking } from '../booking/index.ts';
import { aheadFrom } from './change.ts';
import { type Occurrence, occurrences, type Recurrence, type Repeating } from './recurrence.ts';

/** What another recurrence makes of the dates of a series that are ahead. */
export type Repattern = {
  stay: Booking[];
  /** Changed by hand, on a day that the series no longer has: they stay. */
  exceptions: Booking[];
  end: Booking[];
  add: Occurrence[];
};

/**
 * Compares the dates of a series with those of another recurrence (2.4). What was changed by hand survives; so does
 * that a date was cancelled or rejected: it does not come back.
 * @param them all bookings of the series
 */
export function repattern(
  them: readonly Booking[],
  dates: readonly Occurrence[],
  it: { by: string; now: Instant },
): Repattern {
  const wanted = new Set(dates.map(({ day }) => day));
  const known = new Set(them.map(({ occurrence }) => occurrence));
  const ahead = aheadFrom(them, { ...it, from: '' });
  const gone = ahead.filter(({ occurrence }) => !wanted.has(occurrence ?? ''));
  return {
    stay: ahead.filter(({ occurrence }) => wanted.has(occurrence ?? '')),
    exceptions: gone.filter(({ overrides }) => overrides.length > 0),
    end: gone.filter(({ overrides }) => overrides.length === 0),
    add: dates.filter(({ day, start }) => !known.has(day) && start > it.now),
  };
}

/** How a series repeats from a day on: where it ends after a number of dates, after those that are left of them. */
export function leftFrom(series: Repeating, first: string, lastDay: string): Recurrence {
  const { pattern, ends } = series.recurrence;
  if ('until' in ends) return series.recurrence;
  const days = occurrences(series, lastDay).filter(({ day }) => day >= first);
  // One date alone is no number that can be asked for.
  return days.length > 1
    ? { pattern, ends: { count: days.length } }
    : { pattern, ends: { until: days[0]?.day ?? first } };
}
