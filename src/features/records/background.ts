import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Instant } from '../../core/clock.ts';
import type { Order } from './schema.ts';

/** One export: what to write, and where to. */
export type Job = { databasePath: string; file: string; order: Order; now: Instant };

/** How many rows are written, of how many. */
export type Progress = { rows: number; total: number };

/**
 * Writes an export in another thread, so that no booking waits for it.
 * @param ending ends the thread at once
 * @returns how many rows there are; rejects where the thread fails or is ended
 */
export async function writeExport(
  job: Job,
  onProgress: (progress: Progress) => void,
  ending?: AbortSignal,
): Promise<number> {
  ending?.throwIfAborted();
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
  const end = () => void thread.terminate();
  ending?.addEventListener('abort', end, { once: true });
  let rows = 0;
  thread.on('message', (progress: Progress) => {
    rows = progress.rows;
    onProgress(progress);
  });
  // Rejects with what the thread threw.
  const [code] = await once(thread, 'exit').finally(() => ending?.removeEventListener('abort', end));
  // A thread that was ended before it had really begun gives 0, too.
  ending?.throwIfAborted();
  if (code !== 0) throw new Error(`the thread that exports has ended with code ${code}`);
  return rows;
}
