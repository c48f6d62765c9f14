import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { type BookingId, newId, type PersonId, type RoomId } from '../src/core/ids.ts';
import { openDatabase, type Tx } from '../src/db/database.ts';
import { type Booking, indexed } from '../src/features/booking/index.ts';
import { nextNumber, saveTransition } from '../src/features/booking/store.ts';
import { writeExport } from '../src/features/records/background.ts';
import { findByScan, findRecords, type Sought, type Viewer } from '../src/features/records/index.ts';
import { compare, inFolder, median } from './measure.ts';

const count = 1_000_000;
const roomCount = 500;
const peopleCount = 3000;
const from = Date.UTC(2024, 0, 1);

const nothing: Sought = {
  number: null,
  person: null,
  room: null,
  site: null,
  department: null,
  state: null,
  from: null,
  until: null,
  words: null,
  rooms: null,
  hosts: null,
};
const person = (n: number) => `person-${n}` as PersonId;
const room = (n: number) => `room-${n}` as RoomId;
const rooms = (first: number, many: number) => Array.from({ length: many }, (_, n) => room(first + n));
const hosts = (first: number, many: number) => Array.from({ length: many }, (_, n) => person(first + n));

const admin: Viewer = { selves: [person(1)], rooms: [], all: true };
const reviewer: Viewer = { selves: [person(2)], rooms: rooms(10, 8), all: false };
const employee: Viewer = { selves: [person(3)], rooms: [], all: false };
const month = { from: from + 200 * day, until: from + 230 * day };

const searches: Array<[string, Viewer, Partial<Sought>]> = [
  ['all, the latest', admin, {}],
  ['one number', admin, { number: 500_000 }],
  ['a person', admin, { person: [person(77)] }],
  ['a room', admin, { rooms: [room(7)] }],
  ['a site of 100 rooms, rejected', admin, { rooms: rooms(0, 100), state: 'rejected' }],
  ['rejected in a month in a room', admin, { rooms: [room(7)], state: 'rejected', ...month }],
  ['a department in a month', admin, { hosts: hosts(0, 250), ...month }],
  ['a small department, expired', admin, { hosts: hosts(5, 3), state: 'expired' }],
  ['a rare word', admin, { words: 'zeppelin' }],
  ['a word of two characters', admin, { words: '預算' }],
  ['common words', admin, { words: 'design review' }],
  ['common words in a room', admin, { words: 'review', rooms: [room(7)] }],
  ['a common word in a month, rejected', admin, { words: 'review', state: 'rejected', ...month }],
  ['a common word and a person', admin, { words: 'review', person: [person(77)] }],
  ['a word that nothing holds with a common one', admin, { words: 'review airship' }],
  ['as a reviewer, the latest', reviewer, {}],
  ['as a reviewer, a common word', reviewer, { words: 'review' }],
  ['as a reviewer, expired', reviewer, { state: 'expired' }],
  ['as an employee, the latest', employee, {}],
  ['as an employee, a common word', employee, { words: 'review' }],
];

/** A page of the records by index, beside one plain query; and bookings while everything is exported. */
export const records = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    fillRecords(path, count);
    await compareSearches(db.read);
    await db.close();
    await compareExports(path, folder);
  });

export async function compareSearches(read: Tx): Promise<void> {
  for (const [what, viewer, its] of searches) {
    const sought = { ...nothing, ...its };
    await check(read, sought, viewer);
    const page = { page: 1, pageSize: 5 };
    compare(
      what,
      ['in one plain query', await median(() => findByScan(read, sought, viewer, page), 1)],
      ['by index', await median(() => findRecords(read, sought, viewer, page))],
    );
  }
}

/** Both find the same, or the figures mean nothing. */
async function check(read: Tx, sought: Sought, viewer: Viewer): Promise<void> {
  const it = { page: 2, pageSize: 5 };
  const quick = (await findRecords(read, sought, viewer, it)).bookings.map((found) => found.id);
  const slow = await findByScan(read, sought, viewer, it);
  if (JSON.stringify(quick) !== JSON.stringify(slow))
    throw new Error(`${JSON.stringify(sought)}: not the same`);
}

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
      attendees: [person(random(1500)), person(1500 + random(1500))],
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

/** For how long bookings are counted without an export. */
const alone = 5_000;

const aBooking = (number: number): Booking => ({
  id: newId<BookingId>(),
  number,
  revision: 1,
  rulesVersion: 1,
  requestedAt: from,
  series: null,
  occurrence: null,
  overrides: [],
  handover: null,
  declined: [],
  room: room(number % roomCount),
  host: person(number % peopleCount),
  topic: 'Booked meanwhile',
  start: from,
  end: from + hour,
  attendees: [person(2998), person(2999)],
  headcount: 3,
  equipment: [],
  confidential: false,
  note: '',
  state: {
    kind: 'requested',
    asOf: 1,
    review: { needed: 1, given: [] },
    escalated: false,
    questions: [],
    proposal: null,
  },
});

/** How many bookings a second go on while all of them are exported, beside without. */
export async function compareExports(path: string, folder: string): Promise<void> {
  const db = openDatabase(path);
  const search = { number: null, person: null, room: null, site: null, department: null };
  const everything = { ...search, state: null, from: null, until: null, words: null };
  const order = { search: everything, viewer: admin, language: 'en', zone: 'UTC' } as const;
  let over = false;
  const booking = () =>
    db.transact(async (tx) => {
      const booked = aBooking(await nextNumber(tx));
      await saveTransition(tx, {
        before: null,
        after: booked,
        event: { type: 'requested', booking: booked },
        at: from,
        actor: booked.host,
        source: 'slack',
      });
    });
  const perSecond = async (until: () => boolean) => {
    const start = performance.now();
    let times = 0;
    let longest = 0;
    while (!until()) {
      const began = performance.now();
      await booking();
      longest = Math.max(longest, performance.now() - began);
      times += 1;
    }
    return { rate: (times * 1000) / (performance.now() - start), longest };
  };
  const end = performance.now() + alone;
  const before = await perSecond(() => performance.now() > end);
  console.log(`bookings alone: ${before.rate.toFixed(0)} a second, slowest ${before.longest.toFixed(0)} ms`);
  for (const format of ['csv', 'xlsx'] as const) {
    over = false;
    const file = join(folder, `all.${format}`);
    const start = performance.now();
    const writing = writeExport(
      { databasePath: path, file, order: { ...order, format }, now: from },
      () => {},
    ).then((rows) => {
      over = true;
      return rows;
    });
    const during = await perSecond(() => over);
    const rows = await writing;
    const seconds = (performance.now() - start) / 1000;
    const size = (statSync(file).size / 1e6).toFixed(0);
    console.log(
      `${rows} rows as ${format}: ${seconds.toFixed(1)} s, ${size} MB; meanwhile ${during.rate.toFixed(0)} bookings a second (${(during.rate / before.rate).toFixed(2)} × alone), slowest ${during.longest.toFixed(0)} ms`,
    );
  }
  await db.close();
}
