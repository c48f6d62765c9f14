import { minute } from '../core/clock.ts';

const first = 2_000;
const longest = 10 * minute;

/** No try is put off for longer, in milliseconds. */
export const longestWait = 1.25 * longest;

/** With the waits below this is about 40 minutes: a chat service's usual outage is over by then. */
export const maxAttempts = 12;

/**
 * How long to wait after the `attempt`th failure: doubled each time, and spread so that what failed
 * together does not come back together.
 * @param random a number in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(first * 2 ** (attempt - 1), longest);
  return Math.round(full * (0.75 + random / 2));
}
