import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Check } from './checks/check.ts';

const file = join(import.meta.dirname, '../../docs/reliability.md');
const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];

/** What one run came to. */
export type Outcome = {
  command: string;
  took: string;
  figures: [string, string][];
  checks: readonly Check[];
};

/** Puts the figures of a run into `docs/reliability.md`, in the place of those of the run before. */
export function writeFigures({ command, took, figures, checks }: Outcome): void {
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`no place for figures in ${file}`);
  const cores = cpus();
  const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    `\`${command}\` took ${took.trim()} on ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), Node ${process.versions.node}.`,
    '',
    row('What', 'How often'),
    '|---|---|',
    ...figures.map(([what, all]) => row(what, all)),
    '',
    row('Check', 'Holds', 'Found'),
    '|---|---|---|',
    ...checks.map(({ name, ok, found }) => row(name, ok ? 'yes' : '**no**', found)),
  ];
  writeFileSync(file, `${before}${begin}\n${lines.join('\n')}\n${end}${after}`);
}
