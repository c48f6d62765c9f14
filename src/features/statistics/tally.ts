/** Durations in minutes: how many, the middle one, and how many in each class. */
export type Spread = { count: number; median: number | null; classes: number[] };

/**
 * Counts durations by the minute, so that the median is exact however many there are.
 * @param bounds where one class ends and the next begins, in minutes
 */
export function createTally(bounds: readonly number[]) {
  const byMinute = new Map<number, number>();
  let count = 0;

  return {
    add(minutes: number): void {
      byMinute.set(minutes, (byMinute.get(minutes) ?? 0) + 1);
      count++;
    },

    /** The median is the smallest duration that at least half of them don't exceed; null where there are none. */
    read(): Spread {
      const classes = [...bounds, 0].map(() => 0);
      let median: number | null = null;
      let seen = 0;
      for (const [minutes, times] of [...byMinute].sort(([a], [b]) => a - b)) {
        const found = bounds.findIndex((bound) => minutes < bound);
        const at = found === -1 ? bounds.length : found;
        classes[at] = (classes[at] ?? 0) + times;
        seen += times;
        if (median === null && seen * 2 >= count) median = minutes;
      }
      return { count, median, classes };
    },
  };
}
