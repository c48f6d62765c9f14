import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { Instant } from '../core/clock.ts';
import { refuseNewer } from '../db/database.ts';
import { lockDatabase } from '../db/lock.ts';
import { BadBackup, type Counts, countRows, openSound } from './check.ts';
import { discard, isSameFile, isThere, makePrivate, moveAside, putInPlace } from './place.ts';

export type RestoreOrder = {
  databasePath: string;
  file: string;
  /** Whether a database that is there may be moved aside. */
  replace: boolean;
  now: Instant;
};

export type Restored = {
  counts: Counts;
  /** Where the database that was there is now. */
  keptAs: string | null;
};

/**
 * Puts a backup in the place of the database, which nobody may be running on. Until the last moment nothing is
 * touched; what was there is kept beside it.
 * @throws BadBackup, AlreadyRunning, NewerDatabase
 */
export function restore(order: RestoreOrder): Restored {
  const { databasePath, file, now } = order;
  if (!existsSync(file)) throw new BadBackup(`${file} is not there.`);
  if (isSameFile(databasePath, file)) throw new BadBackup(`${file} is the database itself.`);
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 });
  const unlock = lockDatabase(databasePath);
  const unfinished = `${databasePath}.unfinished`;
  try {
    const occupied = isThere(databasePath);
    if (occupied && !order.replace)
      throw new BadBackup(
        `There is a database at ${databasePath}. To move it aside and put the backup in its place, add --replace.`,
      );
    discard(unfinished);
    makePrivate(unfinished);
    copyFileSync(file, unfinished);
    const counts = prepare(unfinished, now);
    chmodSync(unfinished, 0o600);
    const aside = `${databasePath}.before-${new Date(now).toISOString().replaceAll(/[:.]/g, '')}`;
    // A log without its database would be taken for the new one's.
    moveAside(databasePath, aside);
    putInPlace(unfinished, databasePath);
    return { counts, keptAs: occupied ? aside : null };
  } catch (cause) {
    discard(unfinished);
    throw cause;
  } finally {
    unlock();
  }
}

function prepare(path: string, now: Instant): Counts {
  const db = openSound(path);
  try {
    refuseNewer(db);
    // The log would be left behind.
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    resume(db, now);
    return countRows(db);
  } finally {
    db.close();
  }
}

/**
 * What was being sent when the backup was made is to be sent. All that has fallen due since may have been told after
 * the backup was made: it counts as tried, so that the chat is asked for the message before it is sent again.
 */
function resume(db: Database.Database, now: Instant): void {
  db.prepare("UPDATE outbox SET state = 'waiting', lease_until = NULL WHERE state = 'sending'").run();
  db.prepare("UPDATE outbox SET attempts = max(attempts, 1) WHERE state = 'waiting' AND due_at <= ?").run(
    now,
  );
}
