import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { NewerDatabase, refuseNewer } from '../db/database.ts';
import { AlreadyRunning, lockDatabase } from '../db/lock.ts';
import { aside, type Finding, right, wrong } from './report.ts';

/** Less is soon used up by logs and backups. */
const leastFree = 500e6;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Folder, space, rights, and what kind of database there is. Nothing is changed, and nothing made that stays. */
export function examineDisk(path: string): Finding[] {
  const folder = dirname(path);
  if (!existsSync(folder))
    return [aside(`Database: ${folder} is not there yet; it is made at the first start, if it may be`)];
  const found = [examineFolder(folder)];
  if (!existsSync(path))
    return [...found, aside(`Database: ${path} is not there yet; it is made at the first start`)];
  const size = statSync(path).size;
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  found.push(
    free > Math.max(leastFree, size)
      ? right(`Database: ${megabytes(size)}, with ${megabytes(free)} free on its disk`)
      : wrong(
          `Database: ${megabytes(size)}, with only ${megabytes(free)} free on its disk`,
          'Make room: a backup needs as much as the database, and without any space nothing can be booked.',
        ),
    examineRights(path),
    examineSchema(path),
    isRunning(path) ? right('Database: the bot runs on it') : aside('Database: no process runs on it now'),
  );
  return found;
}

function examineFolder(folder: string): Finding {
  const trial = `${folder}/.doctor-${process.pid}`;
  try {
    accessSync(folder, constants.W_OK);
    writeFileSync(trial, '');
    rmSync(trial);
    return right(`Database: ${folder} can be written`);
  } catch {
    return wrong(
      `Database: ${folder} can't be written by this user`,
      'Give the folder to the user that the bot runs as (chown), or run this as that user.',
    );
  }
}

function examineRights(path: string): Finding {
  const open = ['', '-wal', '-shm']
    .map((end) => path + end)
    .filter((it) => existsSync(it) && statSync(it).mode & 0o077);
  return open.length === 0
    ? right('Database: nobody else on this machine can read it')
    : wrong(`Database: others on this machine can read ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`);
}

function examineSchema(path: string): Finding {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    refuseNewer(db);
    const mode = db.pragma('journal_mode', { simple: true });
    return mode === 'wal'
      ? right('Database: of this version or an older one, with a write-ahead log')
      : aside(`Database: without a write-ahead log yet (${mode}); the next start turns it on`);
  } catch (cause) {
    if (!(cause instanceof NewerDatabase)) throw cause;
    return wrong('Database: it was made by a newer version', 'Start that version, or restore a backup.');
  } finally {
    db.close();
  }
}

function isRunning(path: string): boolean {
  // Without the file nobody runs; looking would make it, and perhaps as another user.
  if (!existsSync(`${path}.lock`)) return false;
  try {
    lockDatabase(path)();
    return false;
  } catch (cause) {
    if (cause instanceof AlreadyRunning) return true;
    throw cause;
  }
}

/** Reads every page of the database. In another thread, since it can't be broken off. */
export async function examinePages(path: string): Promise<Finding[]> {
  if (!existsSync(path)) return [];
  const said = await new Promise<string>((resolve, reject) => {
    const worker = new Worker(new URL('./pages.ts', import.meta.url), { workerData: path });
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return [
    said === 'ok'
      ? right('Database: every page is sound (quick_check)')
      : wrong(
          `Database: it is damaged (${said.split('\n')[0]})`,
          'Stop the bot, keep the file, and restore the last backup: npm run restore.',
        ),
  ];
}
