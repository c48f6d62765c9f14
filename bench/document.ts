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

/** What has more to spare is not in the picture. */
const most = 2;
/** Names are long, in pixels. */
const labelRoom = 600;

async function picture(rows: readonly Row[]): Promise<Buffer> {
  const bars = rows
    .filter((row) => margin(row) < most)
    // The fonts are those of Chinese, in which this one is as wide as a word.
    .map((row) => ({ row, label: row.name.replaceAll('’', "'") }))
    .map(({ row, label }) => ({
      label,
      value: margin(row),
      text: `${figure(margin(row))} ×`,
      weak: margin(row) < 1,
    }));
  const heading = {
    title: 'How far from the mark',
    subtitle: `The line is the mark; ${rows.length - bars.length} figures have more than ${most} × of it`,
  };
  return svgToPng(await chartToSvg(barChart(heading, bars, { most, room: labelRoom, mark: 1 }), 'TC'));
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
    'A year of a firm is made by a seeded generator (`bench/data/`): office hours on the rooms’ clocks, some rooms more wanted',
    'than others, a fifth of the bookings in series, meetings of a quarter of an hour and of four hours, requests that wait,',
    'were refused, called off or left to expire, and the reminders of all that is ahead. A firm with 1,000,000 bookings has',
    '1,000 rooms and 10,000 people, one with 10,000 has 10 and 100: nobody has more bookings or rooms of their own in either.',
    'To fill the million in takes two minutes and 4 GB of the folder for temporary files (`TMPDIR`), once in a run; with',
    '`-- --keep` it is kept in `node_modules/.cache/bench` for later runs of the day. `-- --full` adds what takes long: 10,000',
    'reminders due at once in place of 2,000, longer streams and loads, and the exports of a million bookings.',
    '',
    `Machine of the last run: ${machine()}.`,
    '',
    `${rows.length - missed.length} of ${rows.length} figures reach their mark.`,
    '',
    '![For each figure that has not twice to spare, how far it is from its mark](images/performance.png)',
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
