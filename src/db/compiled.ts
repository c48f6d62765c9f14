import type Database from 'better-sqlite3';
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm';

/*
 * To fill the gaps of a prepared query and to read its rows, the builder asks anew each time what every value is and how
 * it is read. That takes longer than SQLite does for most of ours, so it is asked once.
 */

/** Finds the value of a gap in what a query is run with. */
export type Finds<Given> = (name: string) => (given: Given) => unknown;

type Values = Record<string, unknown>;
type Codec = (value: unknown) => unknown;
type Read = { mapFromDriverValue: Codec };

/** What a prepared query of the builder is made of, which its types keep to themselves. */
type Built = {
  query: { sql: string; params: unknown[] };
  executeMethod: 'run' | 'all';
  fields?: Array<{ path: string[]; field: unknown }>;
  customResultMapper?: unknown;
};

/**
 * A prepared query as a function of what its gaps are filled from: it gives the rows, or what a change has changed.
 * Throws what the database throws, and where a value is missing.
 */
export function compiled<Given>(
  connection: Pick<Database.Database, 'prepare'>,
  prepared: unknown,
  finds: Finds<Given>,
): (given: Given) => unknown {
  const { query, executeMethod, fields, customResultMapper } = prepared as Built;
  const { text, gaps } = plannedOnce(query);
  const stmt = connection.prepare<unknown[]>(text);
  const fill = gaps.map((gap) => filling(gap, finds));
  const params = (given: Given) => fill.map((it) => it(given));
  if (executeMethod === 'run') return (given) => stmt.run(...params(given));
  if (executeMethod !== 'all' || !fields || customResultMapper) throw new Error('a query of an unknown kind');
  const columns = fields.map(({ path: [name, more], field }) => {
    if (name === undefined || more !== undefined)
      throw new Error('a prepared query names its columns one by one');
    return { name, decode: decoding(field) };
  });
  const rows = stmt.raw();
  return (given) =>
    (rows.all(...params(given)) as unknown[][]).map((row) => {
      const read: Values = {};
      let n = 0;
      for (const { name, decode } of columns) {
        const value = row[n++];
        read[name] = decode && value !== null ? decode(value) : value;
      }
      return read;
    });
}

/**
 * The text of a query as SQLite plans it once. Otherwise it plans it anew whenever a value is bound that the plan could
 * have depended on (a limit, a state, mostly the first of several conditions), which takes several times as long as to
 * run it. So constants stand in the text, and a plus before each gap keeps the planner from looking into it.
 */
function plannedOnce({ sql, params }: Built['query']): { text: string; gaps: unknown[] } {
  const gaps: unknown[] = [];
  let n = 0;
  const text = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (found) => {
    if (found !== '?') return found;
    const param = params[n++];
    const constant = literal(param);
    if (constant === null) gaps.push(param);
    return constant ?? '+?';
  });
  if (n !== params.length) throw new Error('a query with other gaps than values');
  return { text, gaps };
}

/** Null where it has to be bound. */
function literal(value: unknown): string | null {
  if (value === null) return 'NULL';
  if (typeof value === 'number' && Number.isSafeInteger(value)) return `${value}`;
  if (typeof value === 'string' && !value.includes('\0')) return `'${value.replaceAll("'", "''")}'`;
  return null;
}

function filling<Given>(param: unknown, finds: Finds<Given>): (given: Given) => unknown {
  if (is(param, Placeholder)) return finds(param.name as string);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder, value } = param;
  const find = finds(value.name as string);
  if (encoder.mapToDriverValue === Column.prototype.mapToDriverValue) return find;
  return (given) => encoder.mapToDriverValue(find(given));
}

/** By name. */
export const named: Finds<Values> = (name) => (values) => {
  const value = values[name];
  if (value === undefined) throw new Error(`No value for placeholder "${name}" was provided`);
  return value;
};

/** Null: as it comes from the database. */
function decoding(field: unknown): Codec | null {
  const of = is(field, SQL.Aliased) ? field.sql : field;
  const decoder = (is(of, Column) ? of : (of as { decoder: Read }).decoder) as Read;
  if (decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue) return null;
  return (value) => decoder.mapFromDriverValue(value);
}
