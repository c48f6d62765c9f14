import Database from 'better-sqlite3';

/** How many rows each table has, by its name. */
export type Counts = Record<string, number>;

/** Thrown where a file can't be used as a backup: what is wrong with it, ready to be printed. */
export class BadBackup extends Error {}

/** The rows of every table, as the connection sees them now. */
export function countRows(db: Database.Database): Counts {
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((name) => [name, Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
  );
}

/** Names of tables whose rows are not as many in both. */
export const differing = (one: Counts, other: Counts): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);

/**
 * Opens a file that is to be one of our databases, with every page of it sound.
 * @throws BadBackup
 */
export function openSound(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true });
  try {
    const [found] = db.pragma('quick_check(1)') as Array<{ quick_check: string }>;
    if (found?.quick_check !== 'ok') throw new BadBackup(`${path} is damaged: ${found?.quick_check}.`);
    const ours = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'deployment'").get();
    if (!ours) throw new BadBackup(`${path} is no database of the meeting-room bot.`);
    return db;
  } catch (cause) {
    db.close();
    const code = codeOf(cause);
    if (code === 'SQLITE_NOTADB') throw new BadBackup(`${path} is no SQLite file.`);
    if (code.startsWith('SQLITE_CORRUPT')) throw new BadBackup(`${path} is damaged (${code}).`);
    throw cause;
  }
}

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? `${cause.code}` : '';
