import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { usable } from './unusable.ts';

/** Thrown at start where another process works on the same database. */
export class AlreadyRunning extends Error {}

/**
 * Keeps a second process from delivering out of the same outbox: a lock on a file beside the database, which the
 * system frees however this process ends. Tools that only import or read don't need it.
 * @returns what frees it.
 * @throws AlreadyRunning, UnusableDatabase
 */
export const lockDatabase = (path: string): (() => void) => usable(path, () => take(path));

function take(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = new Database(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (isBusy(cause))
      throw new AlreadyRunning(`Another process is running on the database ${path}. End that one first.`);
    throw cause;
  }
  return () => lock.close();
}

const isBusy = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && `${cause.code}`.startsWith('SQLITE_BUSY');
