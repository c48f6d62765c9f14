import type { Db } from './database.ts';

/** The same database, which tells how many milliseconds each transaction took, from being asked for to being on disk. */
export const timed = (db: Db, observe: (ms: number) => void): Db => ({
  ...db,
  async transact(work) {
    const begun = performance.now();
    try {
      return await db.transact(work);
    } finally {
      observe(performance.now() - begun);
    }
  },
});
