import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../db/reader.ts';
import { countPart } from './count.ts';
import type { Answered, Asked } from './together.ts';

/* The second thread of together.ts: counts its part of a period, with a read connection of its own. */

const { read } = openReader(workerData.databasePath);

async function answer({ id, query, part }: Asked): Promise<Answered> {
  try {
    return { id, ok: true, counted: await countPart(read, query, part) };
  } catch (cause) {
    return { id, ok: false, error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  }
}

parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await answer(asked)));
