import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds that `work` takes, the median of several runs after one to warm up. */
export async function median(work: () => Promise<unknown>, runs = 9): Promise<number> {
  await work();
  const took: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return took[Math.floor(took.length / 2)] ?? Number.NaN;
}

/** Prints both figures and how many times faster the second is. */
export function compare(what: string, base: [string, number], other: [string, number]): void {
  const [[baseName, baseMs], [otherName, otherMs]] = [base, other];
  const ratio = (baseMs / otherMs).toFixed(1);
  console.log(
    `${what}: ${otherName} ${otherMs.toFixed(3)} ms, ${baseName} ${baseMs.toFixed(3)} ms: ${ratio} ×`,
  );
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
