/** Durations in minutes: how many, the middle one, and how many in each class. */
export type Spread = { count: number; median: number | null; classes: number[] };

/** How many durations there are of each length in minutes, so that the median is exact however many there are. */
export type Tally = Map<number, number>;

export const addTo = (tally: Tally, minutes: number, times = 1): void => {
  tally.set(minutes, (tally.get(minutes) ?? 0) + times);
};

/**
 * The median is the smallest duration that at least half of them don't exceed; null where there are none.
 * @param bounds where one class ends and the next begins, in minutes
 */
export function readTally(tally: Tally, bounds: readonly number[]): Spread {
  const classes = [...bounds, 0].map(() => 0);
  const count = [...tally.values()].reduce((sum, times) => sum + times, 0);
  let median: number | null = null;
  let seen = 0;
  for (const [minutes, times] of [...tally].sort(([a], [b]) => a - b)) {
    const found = bounds.findIndex((bound) => minutes < bound);
    const at = found === -1 ? bounds.length : found;
    classes[at] = (classes[at] ?? 0) + times;
    seen += times;
    if (median === null && seen * 2 >= count) median = minutes;
  }
  return { count, median, classes };
}
