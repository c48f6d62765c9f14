import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { and, asc, desc, eq, gte, lte, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { boolean, instant, integer, json, table, text } from './columns.ts';
import { among, type Gaps, gapsFor, insertion, prepared } from './prepared.ts';
import { rememberStatements } from './statements.ts';

const thing = table('thing', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  parts: json('parts').$type<string[]>().notNull().default([]),
  more: json('more').$type<{ of: string }>(),
  whole: boolean('whole').notNull().default(false),
  sure: boolean('sure'),
  at: instant('made_at').notNull(),
  end: instant('end_at'),
});
type Thing = typeof thing.$inferSelect;

const make = `CREATE TABLE thing (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, parts TEXT NOT NULL,
  more TEXT, whole INTEGER NOT NULL, sure INTEGER, made_at INTEGER NOT NULL, end_at INTEGER)`;

/** Every text that was prepared, in order. */
let texts: string[];
let files: Database.Database[];

function open() {
  const file = new Database(':memory:');
  files.push(file);
  file.exec(make);
  const remembered = rememberStatements(file);
  const prepare = (text: string) => {
    texts.push(text);
    return remembered.prepare(text);
  };
  const connection: Database.Database = Object.create(file, { prepare: { value: prepare } });
  return { file, tx: drizzle(connection) };
}

beforeEach(() => {
  texts = [];
  files = [];
});
afterEach(() => {
  for (const file of files) file.close();
});

const insertThings = insertion(thing);
const all = prepared((tx) => tx.select().from(thing).orderBy(asc(thing.id)));

const full: Thing = {
  id: 7,
  name: 'a',
  parts: ['x', 'ÿ"'],
  more: { of: 'b' },
  whole: true,
  sure: false,
  at: 5,
  end: 9,
};
const bare = { name: 'b', at: 6, more: null, sure: null, end: null };
const asKept: Thing = { ...bare, id: 8, parts: [], whole: false };

describe('[2.6] a query that is built once', () => {
  test('keeps json, boolean and instant as any other does, nothing as null, and what is left out as its default', async () => {
    const { file, tx } = open();
    await insertThings(tx, [full, bare]);
    expect(await all(tx, {})).toEqual([full, asKept]);
    const kept = file.prepare('SELECT * FROM thing').all();

    await tx.delete(thing);
    await tx.insert(thing).values([full, { ...bare, id: 8 }]);
    expect(file.prepare('SELECT * FROM thing').all()).toEqual(kept);
    expect(kept[1]).toMatchObject({ parts: '[]', more: null, whole: 0, sure: null, end_at: null });
  });

  test('changes a row, also to null', async () => {
    const { file, tx } = open();
    const change = prepared((on, it: Gaps<Thing>) =>
      on.update(thing).set(gapsFor(thing)).where(eq(thing.id, it.id)),
    );
    await insertThings(tx, [full, bare]);
    await change(tx, { ...full, parts: [], more: null, sure: null, end: null });
    await change(tx, { ...asKept, more: { of: 'c' }, sure: true });
    expect(await all(tx, {})).toEqual([
      { ...full, parts: [], more: null, sure: null, end: null },
      { ...asKept, more: { of: 'c' }, sure: true },
    ]);
    expect(file.prepare('SELECT more, sure FROM thing WHERE id = 7').get()).toEqual({
      more: null,
      sure: null,
    });
  });

  test('is built once for each connection, and each has its own rows', async () => {
    let built = 0;
    const named = prepared((tx, it: Gaps<{ name: string }>) => {
      built += 1;
      return tx.select({ id: thing.id }).from(thing).where(eq(thing.name, it.name));
    });
    const [one, other] = [open(), open()];
    await insertThings(one.tx, [full]);
    await insertThings(other.tx, [{ ...full, id: 3 }]);
    texts = [];
    expect(await named(one.tx, { name: 'a' })).toEqual([{ id: 7 }]);
    expect(await named(one.tx, { name: 'b' })).toEqual([]);
    expect(await named(other.tx, { name: 'a' })).toEqual([{ id: 3 }]);
    expect({ built, texts: new Set(texts).size }).toEqual({ built: 2, texts: 2 });
  });

  test('takes a list of any length, whatever stands in it', async () => {
    const { tx } = open();
    const named = prepared((on, it: Gaps<{ names: readonly string[] }>) =>
      on.select({ name: thing.name }).from(thing).where(among(thing.name, it.names)).orderBy(asc(thing.id)),
    );
    const odd = `it's "b", [c] 會議 \u0000 ?`;
    await insertThings(tx, [full, { ...bare, name: odd }]);
    texts = [];
    expect(await named(tx, { names: [] })).toEqual([]);
    expect(await named(tx, { names: ['a', 'a', 'z'] })).toEqual([{ name: 'a' }]);
    expect(await named(tx, { names: [odd, 'a'] })).toEqual([{ name: 'a' }, { name: odd }]);
    expect(await named(tx, { names: Array.from({ length: 40_000 }, String) })).toEqual([]);
    expect(new Set(texts.filter((text) => text.includes('+?'))).size).toBe(1);
  });

  test('finds what it is to find where constants stand beside its gaps', async () => {
    const { tx } = open();
    const odd = `what's "this"? 會議`;
    const found = prepared((on, it: Gaps<{ at: number; until: number }>) =>
      on
        .select({ id: thing.id, upper: sql<string>`upper(${thing.name}) || '?' || ${'!'}` })
        .from(thing)
        .where(and(eq(thing.name, odd), gte(thing.at, it.at), eq(thing.whole, true), lte(thing.at, it.until)))
        .orderBy(desc(thing.at))
        .limit(2),
    );
    for (const at of [1, 2, 3, 4, 5])
      await insertThings(tx, [
        { ...full, id: at, name: odd, at },
        { ...bare, id: at + 10, at },
      ]);
    const upper = `${odd.toUpperCase()}?!`;
    expect(await found(tx, { at: 2, until: 4 })).toEqual([
      { id: 4, upper },
      { id: 3, upper },
    ]);
    expect(await found(tx, { at: 0, until: 1 })).toEqual([{ id: 1, upper }]);
  });

  test('inserts no rows, a few and many', async () => {
    const { tx } = open();
    for (const length of [0, 1, 8, 9, 100]) {
      await insertThings(
        tx,
        Array.from({ length }, () => bare),
      );
      expect(await all(tx, {})).toHaveLength(length);
      await tx.delete(thing);
    }
  });

  test('refuses as the database does, and when a value is missing', async () => {
    const { tx } = open();
    await insertThings(tx, [full]);
    await expect(insertThings(tx, [full])).rejects.toThrow(/UNIQUE/);
    const named = prepared((on, it: Gaps<{ name: string }>) =>
      on.select().from(thing).where(eq(thing.name, it.name)),
    );
    await expect(named(tx, {} as { name: string })).rejects.toThrow(/placeholder "name"/);
  });
});
