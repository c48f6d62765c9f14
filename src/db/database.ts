import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { createGroupCommit } from './group-commit.ts';
import { rememberStatements } from './statements.ts';
import { usable } from './unusable.ts';

/** Queries through this run in the transaction (or on the read connection) that it was handed out with. */
export type Tx = BetterSQLite3Database;

export type Db = {
  /** A random name that this database was given when it was made. */
  deployment: string;
  /**
   * Runs `work` as one transaction and resolves after it is on disk. Inside, await nothing but `tx`.
   * Rejects with whatever `work` throws, having undone it; or with the disk's error when the commit fails.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own for reading: sees what is committed. */
  read: Tx;
  /** Throws where the database can't be written. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** Thrown at start for a database that was made by a newer version of the program. */
export class NewerDatabase extends Error {}

/** Enough for the inner pages of all indexes of a million bookings, for each of the two connections. */
const cacheKiB = 64 * 1024;

const migrationsFolder = join(import.meta.dirname, '../../migrations');

/**
 * Opens (or makes) the SQLite file at `path`, applies the migrations, and refuses a newer database.
 * @throws NewerDatabase, UnusableDatabase
 */
export const openDatabase = (path: string): Db => usable(path, () => open(path));

function open(path: string): Db {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const writer = new Database(path);
  chmodSync(path, 0o600);
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma('busy_timeout = 5000');
  // Or INSERT OR REPLACE would get round the triggers that guard the records from deletion.
  writer.pragma('recursive_triggers = ON');
  writer.pragma(`cache_size = ${-cacheKiB}`);
  refuseNewer(writer);
  migrate(drizzle(writer), { migrationsFolder });

  const reader = new Database(path, { readonly: true });
  reader.pragma('busy_timeout = 5000');
  reader.pragma(`cache_size = ${-cacheKiB}`);

  const tx = drizzle(rememberStatements(writer));
  const commits = createGroupCommit({ exec: (sql) => writer.exec(sql) });
  const { id } = writer.prepare('SELECT id FROM deployment').get() as { id: string };
  return {
    deployment: id,
    transact: (work) => commits.run(() => work(tx)),
    read: drizzle(rememberStatements(reader)),
    check: () => commits.run(async () => writer.exec('UPDATE deployment SET beat = beat + 1')).then(() => {}),
    async close() {
      await commits.idle();
      reader.close();
      writer.close();
    },
  };
}

/** @throws NewerDatabase */
export function refuseNewer(db: Database.Database): void {
  const known = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'));
  const newest = Math.max(0, ...known.entries.map((entry: { when: number }) => entry.when));
  const made = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  if (!made) return;
  const applied = db.prepare('SELECT max(created_at) AS at FROM __drizzle_migrations').get() as {
    at: number;
  };
  if (applied.at > newest)
    throw new NewerDatabase(
      `The database ${db.name} was made by a newer version of this program. Start that version, or restore a backup.`,
    );
}
