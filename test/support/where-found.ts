import Database from 'better-sqlite3';

/** The columns, as `table.column`, in which a database holds a text. */
export function columnsWith(path: string, text: string): string[] {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all();
    return tables.flatMap(({ name }) => {
      const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all();
      const found = rows.flatMap((row) =>
        Object.entries(row)
          .filter(([, value]) =>
            Buffer.isBuffer(value) ? value.includes(text) : String(value).includes(text),
          )
          .map(([column]) => `${name}.${column}`),
      );
      return [...new Set(found)];
    });
  } finally {
    db.close();
  }
}
