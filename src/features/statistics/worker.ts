import { workerData } from 'node:worker_threads';
import { openReader } from '../../db/reader.ts';
import { chartToSvg } from '../../pictures/chart-to-svg.ts';
import { dayToSvg } from '../../pictures/day.ts';
import { svgToPng } from '../../pictures/svg-to-png.ts';
import type { Drawing, Work } from './background.ts';
import type { Statistics } from './domain.ts';
import { serve } from './thread.ts';
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

serve(
  async (work: Work): Promise<Statistics | Uint8Array> =>
    work.kind === 'count' ? count(work.query) : draw(work.drawing),
);
