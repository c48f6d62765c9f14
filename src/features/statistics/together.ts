import { availableParallelism } from 'node:os';
import type { Tx } from '../../db/database.ts';
import { countPart, countPeriod, type Part, type Query, roomsOf } from './count.ts';
import { addUp, type Counted } from './counting.ts';
import type { Statistics } from './domain.ts';
import { createThread } from './thread.ts';

/** For fewer rooms a second thread is not worth its memory. */
const worthIt = 100;

/** What the second thread counts. */
export type Share = { query: Query; part: Part };

/**
 * Counts periods, those of many rooms together with a second thread: most of the time goes into handing rows over from
 * the database, which two connections do at once.
 */
export function createCounting(read: Tx, databasePath: string): (query: Query) => Promise<Statistics> {
  const helper = createThread<Share, Counted>(new URL('./helper.ts', import.meta.url), databasePath);

  return async (query) => {
    const many = (await roomsOf(read, query)).length >= worthIt;
    if (!many || availableParallelism() < 2) return countPeriod(read, query);
    const theirs = helper.ask({ query, part: { n: 1, of: 2 } });
    return addUp(await Promise.all([theirs, countPart(read, query, { n: 0, of: 2 })]));
  };
}
