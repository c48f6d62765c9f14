import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What SQLite keeps beside a file while it is open. */
const besides = ['-wal', '-shm', '-journal'];

/** A file that nobody else may read, made empty. @throws where it is there already */
export function makePrivate(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/** Puts `from` in the place of `to`, so that after a power cut there is one or the other. */
export function putInPlace(from: string, to: string): void {
  sync(from);
  renameSync(from, to);
  sync(dirname(to));
}

/** Moves a database away, with what belongs to it. */
export function moveAside(path: string, to: string): void {
  for (const end of ['', ...besides]) if (existsSync(path + end)) renameSync(path + end, to + end);
  sync(dirname(path));
}

/** Removes an unfinished file, with what belongs to it. */
export function discard(path: string): void {
  for (const end of ['', ...besides]) rmSync(path + end, { force: true });
}

export const isThere = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

/** True where two names lead to one file, or would. */
export function isSameFile(one: string, other: string): boolean {
  return resolved(one) === resolved(other);
}

function resolved(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
