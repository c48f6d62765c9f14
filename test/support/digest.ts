import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

/** What may be written where somebody is refused: that it was, and that they were there. */
const notes = new Set(['audit', 'account', '__drizzle_migrations', 'sqlite_sequence']);

export type Digest = Record<string, string>;

/**
 * What every table holds, as one hash for each: two are equal where nothing has changed. Tables that are added
 * later are in it by themselves; only the notes on refusals and on who was seen are left out, and `beside`.
 * @param about rows that hold one of these ids are left out too
 */
export function digest(
  db: Database.Database,
  beside: readonly string[] = [],
  about: readonly string[] = [],
): Digest {
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .all()
    .map(({ name }) => name)
    .filter(
      (name) =>
        !notes.has(name) && !beside.includes(name) && !/_(data|idx|content|docsize|config)$/.test(name),
    );
  return Object.fromEntries(
    tables.map((name) => {
      const rows = db.prepare(`SELECT * FROM "${name}"`).raw().all();
      const hash = createHash('sha256');
      for (const row of rows.map((it) => JSON.stringify(it)).sort())
        if (!about.some((id) => row.includes(id))) hash.update(row);
      return [name, hash.digest('base64url')];
    }),
  );
}

/** The tables in which two digests differ. */
export const changedTables = (before: Digest, after: Digest): string[] =>
  Object.keys(after).filter((name) => before[name] !== after[name]);
