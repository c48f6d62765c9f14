import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addTo, readTally, type Tally } from './tally.ts';

test('[2.8] median and classes are those of the sorted list', () => {
  const bounds = [10, 60, 600];
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 })), (durations) => {
      const tally: Tally = new Map();
      for (const minutes of durations) addTo(tally, minutes);
      const sorted = durations.toSorted((a, b) => a - b);
      expect(readTally(tally, bounds)).toEqual({
        count: durations.length,
        median: sorted[Math.ceil(sorted.length / 2) - 1] ?? null,
        classes: [
          sorted.filter((it) => it < 10).length,
          sorted.filter((it) => it >= 10 && it < 60).length,
          sorted.filter((it) => it >= 60 && it < 600).length,
          sorted.filter((it) => it >= 600).length,
        ],
      });
    }),
  );
});
