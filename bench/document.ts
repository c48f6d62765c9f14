import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { chartToSvg } from '../src/pictures/chart-to-svg.ts';
import { barChart } from '../src/pictures/index.ts';
import { svgToPng } from '../src/pictures/svg-to-png.ts';
import type { Spread } from './measure.ts';
import { type Row, readResults } from './results.ts';

const root = join(import.meta.dirname, '..');

/** Writes `docs/performance.md` and its picture from `bench/results.json`. */
export async function document(): Promise<void> {
  const rows = readResults();
  writeFileSync(join(root, 'docs/images/performance.png'), await picture(rows));
  const reasons = readFileSync(join(import.meta.dirname, 'reasons.md'), 'utf8');
  writeFileSync(join(root, 'docs/performance.md'), `${textOf(rows)}\n\n${reasons}`);
}

const figure = (it: number): string => (it >= 100 ? it.toFixed(0) : it.toPrecision(3));
const shown = ({ min, median, max }: Spread): string =>
  `${figure(min)} / **${figure(median)}** / ${figure(max)}`;
const barOf = ({ holds, bar, unit }: Row): string =>
  holds === 'value at most' ? `≤ ${bar} ${unit}` : `${holds === 'ratio at most' ? '≤' : '≥'} ${bar} ×`;

/** How far a figure is on the right side of its bar: 1 just so, 2 twice as good. */
const margin = ({ holds, bar, ratio, value }: Row): number =>
  holds === 'ratio at least' ? ratio / bar : bar / (holds === 'value at most' ? value.median : ratio);

async function picture(rows: readonly Row[]): Promise<Buffer> {
  const most = 4;
  const bars = rows.map((row) => ({
    label: row.name,
    value: Math.min(most, margin(row)),
    text: `${margin(row) > most ? '> ' : ''}${figure(Math.min(most, margin(row)))} ×`,
  }));
  const heading = { title: 'How far from the mark', subtitle: '1 × is the mark itself; more is better' };
  return svgToPng(await chartToSvg(barChart(heading, bars, most), 'TC'));
}

function textOf(rows: readonly Row[]): string {
  const benches = [...new Set(rows.map((row) => row.bench))];
  const missed = rows.filter((row) => !row.ok);
  return [
    '# Performance',
    '',
    '`npm run bench` measures, `npm run bench -- <name>` a part; both write `bench/results.json`, this page and its picture.',
    'Each figure stands beside something else that was measured in turn with it, in the same run, since figures by',
    'themselves say more about the machine than about the program. Given are the least, the **middle** and the greatest of',
    'several rounds; the ratio is that of the middles.',
    '',
    `Machine of the last run: ${machine()}.`,
    '',
    `${rows.length - missed.length} of ${rows.length} figures reach their mark.`,
    '',
    '![For each figure, how far it is from its mark](images/performance.png)',
    ...benches.flatMap((bench) => [
      '',
      `## ${bench}`,
      '',
      '| What | | Beside | | Ratio | Mark | |',
      '|---|---|---|---|---|---|---|',
      ...rows
        .filter((row) => row.bench === bench)
        .map((row) =>
          [
            '',
            `${row.name}, ${row.unit}`,
            shown(row.value),
            row.beside,
            shown(row.reference),
            `${figure(row.ratio)} ×`,
            barOf(row),
            row.ok ? '✓' : '✗',
            '',
          ]
            .join(' | ')
            .trim(),
        ),
    ]),
  ].join('\n');
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const { sqlite } = new Database(':memory:').prepare('SELECT sqlite_version() AS sqlite').get() as {
    sqlite: string;
  };
  return [
    `${availableParallelism()} cores of ${model}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    `SQLite ${sqlite}`,
    `load ${loadavg()[0]?.toFixed(1)} as it ended`,
  ].join(', ');
}
