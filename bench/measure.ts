import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of several rounds. */
export type Spread = { min: number; median: number; max: number };

/** One way of doing something. */
export type Work = () => unknown;

/** `wall` and `cpu` in milliseconds: what this process computed is the same where others use the machine as well. */
export type Taken = { wall: Spread; cpu: Spread };

/**
 * Does several things in turn, round after round, so that whatever else the machine does meets all of them alike.
 * @param times how often each is done within a round, of which the average counts
 */
export async function alternately(
  works: readonly Work[],
  { rounds = 7, times = 1 }: { rounds?: number; times?: number } = {},
): Promise<Taken[]> {
  for (const work of works) await work();
  const took = works.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < rounds; round++)
    for (const [n, work] of works.entries()) {
      const used = process.cpuUsage();
      const start = performance.now();
      for (let time = 0; time < times; time++) await work();
      const wall = (performance.now() - start) / times;
      const { user, system } = process.cpuUsage(used);
      took[n]?.wall.push(wall);
      took[n]?.cpu.push((user + system) / 1000 / times);
    }
  return took.map(({ wall, cpu }) => ({ wall: spreadOf(wall), cpu: spreadOf(cpu) }));
}

/** @throws of nothing there is no spread */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const [min, median, max] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((n) => sorted[n]);
  if (min === undefined || median === undefined || max === undefined) throw new Error('nothing was measured');
  return { min, median, max };
}

/** Runs `work` with a folder of its own, which is removed afterwards. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
