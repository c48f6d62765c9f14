import type { TopLevelSpec } from 'vega-lite';
import type { DayPicture, Script } from '../../pictures/index.ts';
import type { Query } from './count.ts';
import type { Statistics } from './domain.ts';
import { createThread } from './thread.ts';

/** What can be painted; plain data, so that it can go to the other thread. */
export type Drawing =
  | { kind: 'chart'; spec: TopLevelSpec; script: Script }
  | { kind: 'day'; day: DayPicture; script: Script };

export type Work = { kind: 'count'; query: Query } | { kind: 'draw'; drawing: Drawing };
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

/** One thread for both. */
export function createBackground(databasePath: string): Background {
  const file = new URL('./worker.ts', import.meta.url);
  const { warm, ask, close } = createThread<Work, Statistics | Uint8Array>(file, databasePath);
  return {
    warm,
    count: async (query) => (await ask({ kind: 'count', query })) as Statistics,
    draw: async (drawing) => Buffer.from((await ask({ kind: 'draw', drawing })) as Uint8Array),
    close,
  };
}
