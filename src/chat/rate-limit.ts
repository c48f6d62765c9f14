import type { Clock } from '../core/clock.ts';
import { minute } from '../core/clock.ts';

/** More than the busiest person does, less than a script. */
const usual = 60;

/** Counts what each of them does within a minute (6.4); true while it is within the limit. */
export function createRateLimit(clock: Clock, mostPerMinute = usual): (who: string) => boolean {
  let windowStart = 0;
  let counts = new Map<string, number>();
  return (who) => {
    const now = clock.now();
    if (now - windowStart >= minute || now < windowStart) {
      windowStart = now;
      counts = new Map();
    }
    const count = (counts.get(who) ?? 0) + 1;
    counts.set(who, count);
    return count <= mostPerMinute;
  };
}
