import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import type { PersonId, RoomId } from '../src/core/ids.ts';
import { indexed } from '../src/features/booking/index.ts';

/*
 * Two years of bookings, written past the program: what takes it an hour takes seconds here.
 */

const roomCount = 500;
const peopleCount = 3000;
export const from = Date.UTC(2024, 0, 1);

export const person = (n: number) => `person-${n % peopleCount}` as PersonId;
/** Somebody who is invited to one booking in twenty. */
export const popular = 'person-popular' as PersonId;
export const room = (n: number) => `room-${n % roomCount}` as RoomId;

const topics = [
  'Design review',
  'Weekly sync',
  'Budget review',
  '預算會議',
  'Planning Q3',
  '专案检讨 review',
  'Interview',
  'All hands 全體會議',
  'Retrospective',
  'Customer visit',
];
const states = [
  ...Array(14).fill('approved'),
  'rejected',
  'cancelled',
  'cancelled',
  'withdrawn',
  'requested',
  'expired',
];

/** Bookings of two years, in all rooms, by all people. */
export function fillRecords(path: string, most: number): void {
  const db = new Database(path);
  // Less than all of it in memory, and what does not fit is written twice.
  db.pragma('cache_size = -400000');
  db.exec('BEGIN');
  const addRoom = db.prepare(
    `INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
     VALUES (?, ?, ?, '', 'Europe/Berlin', 'physical', 8, '[]', 0, 1)`,
  );
  for (let n = 0; n < roomCount; n++) addRoom.run(room(n), `Room ${n}`, `Site ${n % 5}`);
  const addPerson = db.prepare('INSERT INTO person (id, name, created_at, department) VALUES (?, ?, 0, ?)');
  for (let n = 0; n < peopleCount; n++) addPerson.run(person(n), `Person ${n}`, `Department ${n % 12}`);
  const add = db.prepare(
    `INSERT INTO booking (id, number, revision, rules_version, requested_at, room, host, topic, start_at, end_at,
       headcount, equipment, confidential, note, state_kind, state)
     VALUES (?, ?, 2, 1, ?, ?, ?, ?, ?, ?, 4, '[]', ?, '', ?, ?)`,
  );
  const invite = db.prepare('INSERT INTO booking_attendee (booking, person, place) VALUES (?, ?, ?)');
  const index = db.prepare('INSERT INTO booking_topic (rowid, words, place) VALUES (?, ?, ?)');
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let n = 0; n < most; n++) {
    const start = from + Math.floor((n * 730) / most) * day + (7 + random(11)) * hour + random(10) * day;
    const kind = states[random(states.length)];
    const topic = n % 100_003 === 7 ? 'Zeppelin' : `${topics[random(topics.length)]} ${random(5000)}`;
    const its = {
      number: 1001 + n,
      topic,
      room: room(random(roomCount)),
      host: person(random(peopleCount)),
      attendees: [person(random(1500)), person(1500 + random(1500)), ...(n % 20 === 3 ? [popular] : [])],
      start,
    };
    const state = {
      kind,
      by: null,
      for: null,
      at: start - 4 * day,
      rule: null,
      reason: '',
      asked: its.host,
      late: false,
      change: null,
      cancellation: null,
    };
    add.run(
      `b${n}`,
      its.number,
      start - 5 * day,
      its.room,
      its.host,
      topic,
      start,
      start + hour,
      Number(random(20) === 0),
      kind,
      JSON.stringify(state),
    );
    for (const [at, attendee] of its.attendees.entries()) invite.run(`b${n}`, attendee, at);
    const { words, place } = indexed(its);
    index.run(its.number, words, place);
  }
  db.exec('COMMIT');
  db.close();
}
