import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../db/reader.ts';
import { chartToSvg } from '../../pictures/chart-to-svg.ts';
import { dayToSvg } from '../../pictures/day.ts';
import { svgToPng } from '../../pictures/svg-to-png.ts';
import type { Answered, Asked, Drawing } from './background.ts';
import { createCounting } from './together.ts';

/*
 * The other side of background.ts: runs in a thread of its own with a read connection of its own, so that neither
 * counting a year nor painting a picture holds up a booking.
 */

const { read } = openReader(workerData.databasePath);
const count = createCounting(read, workerData.databasePath);

const draw = async (drawing: Drawing): Promise<Uint8Array> =>
  svgToPng(
    drawing.kind === 'chart'
      ? await chartToSvg(drawing.spec, drawing.script)
      : dayToSvg(drawing.day, drawing.script),
  );

async function answer({ id, work }: Asked): Promise<Answered> {
  try {
    const value = work.kind === 'count' ? await count(work.query) : await draw(work.drawing);
    return { id, ok: true, value };
  } catch (cause) {
    return { id, ok: false, error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  }
}

parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await answer(asked)));
