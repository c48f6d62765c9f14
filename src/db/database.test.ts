import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { aBooking, tuesday } from '../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { saveTransition } from '../features/booking/store.ts';
import { record } from './audit.ts';
import { NewerDatabase, openDatabase, type Tx } from './database.ts';
import { audit } from './schema.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const entry = (kind: string) => ({ at: 0, actor: 'ann', kind, subject: 'room:alps', detail: { n: 1 } });
const kinds = async () => (await temporary.db.read.select().from(audit)).map((it) => it.kind);

/** What went wrong with a statement, in the words of the database. */
const failure = (work: (tx: Tx) => Promise<unknown>) =>
  temporary.db.transact(work).then(
    () => null,
    (err) => String(err.cause ?? err),
  );

describe('[2.6] the database', () => {
  test('keeps what was answered when it is opened again', async () => {
    const { deployment } = temporary.db;
    await temporary.db.transact((tx) => record(tx, entry('kept')));
    await temporary.reopen();
    expect([await kinds(), temporary.db.deployment]).toEqual([['kept'], deployment]);
  });

  test('shows what was answered to those who read at once', async () => {
    await temporary.db.transact((tx) => record(tx, entry('first')));
    expect(await kinds()).toEqual(['first']);
  });

  test('undoes a transaction that throws, and rejects with what it threw', async () => {
    const failing = temporary.db.transact(async (tx) => {
      await record(tx, entry('undone'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await kinds()).toEqual([]);
  });

  test('reads through a connection that can’t write', async () => {
    await expect(async () => record(temporary.db.read, entry('written'))).rejects.toThrow();
    expect(await kinds()).toEqual([]);
  });

  test('does what is under way before it closes', async () => {
    const writing = temporary.db.transact((tx) => record(tx, entry('in time')));
    await temporary.reopen();
    await writing;
    expect(await kinds()).toEqual(['in time']);
  });

  test('says whether it can be written', async () => {
    await temporary.db.check();
    const other = new Database(temporary.path);
    other.exec('DROP TABLE deployment');
    other.close();
    await expect(temporary.db.check()).rejects.toThrow('no such table');
  });

  test('two deployments have different names', async () => {
    const other = temporaryDatabase();
    expect(other.db.deployment).not.toBe(temporary.db.deployment);
    await other.remove();
  });

  test('[6.1] is nobody else’s to read', () => {
    const files = readdirSync(dirname(temporary.path)).filter((it) => it.startsWith('rooms.sqlite'));
    expect(files).toContain('rooms.sqlite-wal');
    for (const file of files) expect(statSync(`${dirname(temporary.path)}/${file}`).mode & 0o077).toBe(0);
  });
});

test('[2.6] a database that a newer version has made is refused, and left as it is', async () => {
  await temporary.db.close();
  const other = new Database(temporary.path);
  other.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 99999999999999)");
  other.close();
  expect(() => openDatabase(temporary.path)).toThrow(NewerDatabase);
  expect(() => openDatabase(temporary.path)).toThrow(/newer version/);
  const after = new Database(temporary.path);
  after.exec("DELETE FROM __drizzle_migrations WHERE hash = 'later'");
  after.close();
  temporary.db = openDatabase(temporary.path);
});

describe('[2.6] the records are only ever added to', () => {
  beforeEach(() =>
    temporary.db.transact(async (tx) => {
      await record(tx, entry('kept'));
      const after = aBooking();
      const event = { type: 'requested', booking: after } as const;
      await saveTransition(tx, { before: null, after, event, at: tuesday, actor: 'ann', source: 'slack' });
    }),
  );

  test.each([
    ["UPDATE audit SET actor = 'eve'", 'the audit record is never changed'],
    ['DELETE FROM audit', 'the audit record is never changed'],
    ["UPDATE booking_transition SET actor = 'eve'", 'the record of transitions is never changed'],
    ['DELETE FROM booking_transition', 'the record of transitions is never changed'],
    ['DELETE FROM booking', 'a booking is never deleted'],
    ['INSERT OR REPLACE INTO audit SELECT * FROM audit', 'the audit record is never changed'],
    [
      'INSERT OR REPLACE INTO booking_transition SELECT * FROM booking_transition',
      'the record of transitions is never changed',
    ],
    ['INSERT OR REPLACE INTO booking SELECT * FROM booking', 'a booking is never deleted'],
  ])('%s', async (statement, refusal) => {
    expect(await failure(async (tx) => tx.run(sql.raw(statement)))).toContain(refusal);
  });

  test('a revision of a booking is written once', async () => {
    const before = aBooking();
    const after = { ...before, state: { kind: 'expired', at: tuesday } as const };
    const event = { type: 'expired', at: tuesday } as const;
    const transition = { before: before.state, after, event, at: tuesday, actor: 'clock', source: 'job' };
    expect(await failure((tx) => saveTransition(tx, transition))).toContain('UNIQUE');
  });
});
