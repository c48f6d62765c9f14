import { within } from '../core/within.ts';

/** Knows what is being worked on, so that closing can wait for it. */
export function createUnderWay() {
  const all = new Set<Promise<unknown>>();

  return {
    async track<T>(work: Promise<T>): Promise<T> {
      all.add(work);
      try {
        return await work;
      } finally {
        all.delete(work);
      }
    },
    /** Resolves when everything that is under way now has ended, at the latest after `graceMs`. */
    ended: (graceMs: number): Promise<boolean> => within(graceMs, Promise.allSettled(all)),
  };
}
