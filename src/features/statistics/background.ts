import { Worker } from 'node:worker_threads';
import type { TopLevelSpec } from 'vega-lite';
import type { DayPicture, Script } from '../../pictures/index.ts';
import type { Query } from './count.ts';
import type { Statistics } from './domain.ts';

/** What can be painted; plain data, so that it can go to the other thread. */
export type Drawing =
  | { kind: 'chart'; spec: TopLevelSpec; script: Script }
  | { kind: 'day'; day: DayPicture; script: Script };

export type Work = { kind: 'count'; query: Query } | { kind: 'draw'; drawing: Drawing };
export type Asked = { id: number; work: Work };
export type Answered =
  | { id: number; ok: true; value: Statistics | Uint8Array }
  | { id: number; ok: false; error: string };

/** Counts and paints in another thread. */
export type Background = {
  /** Starts the thread ahead of the first question, which would wait a second or two for it. */
  warm(): void;
  /** Rejects where the database can't be read. */
  count(query: Query): Promise<Statistics>;
  /** A PNG. */
  draw(drawing: Drawing): Promise<Buffer>;
  /** Ends the thread; what is under way is rejected. */
  close(): Promise<void>;
};

type Waiting = { resolve(value: Statistics | Uint8Array): void; reject(cause: Error): void };

/** The thread is started by the first question at the latest, and again by the next one where it has died. */
export function createBackground(databasePath: string): Background {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let last = 0;

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { databasePath } });
    const ended = (cause: Error): void => {
      if (thread !== started) return;
      thread = null;
      for (const { reject } of waiting.values()) reject(cause);
      waiting.clear();
    };
    started.on('message', (answered: Answered) => {
      const asker = waiting.get(answered.id);
      waiting.delete(answered.id);
      if (answered.ok) asker?.resolve(answered.value);
      else asker?.reject(new Error(answered.error));
    });
    started.on('error', ended);
    started.on('exit', () => ended(new Error('the thread that counts and paints has ended')));
    return started;
  }

  function ask(work: Work): Promise<Statistics | Uint8Array> {
    thread ??= start();
    const asked: Asked = { id: ++last, work };
    return new Promise((resolve, reject) => {
      waiting.set(asked.id, { resolve, reject });
      thread?.postMessage(asked);
    });
  }

  return {
    warm() {
      thread ??= start();
    },
    count: async (query) => (await ask({ kind: 'count', query })) as Statistics,
    draw: async (drawing) => Buffer.from((await ask({ kind: 'draw', drawing })) as Uint8Array),
    async close() {
      await thread?.terminate();
    },
  };
}
