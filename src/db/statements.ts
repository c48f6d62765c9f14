import type Database from 'better-sqlite3';

/** More different texts than the program has; lists of ids make a few more. */
const most = 1_000;

/**
 * The same connection, which prepares each text of a query once: the query builder would have it prepared anew every
 * time, and that takes several times as long as to run it.
 */
export function rememberStatements(connection: Database.Database): Database.Database {
  const known = new Map<string, Statement>();

  function prepare(sql: string): Statement {
    const found = known.get(sql);
    if (found) {
      // The one that was not used for longest stands first.
      known.delete(sql);
      known.set(sql, found);
      return found;
    }
    const made = createStatement(connection, sql);
    known.set(sql, made);
    const [oldest] = known.size > most ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    return made;
  }

  return Object.assign(Object.create(connection), { prepare });
}

type Prepared = Database.Statement<unknown[]>;
type Statement = Pick<Prepared, 'run' | 'all' | 'get'> & { raw(): Pick<Prepared, 'all' | 'get'> };

/** One text, prepared once for rows as objects and once for rows as lists: to change that would change it for all. */
function createStatement(connection: Database.Database, sql: string): Statement {
  const plain: Prepared = connection.prepare(sql);
  let lists: Prepared | null = null;
  return {
    run: (...values) => plain.run(...values),
    all: (...values) => plain.all(...values),
    get: (...values) => plain.get(...values),
    raw() {
      lists ??= connection.prepare<unknown[]>(sql).raw();
      return lists;
    },
  };
}
