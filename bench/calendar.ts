import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { newId, type PersonId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { agendaOf } from '../src/features/booking/index.ts';
import { createCalendars } from '../src/features/calendar/index.ts';
import { calendarFeed, type FeedId } from '../src/features/calendar/schema.ts';
import { keepPublicUrl, linksIn } from '../src/features/files/index.ts';
import { createDirectory } from '../src/features/people/index.ts';
import { ensureRules } from '../src/features/rules/index.ts';
import { inFolder } from './measure.ts';
import { compare } from './results.ts';

const mine = 1_000;
const others = 20_000;
const now = Date.UTC(2026, 10, 24);
const me = 'person-0' as PersonId;

/** What a calendar gets that subscribes to a thousand bookings. */
export const calendar = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    const feed = newId<FeedId>();
    await db.transact(async (tx) => {
      await ensureRules(tx);
      await keepPublicUrl(tx, 'https://rooms.example.org');
      await tx
        .insert(calendarFeed)
        .values({ id: feed, person: me, room: null, createdAt: now, revokedAt: null, usedAt: null });
    });
    fill(path);
    const directory = createDirectory({ adminEmails: [], language: 'en', zone: 'Europe/Berlin' });
    const newCalendars = () => createCalendars({ db, directory, now: () => now });
    const calendars = newCalendars();
    const address = (await linksIn(db.read)).toFeed(feed) ?? '';
    const token = address.slice(address.lastIndexOf('/') + 1, -'.ics'.length);
    const fetched = await calendars.openFeed(token);
    const entries = fetched.kind === 'calendar' ? fetched.text.split('BEGIN:VEVENT').length - 1 : 0;
    if (entries !== mine) throw new Error(`the feed has ${entries} entries`);
    const tag = fetched.kind === 'calendar' ? fetched.tag : null;
    const reading = () => agendaOf(db.read, [me], { from: now - 90 * day });
    const ways: Array<[string, () => unknown]> = [
      ['written for the first time', () => newCalendars().openFeed(token)],
      ['fetched again', () => calendars.openFeed(token)],
      ['that the calendar has', () => calendars.openFeed(token, (known) => known === tag)],
    ];
    for (const [how, work] of ways)
      await compare({
        name: `a feed of ${mine} bookings, ${how}`,
        work,
        beside: 'reading them',
        reference: reading,
        bar: 50,
        holds: 'value at most',
        rounds: 15,
      });
    await db.close();
  });

function fill(path: string): void {
  const db = new Database(path);
  db.exec('BEGIN');
  const addPerson = db.prepare('INSERT INTO person (id, name, email, created_at) VALUES (?, ?, ?, 0)');
  const addAccount = db.prepare(
    `INSERT INTO account (id, person, platform, tenant, user_id, kind, zone, checked_at, seen_at)
     VALUES (?, ?, 'slack', 'T1', ?, 'member', 'Europe/Berlin', 0, 0)`,
  );
  const addRoom = db.prepare(
    `INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
     VALUES (?, ?, 'Site', '3', ?, 'physical', 8, '[]', 0, 1)`,
  );
  const addBooking = db.prepare(
    `INSERT INTO booking (id, number, revision, rules_version, requested_at, room, host, topic, start_at, end_at,
       headcount, equipment, confidential, note, overrides, state_kind, state)
     VALUES (?, ?, 2, 1, ?, ?, ?, ?, ?, ?, 3, '[]', 0, '', '[]', 'approved', ?)`,
  );
  const addAttendee = db.prepare('INSERT INTO booking_attendee (booking, person, place) VALUES (?, ?, ?)');
  const addTransition = db.prepare(
    `INSERT INTO booking_transition (booking, revision, at, actor, source, to_state, rules_version, event)
     VALUES (?, ?, ?, 'clock', 'job', 'approved', 1, '{}')`,
  );
  const state = JSON.stringify({
    kind: 'approved',
    by: null,
    for: null,
    rule: null,
    at: now,
    change: null,
    cancellation: null,
  });
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'];
  for (let n = 0; n < 50; n++) {
    addPerson.run(`person-${n}`, `Person ${n}`, `person-${n}@example.org`);
    addAccount.run(`account-${n}`, `person-${n}`, `U${n}`);
    addRoom.run(`room-${n}`, `Room ${n}`, zones[n % 3]);
  }
  for (let n = 0; n < mine + others; n++) {
    const id = newId();
    const start = now + ((n % 250) - 60) * day + (8 + (n % 9)) * hour;
    const host = n < mine && n % 2 === 0 ? 0 : 1 + (n % 40);
    const topic = `Planning, part ${n}: 季度計畫與預算討論`;
    addBooking.run(id, 1001 + n, now, `room-${n % 50}`, `person-${host}`, topic, start, start + hour, state);
    addAttendee.run(id, n < mine && n % 2 === 1 ? me : `person-${1 + ((n + 1) % 40)}`, 0);
    addAttendee.run(id, `person-${1 + ((n + 2) % 40)}`, 1);
    for (const revision of [1, 2]) addTransition.run(id, revision, now);
  }
  db.exec('COMMIT');
  db.close();
}
