import {
  type Column,
  getTableColumns,
  inArray,
  type Placeholder,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tx } from './database.ts';

/*
 * To build the text of a query takes several times as long as to run it. What runs with every booking is built once for
 * each connection, with gaps for its values. Kept to one database's dialect here alone.
 */

/** The gaps of a query, by name. A value of json or boolean may fill one in `values` and `set` alone: they encode it. */
export type Gaps<Values> = { [Name in keyof Values & string]: Placeholder<Name, Values[Name]> };

type Query<Result> = {
  execute(): Promise<Result>;
  prepare(): { execute(values: Record<string, unknown>): PromiseLike<unknown> };
};

/**
 * A query that is built once for each connection and run with `values`:
 * `const byId = prepared((tx, it: Gaps<{ id: RoomId }>) => tx.select().from(room).where(eq(room.id, it.id)))`, then
 * `await byId(tx, { id })`.
 */
export function prepared<Values, Result>(
  build: (tx: Tx, gaps: Gaps<Values>) => Query<Result>,
): (tx: Tx, values: Values) => Promise<Result> {
  const gaps = new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as Gaps<Values>;
  const made = new WeakMap<Tx, ReturnType<Query<Result>['prepare']>>();
  return async (tx, values) => {
    let query = made.get(tx);
    if (!query) {
      query = build(tx, gaps).prepare();
      made.set(tx, query);
    }
    return (await query.execute(values as Record<string, unknown>)) as Result;
  };
}

/** True where a text column is one of the list that fills the gap, however long it is: the query stays the same. */
export const among = (column: Column, gap: SQLWrapper): SQL =>
  inArray(
    column,
    sql`(SELECT value FROM json_each(${sql.param(gap, { mapToDriverValue: JSON.stringify })}))`,
  );

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
  const columns = Object.entries(getTableColumns(into));
  const byLength = new Map<number, (tx: Tx, values: Record<string, unknown>) => Promise<unknown>>();

  function inserting(length: number) {
    const rows = Array.from({ length }, (_, n) => gapsFor(into, `${n}.`));
    const made = prepared((tx) => tx.insert(into).values(rows));
    byLength.set(length, made);
    return made;
  }

  return async (tx: Tx, rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    if (rows.length > mostRows) {
      await tx.insert(into).values([...rows]);
      return;
    }
    const values: Record<string, unknown> = {};
    for (const [n, row] of rows.entries())
      for (const [field, column] of columns) {
        const value = (row as Record<string, unknown>)[field];
        values[`${n}.${field}`] = value === undefined ? (column.default ?? null) : value;
      }
    await (byLength.get(rows.length) ?? inserting(rows.length))(tx, values);
  };
}
