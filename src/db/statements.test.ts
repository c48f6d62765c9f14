import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { rememberStatements } from './statements.ts';

let file: Database.Database;
let it: Database.Database;

beforeEach(() => {
  file = new Database(':memory:');
  file.exec('CREATE TABLE thing (name TEXT, size INTEGER)');
  it = rememberStatements(file);
});
afterEach(() => {
  file.close();
});

describe('[2.6] a query that is asked again', () => {
  const sql = 'SELECT * FROM thing WHERE size > ?';

  test('is prepared once, and gives rows as objects and as lists, in whatever order', () => {
    it.prepare('INSERT INTO thing VALUES (?, ?)').run('a', 1);
    it.prepare('INSERT INTO thing VALUES (?, ?)').run('b', 2);
    const [objects, lists] = [
      [
        { name: 'a', size: 1 },
        { name: 'b', size: 2 },
      ],
      [
        ['a', 1],
        ['b', 2],
      ],
    ];
    expect(it.prepare(sql)).toBe(it.prepare(sql));
    expect(it.prepare(sql).all(0)).toEqual(objects);
    expect(it.prepare(sql).raw().all(0)).toEqual(lists);
    expect(it.prepare(sql).all(0)).toEqual(objects);
    expect([it.prepare(sql).get(1), it.prepare(sql).raw().get(1)]).toEqual([objects[1], lists[1]]);
  });

  test('follows when its table changes', () => {
    it.prepare(sql).all(0);
    file.exec(
      "ALTER TABLE thing ADD colour TEXT DEFAULT 'red'; INSERT INTO thing (name, size) VALUES ('a', 1)",
    );
    expect(it.prepare(sql).all(0)).toEqual([{ name: 'a', size: 1, colour: 'red' }]);
  });

  test('is prepared anew once a thousand others have come between', () => {
    const first = it.prepare(sql);
    for (let n = 0; n < 1_000; n++) it.prepare(`SELECT ${n}`);
    expect(it.prepare(sql)).not.toBe(first);
    expect(it.prepare('SELECT 999')).toBe(it.prepare('SELECT 999'));
  });
});
