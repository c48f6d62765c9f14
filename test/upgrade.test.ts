import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { hour } from '../src/core/clock.ts';
import type { BookingId, PersonId } from '../src/core/ids.ts';
import { type Db, openDatabase } from '../src/db/database.ts';
import { findBooking, openMatters } from '../src/features/booking/index.ts';
import { ensureRules } from '../src/features/rules/index.ts';
import { createProduct } from '../src/product.ts';
import { person, tuesday } from './support/examples.ts';

/*
 * A database of version 0.1, as that version wrote it: its migrations alone, and the states as they were then. This
 * version opens it and goes on with what is in it.
 */

let folder: string;
let db: Db;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  const path = join(folder, 'rooms.sqlite');
  writeOld(path);
  db = openDatabase(path);
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

/** The first two migrations alone. */
function oldMigrations(): string {
  const migrations = join(import.meta.dirname, '../migrations');
  const old = join(folder, 'migrations');
  mkdirSync(join(old, 'meta'), { recursive: true });
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8'));
  const entries: Array<{ tag: string }> = journal.entries.slice(0, 2);
  for (const { tag } of entries) cpSync(join(migrations, `${tag}.sql`), join(old, `${tag}.sql`));
  writeFileSync(join(old, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return old;
}

const oldStates = {
  asked: { kind: 'requested' },
  given: { kind: 'approved', by: 'rae', at: tuesday },
  refused: { kind: 'rejected', by: 'rae', at: tuesday, reason: 'Painters' },
  left: { kind: 'withdrawn', by: 'ann', at: tuesday },
  late: { kind: 'expired', at: tuesday },
};

function writeOld(path: string): void {
  const old = new Database(path);
  migrate(drizzle(old), { migrationsFolder: oldMigrations() });
  const insert = (into: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const values = names.map((name) => `@${name}`).join(', ');
    old
      .prepare(`INSERT INTO ${into} (${names.map((it) => `"${it}"`).join(', ')}) VALUES (${values})`)
      .run(row);
  };
  const room = {
    id: 'alps',
    name: 'Alps',
    site: 'Berlin',
    floor: '3',
    zone: 'Europe/Berlin',
    kind: 'physical',
  };
  insert('room', { ...room, capacity: 8, equipment: '[]', buffer: 0, active: 1 });
  insert('room_reviewer', { room: 'alps', person: 'rae' });
  for (const id of ['ann', 'ben', 'rae']) insert('person', { id, name: id, created_at: 0 });
  for (const [n, [id, state]] of Object.entries(oldStates).entries()) {
    const start = tuesday + (24 + n) * hour;
    insert('booking', {
      id,
      number: 1001 + n,
      revision: state.kind === 'requested' ? 1 : 2,
      rules_version: 1,
      requested_at: tuesday,
      room: 'alps',
      host: 'ann',
      topic: id,
      start_at: start,
      end_at: start + hour,
      headcount: 2,
      equipment: '[]',
      confidential: 0,
      note: '',
      state_kind: state.kind,
      state: JSON.stringify(state),
    });
    insert('booking_attendee', { booking: id, person: 'ben', place: 0 });
    const live = state.kind === 'requested' || state.kind === 'approved';
    if (live)
      insert('slot', { id, room: 'alps', start_at: start, end_at: start + hour, owner: `booking:${id}` });
  }
  old.close();
}

const state = async (id: keyof typeof oldStates) => (await findBooking(db.read, id as BookingId))?.state;

test('[2.6] what was booked is there, in the state that it was in', async () => {
  expect(await findBooking(db.read, 'asked' as BookingId)).toMatchObject({
    attendees: ['ben'],
    declined: [],
    overrides: [],
    handover: null,
    series: null,
    state: {
      kind: 'requested',
      asOf: 1,
      review: { needed: 1, given: [] },
      escalated: false,
      questions: [],
      proposal: null,
    },
  });
  expect(await state('given')).toEqual({
    ...oldStates.given,
    for: null,
    rule: null,
    change: null,
    cancellation: null,
  });
  expect(await state('refused')).toEqual({ ...oldStates.refused, for: null });
  expect([await state('left'), await state('late')]).toEqual([oldStates.left, oldStates.late]);
  expect((await openMatters(db.read, tuesday, null)).map((it) => it.id)).toEqual(['asked']);
});

test('[2.2] [2.4] [2.5] what waited is decided, what was approved is changed and cancelled', async () => {
  const { bookings } = createProduct({
    databasePath: '',
    organisation: 'Example',
    adminEmails: [],
    language: 'en',
    zone: 'Europe/Berlin',
  });
  const by = (actor: PersonId) => ({ now: tuesday, actor, source: 'test' });
  const [ann, rae] = [person('ann'), person('rae')];
  await db.transact(async (tx) => {
    await ensureRules(tx);
    await bookings.change({ tx, ...by(rae) }, 'asked' as BookingId, { type: 'approve', by: rae, asOf: 1 });
    const given = await findBooking(tx, 'given' as BookingId);
    if (!given) throw new Error('not there');
    const later = { ...given, start: given.start + 3 * hour, end: given.end + 3 * hour };
    await bookings.revise({ tx, ...by(ann) }, given.id, { by: ann, to: later, apart: false });
    await bookings.change({ tx, ...by(rae) }, given.id, { type: 'approve', by: rae, asOf: 3 });
    await bookings.change({ tx, ...by(ann) }, given.id, { type: 'cancel', by: ann, reason: 'Ill' });
  });
  expect(await state('asked')).toMatchObject({ kind: 'approved', by: 'rae' });
  expect(await state('given')).toMatchObject({ kind: 'approved', cancellation: { reason: 'Ill' } });
  expect(await findBooking(db.read, 'given' as BookingId)).toMatchObject({ start: tuesday + 28 * hour });
});
