import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { currentTrace, traced } from '../core/trace.ts';
import { createGroupCommit } from './group-commit.ts';

let folder: string;
let path: string;
let writer: Database.Database;
/** What was executed on the connection, in order. */
let executed: string[];
/** Throws instead of executing the statements for which it says so. */
let broken: (sql: string) => boolean;
let commits: ReturnType<typeof createGroupCommit>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-commit-'));
  path = join(folder, 'test.sqlite');
  writer = new Database(path);
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.exec('CREATE TABLE entry (name TEXT PRIMARY KEY)');
  executed = [];
  broken = () => false;
  commits = createGroupCommit({
    exec(sql) {
      executed.push(sql);
      if (broken(sql)) throw new Error('disk I/O error');
      writer.exec(sql);
    },
  });
});

afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

const add = (name: string) => async () => {
  writer.prepare('INSERT INTO entry VALUES (?)').run(name);
  // Queries are awaited, as everywhere.
  await Promise.resolve();
  return name;
};

/** What another program sees on disk. */
function onDisk(): string[] {
  const other = new Database(path, { readonly: true });
  try {
    return other.prepare('SELECT name FROM entry ORDER BY name').pluck().all() as string[];
  } finally {
    other.close();
  }
}

const countOf = (word: string) => executed.filter((sql) => sql.startsWith(word)).length;

describe('[2.6] what was answered is on disk', () => {
  test('several transactions at once share one commit, and each gets its own answer', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => commits.run(add(name))));
    expect(answers).toEqual(['a', 'b', 'c']);
    expect([countOf('BEGIN'), countOf('COMMIT'), countOf('SAVEPOINT')]).toEqual([1, 1, 3]);
    expect(onDisk()).toEqual(['a', 'b', 'c']);
  });

  test('an answer is given after the commit: another connection sees what it is about', async () => {
    const seen = await Promise.all(['a', 'b'].map((name) => commits.run(add(name)).then(() => onDisk())));
    expect(seen).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('before the commit nobody else sees anything', async () => {
    let during: string[] | null = null;
    await commits.run(async () => {
      await add('a')();
      during = onDisk();
    });
    expect([during, onDisk()]).toEqual([[], ['a']]);
  });

  test('what comes while a group runs is in the next one', async () => {
    let second: Promise<string> | undefined;
    await commits.run(async () => {
      second = commits.run(add('b'));
      return add('a')();
    });
    expect(onDisk()).toEqual(['a']);
    expect(await second).toBe('b');
    expect([countOf('COMMIT'), onDisk()]).toEqual([2, ['a', 'b']]);
  });
});

test('[2.6] whoever writes without pause lets everything else have its turn', async () => {
  let over = false;
  setTimeout(() => {
    over = true;
  }, 20);
  let written = 0;
  while (!over && written < 20_000) await commits.run(add(`entry ${written++}`));
  expect(over).toBe(true);
});

describe('[2.6] what fails', () => {
  test('undoes itself and nothing else', async () => {
    const results = await Promise.allSettled([
      commits.run(add('a')),
      commits.run(async () => {
        await add('half done')();
        throw new Error('refused');
      }),
      commits.run(add('a')),
      commits.run(add('b')),
    ]);
    expect(results.map((it) => (it.status === 'fulfilled' ? it.value : it.reason.message))).toEqual([
      'a',
      'refused',
      expect.stringContaining('UNIQUE'),
      'b',
    ]);
    expect(countOf('COMMIT')).toBe(1);
    expect(onDisk()).toEqual(['a', 'b']);
  });

  test('a failing commit is everybody’s failure, and the next group works', async () => {
    broken = (sql) => sql === 'COMMIT';
    const results = await Promise.allSettled(['a', 'b'].map((name) => commits.run(add(name))));
    expect(results.map((it) => it.status === 'rejected' && it.reason.message)).toEqual([
      'disk I/O error',
      'disk I/O error',
    ]);
    expect(onDisk()).toEqual([]);
    broken = () => false;
    await commits.run(add('a'));
    expect(onDisk()).toEqual(['a']);
  });

  test('so is one that has failed by itself already when it is undone', async () => {
    broken = (sql) => sql === 'COMMIT' || sql === 'ROLLBACK';
    await expect(commits.run(add('a'))).rejects.toThrow('disk I/O error');
    writer.exec('ROLLBACK');
    broken = () => false;
    expect(await commits.run(add('a'))).toBe('a');
  });

  test('where not even a transaction can begin, nothing runs', async () => {
    broken = (sql) => sql.startsWith('BEGIN');
    let ran = false;
    const work = async () => {
      ran = true;
    };
    await expect(commits.run(work)).rejects.toThrow('disk I/O error');
    expect(ran).toBe(false);
  });

  test('a transaction that waits for something outside the database is given up', async () => {
    const [stuck, other] = await Promise.allSettled([
      commits.run(async () => {
        await add('stuck')();
        await new Promise(() => {});
      }),
      commits.run(add('other')),
    ]);
    expect(stuck.status === 'rejected' && stuck.reason.message).toContain('outside the database');
    expect([other.status, onDisk()]).toEqual(['fulfilled', ['other']]);
  });
});

test('[2.6] idle comes when everything that was asked for is done', async () => {
  const running = commits.run(add('a'));
  await commits.idle();
  expect(onDisk()).toEqual(['a']);
  await running;
  await commits.idle();
});

test('[7.3] each of a group runs under the id of whoever asked for it', async () => {
  const seen = ['one', 'two', 'three'].map((id) => traced(id, () => commits.run(async () => currentTrace())));
  expect(await Promise.all(seen)).toEqual(['one', 'two', 'three']);
  expect(executed.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
});
