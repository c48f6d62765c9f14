import Database from 'better-sqlite3';
import { BadBackup, type Counts, countRows, differing, openSound } from './check.ts';
import { discard, isSameFile, isThere, makePrivate, putInPlace } from './place.ts';

export type BackupOrder = {
  databasePath: string;
  file: string;
  /** Whether a file of that name may be overwritten. */
  replace: boolean;
  /** Told how much is copied, between 0 and 1. */
  onProgress(part: number): void;
};

/** About 4 MB: short enough to say how far it is. */
const pagesAtOnce = 1_000;

/**
 * Copies the database as it stands at one moment, while the bot goes on, and takes the copy for good only after
 * opening it again: every page sound, and as many rows in each table.
 * @returns the rows of each table
 * @throws BadBackup
 */
export async function backUp(order: BackupOrder): Promise<Counts> {
  const { databasePath, file } = order;
  if (isSameFile(databasePath, file)) throw new BadBackup(`${file} is the database itself.`);
  if (isThere(file) && !order.replace)
    throw new BadBackup(`${file} is there already. Choose another name, or add --replace.`);
  const unfinished = `${file}.unfinished`;
  discard(unfinished);
  makePrivate(unfinished);
  try {
    const counts = await copy(databasePath, unfinished, order.onProgress);
    check(unfinished, counts);
    putInPlace(unfinished, file);
    return counts;
  } catch (cause) {
    discard(unfinished);
    throw cause;
  }
}

async function copy(from: string, to: string, onProgress: (part: number) => void): Promise<Counts> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    source.pragma('busy_timeout = 5000');
    // Holds the moment: without it the copy would begin anew with each booking that is made meanwhile.
    source.exec('BEGIN');
    const counts = countRows(source);
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        if (totalPages > 0) onProgress(1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
    source.exec('COMMIT');
    return counts;
  } finally {
    source.close();
  }
}

function check(path: string, counts: Counts): void {
  const db = openSound(path);
  try {
    // One file that is complete by itself, without a log beside it.
    db.pragma('journal_mode = DELETE');
    const different = differing(counts, countRows(db));
    if (different.length > 0)
      throw new BadBackup(`The copy is not complete: ${different.join(', ')} differ from the database.`);
  } finally {
    db.close();
  }
}
