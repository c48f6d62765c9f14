import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Asked, Told } from './empty.ts';

/*
 * BullMQ as it comes, with a handler that does nothing, as a process of its own: what ours does at the same time is not
 * to wake it up, nor to keep it waiting.
 */

const page = 200;
const concurrency = 64;

async function main(url: string): Promise<void> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  let handled = (_due: number) => {};
  const name = 'empty';
  const prefix = 'bench-empty';
  const queue = new Queue(name, {
    connection,
    prefix,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  const worker = new Worker<{ due: number }>(name, async ({ data }) => handled(data.due), {
    connection,
    prefix,
    concurrency,
  });
  await worker.waitUntilReady();

  /** What was handled, how late, once all of them are. */
  const finished = (count: number) =>
    new Promise<number[]>((resolve) => {
      const late: number[] = [];
      handled = (due) => {
        if (late.push(performance.timeOrigin + performance.now() - due) === count) resolve(late);
      };
    });

  /** Adds so many at once; in how many milliseconds they were done. */
  async function all(count: number): Promise<Told> {
    const over = finished(count);
    const since = performance.now();
    for (let n = 0; n < count; n += page)
      await queue.addBulk(Array.from({ length: page }, () => ({ name: 'job', data: { due: 0 } })));
    await over;
    return [performance.now() - since];
  }

  async function delayed(moments: readonly number[]): Promise<Told> {
    const over = finished(moments.length);
    for (const due of moments) await queue.add('job', { due }, { delay: Math.max(0, due - Date.now()) });
    return over;
  }

  process.on('message', async (asked: Asked) =>
    process.send?.(await ('all' in asked ? all(asked.all) : delayed(asked.delayed))),
  );
  process.send?.([]);
}

process.once('message', ({ url }: { url: string }) => void main(url));
process.on('disconnect', () => process.exit(0));
