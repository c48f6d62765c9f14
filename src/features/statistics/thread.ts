import { parentPort } from 'node:worker_threads';
import { hasLoaded, type Thread as Started, startThread } from '../../core/thread.ts';

type Asked<Work> = { id: number; work: Work };
type Answered<Value> = { id: number } & ({ ok: true; value: Value } | { ok: false; error: string });

export type Thread<Work, Value> = {
  /** Starts it ahead of the first question, which would wait a second or two for it. */
  warm(): void;
  ask(work: Work): Promise<Value>;
  /** Ends it; what is under way is rejected. */
  close(): Promise<void>;
};

/** A thread that answers with `serve`: started by the first question at the latest, and again by the next where it has died. */
export function createThread<Work, Value>(file: URL, databasePath: string): Thread<Work, Value> {
  const waiting = new Map<number, PromiseWithResolvers<Value>>();
  let thread: Started | null = null;
  let last = 0;

  function start(): Started {
    const started = startThread(file, { databasePath }, (answered: Answered<Value>) => {
      const asker = waiting.get(answered.id);
      waiting.delete(answered.id);
      if (answered.ok) asker?.resolve(answered.value);
      else asker?.reject(new Error(answered.error));
    });
    const ended = (cause: Error): void => {
      if (thread !== started) return;
      thread = null;
      for (const { reject } of waiting.values()) reject(cause);
      waiting.clear();
    };
    started.worker.on('error', ended);
    started.worker.on('exit', () => ended(new Error('the thread that counts and paints has ended')));
    return started;
  }

  return {
    warm() {
      thread ??= start();
    },
    ask(work) {
      thread ??= start();
      const asked: Asked<Work> = { id: ++last, work };
      const answer = Promise.withResolvers<Value>();
      waiting.set(asked.id, answer);
      thread.worker.postMessage(asked);
      return answer.promise;
    },
    async close() {
      await thread?.end();
    },
  };
}

/** The other side, once it has loaded what it needs: answers each question, a failure by its words. */
export function serve<Work, Value>(answer: (work: Work) => Promise<Value>): void {
  const outcome = async ({ id, work }: Asked<Work>): Promise<Answered<Value>> => {
    try {
      return { id, ok: true, value: await answer(work) };
    } catch (cause) {
      return {
        id,
        ok: false,
        error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      };
    }
  };
  parentPort?.on('message', async (asked: Asked<Work>) => parentPort?.postMessage(await outcome(asked)));
  hasLoaded();
}
