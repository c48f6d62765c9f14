import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import type { Instant } from '../core/clock.ts';
import type { PersonId } from '../core/ids.ts';
import { claim, due, tell } from '../db/outbox.ts';
import { outbox } from '../db/schema.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';

const now: Instant = Date.UTC(2026, 11, 1);
let live: TemporaryDatabase;
let folder: string;
let file: string;
let target: string;

beforeEach(async () => {
  live = temporaryDatabase();
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  file = join(folder, 'backup.sqlite');
  target = join(folder, 'data', 'rooms.sqlite');
  await live.db.transact((tx) =>
    tell(tx, ['ann' as PersonId, 'bo' as PersonId], 'notice', { now, dueAt: now, data: {} }),
  );
});
afterEach(async () => {
  await live.remove();
  rmSync(folder, { recursive: true });
});

const back = (its = {}) => backUp({ databasePath: live.path, file, replace: false, onProgress() {}, ...its });
const putBack = (its = {}) => restore({ databasePath: target, file, replace: false, now, ...its });

test('[2.6] a backup is one file, and counts what is in it', async () => {
  expect(await back()).toMatchObject({ outbox: 2, deployment: 1 });
  expect(readdirSync(folder)).toEqual(['backup.sqlite']);
});

test('[2.6] a large one says how far it is, and begins not anew with each row that is written meanwhile', async () => {
  await live.db.transact((tx) => tx.insert(outbox).values({ ...plain, data: { n: 'x'.repeat(20e6) } }));
  const writer = new Database(live.path);
  const parts: number[] = [];
  const counts = await back({
    onProgress(part: number) {
      parts.push(part);
      writer.exec("INSERT INTO inbox (key, at, answer) VALUES (lower(hex(randomblob(8))), 0, '{}')");
    },
  });
  writer.close();
  expect(parts.filter((part) => part > 0 && part < 1).length).toBeGreaterThan(2);
  expect(parts).toEqual(parts.toSorted((one, other) => one - other));
  expect(counts).toMatchObject({ outbox: 3, inbox: 0 });
});

test('[2.6] a backup overwrites nothing without being told to, and the database never', async () => {
  await back();
  await expect(back()).rejects.toThrow('is there already');
  await back({ replace: true });
  await expect(back({ file: live.path, replace: true })).rejects.toThrow('is the database itself');
});

test('[2.6] where there is no database, no file is left', async () => {
  await expect(back({ databasePath: join(folder, 'none.sqlite') })).rejects.toThrow('unable to open');
  expect(readdirSync(folder)).toEqual([]);
});

test('[2.7] what was being sent is sent after the restore', async () => {
  const [row] = await due(live.db.read, now, 1);
  await live.db.transact((tx) =>
    claim(tx, row?.id as NonNullable<typeof row>['id'], now, () => now + 60_000),
  );
  await back();
  expect(putBack()).toMatchObject({ keptAs: null });
  const restored = new Database(target, { readonly: true });
  expect(restored.prepare('SELECT DISTINCT state, lease_until, attempts FROM outbox').all()).toEqual([
    { state: 'waiting', lease_until: null, attempts: 1 },
  ]);
  restored.close();
});

test('[2.6] a database that is there is kept, with the log that belongs to it', async () => {
  await back();
  putBack();
  const first = new Database(target);
  first.pragma('journal_mode = WAL');
  first.exec("UPDATE outbox SET name = 'changed since'");
  expect(() => putBack()).toThrow('add --replace');
  // Killed: what was written last is in the log alone.
  const log = readFileSync(`${target}-wal`);
  first.close();
  writeFileSync(`${target}-wal`, log);
  const { keptAs } = putBack({ replace: true });
  const names = (path: string) => {
    const db = new Database(path, { readonly: true });
    const found = db.prepare('SELECT DISTINCT name FROM outbox').pluck().all();
    db.close();
    return found;
  };
  expect(existsSync(`${target}-wal`)).toBe(false);
  expect(existsSync(`${keptAs}-wal`)).toBe(true);
  expect([names(target), names(String(keptAs))]).toEqual([['notice'], ['changed since']]);
});

test.each([
  {
    what: 'no SQLite file',
    spoil: () => writeFileSync(file, 'rooms, rooms, rooms'.repeat(1_000)),
    says: 'is no SQLite file',
  },
  { what: 'a damaged one', spoil: () => damage(), says: 'is damaged' },
  { what: 'another program’s', spoil: () => foreign(), says: 'is no database of the meeting-room bot' },
  { what: 'a newer version’s', spoil: () => newer(), says: 'newer version' },
  { what: 'not there', spoil: () => rmSync(file), says: 'is not there' },
])('[2.6] nothing is restored from a file that is $what', async ({ spoil, says }) => {
  await live.db.transact(async (tx) => {
    for (let n = 0; n < 500; n++)
      await tx
        .insert(outbox)
        .values({ ...plain, id: `row-${n}` as typeof plain.id, data: { n: 'x'.repeat(200) } });
  });
  await back();
  spoil();
  expect(() => putBack()).toThrow(says);
  expect(
    readdirSync(folder, { recursive: true }).filter((it) => `${it}`.startsWith('data/rooms.sqlite')),
  ).toEqual(['data/rooms.sqlite.lock'].filter((it) => existsSync(join(folder, it))));
});

const plain = {
  id: 'row' as typeof outbox.$inferInsert.id,
  kind: 'run',
  name: 'job',
  data: {},
  dueAt: now,
  createdAt: now,
  state: 'waiting',
  attempts: 0,
} as const;

function damage() {
  const bytes = readFileSync(file);
  for (let at = 4096 * 20; at < bytes.length; at += 4096) bytes.fill(0x5a, at, at + 2048);
  writeFileSync(file, bytes);
}

function foreign() {
  rmSync(file);
  const db = new Database(file);
  db.exec('CREATE TABLE cats (name)');
  db.close();
}

function newer() {
  const db = new Database(file);
  db.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ${now + 1e12})`);
  db.close();
}
