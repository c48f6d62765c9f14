import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternately, type Spread, type Work } from './measure.ts';

/** One line of `bench/results.json`. */
export type Row = {
  bench: string;
  name: string;
  unit: string;
  value: Spread;
  /** What it stands beside, measured in the same run. */
  beside: string;
  reference: Spread;
  /** Value over reference, of the medians. */
  ratio: number;
  bar: number;
  /** What the bar is for: the ratio (at most, at least), or the median of the value itself. */
  holds: 'ratio at most' | 'ratio at least' | 'value at most';
  ok: boolean;
};

const file = join(import.meta.dirname, 'results.json');

const rows: Row[] = [];
let bench = '';

/** Of which bench the rows are that follow. */
export function begin(name: string): void {
  bench = name;
  console.log(`\n${name}`);
}

/** Keeps a figure beside its reference, and shows whether it is good enough. */
export function keep(it: Omit<Row, 'bench' | 'ratio' | 'ok'>): void {
  const ratio = it.value.median / it.reference.median;
  const judged = it.holds === 'value at most' ? it.value.median : ratio;
  const ok = it.holds === 'ratio at least' ? judged >= it.bar : judged <= it.bar;
  rows.push({ bench, ...it, ratio, ok });
  const shown = (spread: Spread) =>
    [spread.min, spread.median, spread.max].map((figure) => figure.toPrecision(3)).join('/');
  console.log(
    `${ok ? '  ' : '✗ '}${it.name}: ${shown(it.value)} ${it.unit}; ${it.beside} ${shown(it.reference)}; ` +
      `${ratio.toPrecision(3)} × (${it.holds} ${it.bar})`,
  );
}

/** Times two ways in turn, and keeps how long the first takes beside the second, in milliseconds. */
export async function compare(it: {
  name: string;
  work: Work;
  beside: string;
  reference: Work;
  bar: number;
  holds: Row['holds'];
  rounds?: number;
  times?: number;
}): Promise<void> {
  const { name, work, beside, reference, bar, holds, ...how } = it;
  const [value, other] = await alternately([work, reference], how);
  if (!value || !other) return;
  keep({ name, unit: 'ms', value: value.wall, beside, reference: other.wall, bar, holds });
  console.log(
    `     computing: ${value.cpu.min.toPrecision(3)} ms at least, ${value.cpu.median.toPrecision(3)} median`,
  );
}

/** Writes the rows to `bench/results.json`; those of benches that were not run this time stay. */
export function write(): void {
  const run = new Set(rows.map((row) => row.bench));
  const others = readResults().filter((row) => !run.has(row.bench));
  writeFileSync(file, `${JSON.stringify([...others, ...rows], null, 2)}\n`);
}

export function readResults(): Row[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

export const missed = (): Row[] => rows.filter((row) => !row.ok);
