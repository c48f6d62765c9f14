import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from './fill.ts';
import { type Firm, firmOf } from './firm.ts';

/** A firm and the database that it is in. */
export type Filled = Firm & { path: string };

/** What the filling process is told, and what it tells. */
export type Order = { path: string; firm: Firm; part: Part } | { path: string; rest: string };
export type Progress = { done: number };

/** `--keep`: what was filled in is kept for later runs of the same day. */
export const options = { keep: process.argv.includes('--keep'), full: process.argv.includes('--full') };

const made = new Map<number, Promise<Filled>>();
let folder: string | null = null;

/**
 * The database of a firm with so many bookings: made once in a run and shared by all that is measured, so nobody may
 * leave anything behind in it. In a process of its own, so that its memory is not counted here.
 */
export function filled(bookings: number): Promise<Filled> {
  const known = made.get(bookings) ?? fillNow(bookings);
  made.set(bookings, known);
  return known;
}

/** A copy to write to. */
export async function copied(bookings: number, to: string): Promise<Filled> {
  const it = await filled(bookings);
  copyFileSync(it.path, to);
  return { ...it, path: to };
}

async function fillNow(bookings: number): Promise<Filled> {
  folder ??= options.keep ? keptFolder() : ownFolder();
  const firm = firmOf(bookings);
  const path = join(folder, `${bookings}.sqlite`);
  if (existsSync(path)) return { ...firm, path };
  const since = performance.now();
  // Under other names until it is whole.
  const [unfinished, rest] = [`${path}.unfinished`, `${path}.rest`];
  for (const it of [unfinished, rest]) rmSync(it, { force: true });
  await Promise.all([
    ordered({ path: unfinished, firm, part: 'bookings' }, (done) => {
      console.log(`     ${done} of ${bookings} bookings filled in`);
    }),
    ordered({ path: rest, firm, part: 'rest' }),
  ]);
  await ordered({ path: unfinished, rest });
  rmSync(rest);
  renameSync(unfinished, path);
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(
    `     ${bookings} bookings filled in within ${seconds} s, ${(statSync(path).size / 1e6).toFixed(0)} MB`,
  );
  return { ...firm, path };
}

async function ordered(order: Order, said: (done: number) => void = () => {}): Promise<void> {
  const child = fork(new URL('./filling.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', ({ done }: Progress) => said(done));
  child.send(order);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${order.path} could not be filled`);
}

function ownFolder(): string {
  const it = mkdtempSync(join(tmpdir(), 'bench-data-'));
  process.once('exit', () => rmSync(it, { recursive: true, force: true }));
  return it;
}

/** For the same tables and the same day: what is ahead and what is past goes by it. */
function keptFolder(): string {
  const root = join(import.meta.dirname, '../..');
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10));
  for (const source of ['bench/data', 'migrations'])
    for (const name of readdirSync(join(root, source)).sort())
      if (/\.(ts|sql)$/.test(name)) hash.update(readFileSync(join(root, source, name)));
  const all = join(root, 'node_modules/.cache/bench');
  const it = join(all, hash.digest('hex').slice(0, 12));
  if (!existsSync(it)) rmSync(all, { recursive: true, force: true });
  mkdirSync(it, { recursive: true });
  return it;
}
