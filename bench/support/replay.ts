import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { indexed } from '../../src/features/booking/index.ts';

/** What a booking writes to, in the order in which it may be written. */
const tables = [
  'booking',
  'booking_attendee',
  'booking_transition',
  'slot',
  'booking_figure',
  'outbox',
  'inbox',
];

type Rows = Map<string, unknown[][]>;

/**
 * Reads the rows that the program has written into one database, and writes them into a copy of it by plain statements:
 * the same rows, the same indexes and triggers, and a commit that is as durable.
 */
export function createReplay(path: string, copy: string) {
  const from = new Database(path, { readonly: true });
  const seen = new Map<string, number>();
  let written = 0;
  let bookings = 0;
  let to: Database.Database;
  let add: Map<string, Database.Statement<unknown[]>>;

  const newest = (table: string): number =>
    from.prepare(`SELECT coalesce(max(rowid), 0) FROM "${table}"`).pluck().get() as number;

  /** The rows of a table since the last time, each after its rowid. */
  function newRows(table: string): unknown[][] {
    const rows = from
      .prepare<unknown[], unknown[]>(`SELECT rowid, * FROM "${table}" WHERE rowid > ? ORDER BY rowid`)
      .raw()
      .all(seen.get(table) ?? 0);
    seen.set(table, newest(table));
    return rows.map((row) => row.slice(1));
  }

  return {
    /** From here on what the program writes is written to the copy as well. */
    begin(): void {
      const source = new Database(path);
      source.pragma('wal_checkpoint(TRUNCATE)');
      source.close();
      copyFileSync(path, copy);
      for (const table of tables) seen.set(table, newest(table));
      to = new Database(copy);
      for (const pragma of [
        'journal_mode = WAL',
        'synchronous = FULL',
        'foreign_keys = ON',
        'recursive_triggers = ON',
      ])
        to.pragma(pragma);
      add = new Map(
        tables.map((table) => {
          const columns = to.pragma(`table_info("${table}")`) as unknown[];
          return [table, to.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?')})`)];
        }),
      );
      add.set(
        'booking_topic',
        to.prepare('INSERT INTO booking_topic (rowid, words, place) VALUES (?, ?, ?)'),
      );
    },

    /** What was written since, in as many groups. */
    read(groups: number): Rows[] {
      const all: Rows = new Map(tables.map((table) => [table, newRows(table)]));
      all.set('booking_topic', topicsOf(from, all));
      bookings += all.get('booking')?.length ?? 0;
      return Array.from(
        { length: groups },
        (_, group) =>
          new Map(
            [...all].map(([table, rows]) => {
              const part = (n: number) => Math.round((rows.length * n) / groups);
              return [table, rows.slice(part(group), part(group + 1))];
            }),
          ),
      );
    },

    /** Each group in a transaction of its own. */
    write(groups: readonly Rows[]): void {
      for (const rows of groups) {
        to.exec('BEGIN IMMEDIATE');
        for (const [table, its] of rows) {
          const statement = add.get(table);
          for (const row of its) statement?.run(row);
          written += its.length;
        }
        to.exec('COMMIT');
      }
    },

    /** How many rows a booking writes, on average. */
    perBooking: () => (written / bookings).toFixed(1),

    /** @throws where the program has written rows that were not written here: then the comparison would be none */
    close(): void {
      const names = from
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .pluck()
        .all() as string[];
      const count = (db: Database.Database, name: string) =>
        db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get();
      // How the index of topics lays out its words on disk goes by its commits.
      const differs = names.filter(
        (name) => !name.startsWith('booking_topic_') && count(from, name) !== count(to, name),
      );
      if (differs.length > 0) throw new Error(`not all rows were written: ${differs}`);
      from.close();
      to.close();
    },
  };
}

/** What is in the index of topics can't be read from there: it is made again of the bookings. */
function topicsOf(from: Database.Database, rows: Rows): unknown[][] {
  const of = from.prepare('SELECT * FROM booking WHERE id = ?');
  const attendees = from
    .prepare('SELECT person FROM booking_attendee WHERE booking = ? ORDER BY place')
    .pluck();
  return (rows.get('booking') ?? []).map(([id]) => {
    const {
      number,
      topic,
      room,
      host,
      start_at: start,
    } = of.get(id) as Parameters<typeof indexed>[0] & { start_at: number };
    const its = { number, topic, room, host, start, attendees: attendees.all(id) as never[] };
    const { words, place } = indexed(its);
    return [number, words, place];
  });
}
