import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Tx } from '../../db/database.ts';
import { countPart, countPeriod, type Part, type Query, roomsOf } from './count.ts';
import { addUp, type Counted } from './counting.ts';
import type { Statistics } from './domain.ts';

/** For fewer rooms a second thread is not worth its memory. */
const worthIt = 100;

export type Asked = { id: number; query: Query; part: Part };
export type Answered = { id: number } & ({ ok: true; counted: Counted } | { ok: false; error: string });

/**
 * Counts periods, those of many rooms together with a second thread: most of the time goes into handing rows over from
 * the database, which two connections do at once.
 */
export function createCounting(read: Tx, databasePath: string): (query: Query) => Promise<Statistics> {
  const waiting = new Map<number, PromiseWithResolvers<Counted>>();
  let helper: Worker | null = null;
  let last = 0;

  function start(): Worker {
    const started = new Worker(new URL('./helper.ts', import.meta.url), { workerData: { databasePath } });
    const ended = (cause: Error): void => {
      if (helper !== started) return;
      helper = null;
      for (const { reject } of waiting.values()) reject(cause);
      waiting.clear();
    };
    started.on('message', (answered: Answered) => {
      const asker = waiting.get(answered.id);
      waiting.delete(answered.id);
      if (answered.ok) asker?.resolve(answered.counted);
      else asker?.reject(new Error(answered.error));
    });
    started.on('error', ended);
    started.on('exit', () => ended(new Error('the second thread that counts has ended')));
    return started;
  }

  function askHelper(query: Query, part: Part): Promise<Counted> {
    helper ??= start();
    const asked: Asked = { id: ++last, query, part };
    const answer = Promise.withResolvers<Counted>();
    waiting.set(asked.id, answer);
    helper.postMessage(asked);
    return answer.promise;
  }

  return async (query) => {
    const many = (await roomsOf(read, query)).length >= worthIt;
    if (!many || availableParallelism() < 2) return countPeriod(read, query);
    const parts = [askHelper(query, { n: 1, of: 2 }), countPart(read, query, { n: 0, of: 2 })];
    return addUp(await Promise.all(parts));
  };
}
