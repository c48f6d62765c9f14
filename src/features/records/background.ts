import { once } from 'node:events';
import type { Instant } from '../../core/clock.ts';
import { startThread } from '../../core/thread.ts';
import type { Order } from './schema.ts';

/** One export: what to write, and where to. */
export type Job = { databasePath: string; file: string; order: Order; now: Instant };

/** How many rows are written, of how many. */
export type Progress = { rows: number; total: number };

/**
 * Writes an export in another thread, so that no booking waits for it.
 * @param ending ends the thread as soon as it can be ended
 * @returns how many rows there are; rejects where the thread fails or is ended
 */
export async function writeExport(
  job: Job,
  onProgress: (progress: Progress) => void,
  ending?: AbortSignal,
): Promise<number> {
  ending?.throwIfAborted();
  let rows = 0;
  const { worker, end } = startThread(new URL('./worker.ts', import.meta.url), job, (progress: Progress) => {
    rows = progress.rows;
    onProgress(progress);
  });
  const onAbort = () => void end();
  ending?.addEventListener('abort', onAbort, { once: true });
  // Rejects with what the thread threw.
  const [code] = await once(worker, 'exit').finally(() => ending?.removeEventListener('abort', onAbort));
  // Whether it was done by then or not, it is made again.
  ending?.throwIfAborted();
  if (code !== 0) throw new Error(`the thread that exports has ended with code ${code}`);
  return rows;
}
