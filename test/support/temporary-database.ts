import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../src/db/database.ts';

/** A real SQLite file in a folder of its own. */
export type TemporaryDatabase = {
  db: Db;
  path: string;
  /** Closes the database and opens the same file again. */
  reopen(): Promise<void>;
  remove(): Promise<void>;
};

/** @param from the file of a database that is closed, of which it is to be a copy */
export function temporaryDatabase(from?: string): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  const path = join(folder, 'rooms.sqlite');
  if (from !== undefined) copyFileSync(from, path);
  const it: TemporaryDatabase = {
    db: openDatabase(path),
    path,
    async reopen() {
      await it.db.close();
      it.db = openDatabase(path);
    },
    async remove() {
      await it.db.close();
      rmSync(folder, { recursive: true });
    },
  };
  return it;
}
