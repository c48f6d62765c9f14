import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Disk = {
  /** Where the database is. */
  databasePath: string;
  /** Null, or why a disk of its own could not be had: then the faults of a disk can't be tried. */
  lacking: string | null;
  /** Leaves no byte for anybody else. */
  fill(): void;
  free(): void;
  /** Only while nobody has a file of it open. */
  setWritable(writable: boolean): void;
  remove(): void;
};

/** Ample for a long run, and soon full. */
const size = '64m';

/** A small disk of its own, in memory, where this machine lets us mount one. */
export function createDisk(folder: string): Disk {
  const mount = join(folder, 'data');
  const ballast = join(mount, 'ballast');
  const databasePath = join(mount, 'rooms.sqlite');
  mkdirSync(mount);
  const lacking = tryToMount(mount);
  return {
    databasePath,
    lacking,
    fill() {
      emptyLog(databasePath);
      const file = openSync(ballast, 'w');
      for (const block of [1 << 20, 1 << 12, 1]) writeUntilFull(file, Buffer.alloc(block));
      closeSync(file);
    },
    free: () => rmSync(ballast, { force: true }),
    setWritable: (writable) => run('mount', ['-o', `remount,${writable ? 'rw' : 'ro'},size=${size}`, mount]),
    remove() {
      if (lacking === null) run('umount', ['-l', mount]);
    },
  };
}

const run = (program: string, options: string[]): void => {
  execFileSync(program, options, { stdio: ['ignore', 'ignore', 'pipe'] });
};

function tryToMount(at: string): string | null {
  if (process.getuid?.() !== 0) return 'mounting a small disk needs root';
  try {
    run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', at]);
    return null;
  } catch (cause) {
    return `no disk can be mounted here (${cause instanceof Error ? cause.message.split('\n')[0] : cause})`;
  }
}

/** Into the pages of a log that is there already a full disk would take some more. */
function emptyLog(databasePath: string): void {
  const db = new Database(databasePath, { timeout: 1_000 });
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause;
  }
}
