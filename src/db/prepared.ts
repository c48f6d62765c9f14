import type Database from 'better-sqlite3';
import { type Column, getTableColumns, type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { compiled, type Finds, named } from './compiled.ts';
import type { Tx } from './database.ts';

/*
 * To build the text of a query takes several times as long as to run it. What runs with every booking is built once for
 * each connection, with gaps for its values. Kept to one database's dialect here alone.
 */

/** The gaps of a query, by name. A value of json or boolean may fill one in `values` and `set` alone: they encode it. */
export type Gaps<Values> = { [Name in keyof Values & string]: Placeholder<Name, Values[Name]> };

type Query<Result> = { execute(): Promise<Result>; prepare(): unknown };

/**
 * A query that is built once for each connection and run with `values`:
 * `const byId = prepared((tx, it: Gaps<{ id: RoomId }>) => tx.select().from(room).where(eq(room.id, it.id)))`, then
 * `await byId(tx, { id })`.
 */
export function prepared<Values, Result>(
  build: (tx: Tx, gaps: Gaps<Values>) => Query<Result>,
): (tx: Tx, values: Values) => Promise<Result> {
  const gaps = new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as Gaps<Values>;
  return onEach((tx) => compiled(connectionOf(tx), build(tx, gaps).prepare(), named)) as (
    tx: Tx,
    values: Values,
  ) => Promise<Result>;
}

/** A query that is built once for each connection. */
function onEach<Given>(build: (tx: Tx) => (given: Given) => unknown) {
  const built = new WeakMap<Tx, (given: Given) => unknown>();
  return async (tx: Tx, given: Given): Promise<unknown> => {
    let query = built.get(tx);
    if (!query) {
      query = build(tx);
      built.set(tx, query);
    }
    return query(given);
  };
}

const connectionOf = (tx: Tx) => (tx as Tx & { $client: Database.Database }).$client;

/** True where a text is one of the list that fills the gap, however long it is: the query stays the same. */
export const among = (text: Column | SQL, gap: SQLWrapper): SQL =>
  sql`${text} in (SELECT value FROM json_each(${sql.param(gap, { mapToDriverValue: JSON.stringify })}))`;

/** A gap for every column of a table, each with its field's name after `prefix`. */
export const gapsFor = <Table extends SQLiteTable>(of: Table, prefix = ''): Table['$inferInsert'] =>
  Object.fromEntries(
    Object.keys(getTableColumns(of)).map((field) => [field, sql.placeholder(prefix + field)]),
  ) as Table['$inferInsert'];

/** More rows than this at once are rare, and each number of rows is a query of its own. */
const mostRows = 8;

/** Inserts rows into a table, in one statement; none is nothing. */
export function insertion<Table extends SQLiteTable>(into: Table) {
  type Row = Table['$inferInsert'];
  const columns = getTableColumns(into);
  const finds: Finds<readonly Row[]> = (name) => {
    const [n, field] = name.split('.') as [string, string];
    const at = Number(n);
    const otherwise = columns[field]?.default ?? null;
    return (rows) => {
      const value = (rows[at] as Record<string, unknown>)[field];
      return value === undefined ? otherwise : value;
    };
  };
  const byLength = Array.from({ length: mostRows + 1 }, (_, length) => {
    const rows = Array.from({ length }, (_, n) => gapsFor(into, `${n}.`));
    return onEach((tx) => compiled(connectionOf(tx), tx.insert(into).values(rows).prepare(), finds));
  });

  return async (tx: Tx, rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    await (byLength[rows.length]?.(tx, rows) ?? tx.insert(into).values([...rows]));
  };
}
