import type { Clock } from '../core/clock.ts';
import { minute } from '../core/clock.ts';

/** How much is served (6.4): within a minute, and of a workspace within `burst`. */
export type Limits = {
  /** Commands of one person. */
  person: number;
  /** Commands of all in one workspace or tenant together. */
  workspace: number;
  /** Looked-up options of one person: there are several to a word. */
  suggestions: number;
  /** Refusals of one user that are put on record; the rest of them is only refused. */
  recorded: number;
};

/** What a workspace does at once is counted in a shorter time: its share, and no more, is taken from the others. */
export const burst = 10_000;

/**
 * A person: more than the busiest does, less than a script. A workspace: a hundred commands a second, more than ten
 * thousand people do when all of them book, and less than one process can do, so that others are still served.
 */
export const usualLimits: Limits = { person: 60, workspace: 1000, suggestions: 600, recorded: 20 };

/** For measurements, which ask for as much as there is. */
export const unlimited: Limits = {
  person: Number.POSITIVE_INFINITY,
  workspace: Number.POSITIVE_INFINITY,
  suggestions: Number.POSITIVE_INFINITY,
  recorded: usualLimits.recorded,
};

/**
 * Counts what each of them does within a minute, or `span` milliseconds (6.4); true while it is within the limit.
 */
export function createRateLimit(clock: Clock, most: number, span: number = minute): (who: string) => boolean {
  let windowStart = 0;
  let counts = new Map<string, number>();
  return (who) => {
    const now = clock.now();
    if (now - windowStart >= span || now < windowStart) {
      windowStart = now;
      counts = new Map();
    }
    const count = (counts.get(who) ?? 0) + 1;
    counts.set(who, count);
    return count <= most;
  };
}
