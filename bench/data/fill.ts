import Database from 'better-sqlite3';
import { minute } from '../../src/core/clock.ts';
import { bookingSubject, type OutboxId, type PersonId } from '../../src/core/ids.ts';
import { weekdayOf } from '../../src/core/time.ts';
import { openDatabase } from '../../src/db/database.ts';
import { outbox } from '../../src/db/schema.ts';
import { type Booking, matterOf } from '../../src/features/booking/domain.ts';
import { indexed } from '../../src/features/booking/index.ts';
import { booking, bookingAttendee, bookingTransition } from '../../src/features/booking/schema.ts';
import { slot } from '../../src/features/rooms/schema.ts';
import { defaultRules, ensureRules } from '../../src/features/rules/index.ts';
import { bookingSeries } from '../../src/features/series/schema.ts';
import { bookingFigure } from '../../src/features/statistics/schema.ts';
import { bookingsOf, type Made, timeOf } from './bookings.ts';
import { departmentOf, type Firm, zoneOf } from './firm.ts';
import { type Lived, livedBy } from './history.ts';
import { inserter } from './insert.ts';
import { fillOrganisation } from './organisation.ts';
import { hashLike, idOf } from './random.ts';

/*
 * Writes a firm's bookings past the program, with all that belongs to them but for messages that are delivered and
 * answers that are kept for a while: what takes the program an hour takes a minute or two here. By two processes, of
 * which each writes some of the tables into a file of its own; then the second file is put into the first.
 */

/** Which tables a process writes. */
export type Part = 'bookings' | 'rest';

const tablesOf: Record<Part, string[]> = {
  bookings: ['booking', 'booking_attendee', 'booking_series'],
  rest: ['booking_transition', 'slot', 'booking_figure', 'outbox'],
};

/** @param said is told after every so many bookings how many there are */
export async function fillPart(
  path: string,
  firm: Firm,
  part: Part,
  said: (done: number) => void,
): Promise<void> {
  const made = openDatabase(path);
  await made.transact(ensureRules);
  await made.close();
  const db = openQuickly(path);
  const restore = withoutIndexes(db, tablesOf[part]);
  db.exec('BEGIN');
  if (part === 'bookings') fillOrganisation(db, firm);
  const write = writers[part](db, firm);
  for (const it of bookingsOf(firm)) {
    write(it, livedBy(firm, it));
    if ((it.n + 1) % 200_000 === 0) said(it.n + 1);
  }
  db.exec('COMMIT');
  restore();
  db.close();
}

/** Puts the tables of the second file into the first: page by page, since they are empty there. */
export function putTogether(path: string, rest: string): void {
  const db = openQuickly(path);
  const trigger = db.prepare("SELECT sql FROM sqlite_master WHERE name = 'slot_insert'").pluck().get();
  db.exec('DROP TRIGGER slot_insert');
  db.prepare('ATTACH ? AS rest').run(rest);
  for (const table of tablesOf.rest) db.exec(`INSERT INTO main."${table}" SELECT * FROM rest."${table}"`);
  db.exec(`DETACH rest; ${trigger}`);
  db.close();
}

function openQuickly(path: string): Database.Database {
  const db = new Database(path);
  // In the log of WAL all of it would be written twice.
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  db.pragma('temp_store = MEMORY');
  // Less than all of it in memory, and what does not fit is written twice.
  db.pragma('cache_size = -2000000');
  return db;
}

/** Sorted at the end they are made several times as fast. The trigger would look for overlaps a million times. */
function withoutIndexes(db: Database.Database, tables: readonly string[]): () => void {
  const all = db
    .prepare('SELECT type, name, tbl_name AS [table], sql FROM sqlite_master WHERE sql IS NOT NULL')
    .all() as Array<{ type: string; name: string; table: string; sql: string }>;
  const dropped = all.filter(
    ({ type, name, table }) => tables.includes(table) && (type === 'index' || name === 'slot_insert'),
  );
  for (const { type, name } of dropped) db.exec(`DROP ${type} "${name}"`);
  return () => {
    for (const { sql } of dropped) db.exec(sql);
  };
}

const writers: Record<Part, (db: Database.Database, firm: Firm) => (made: Made, lived: Lived) => void> = {
  bookings(db) {
    const addBooking = inserter(db, booking);
    const invite = inserter(db, bookingAttendee);
    const topic = db.prepare('INSERT INTO booking_topic (rowid, words, place) VALUES (?, ?, ?)');
    const series = seriesWriter(db);
    return (made, { booking: it }) => {
      const { attendees, declined: _, ...facts } = it;
      addBooking({ ...facts, stateKind: it.state.kind, awaits: matterOf(it)?.matter ?? null });
      for (const [place, person] of attendees.entries()) invite({ booking: it.id, person, place });
      const { words, place } = indexed(it);
      topic.run(it.number, words, place);
      series(made, it);
    };
  },
  rest(db, firm) {
    const addSlot = inserter(db, slot);
    const addFigure = inserter(db, bookingFigure);
    const transitions = transitionWriter(db);
    const remind = reminderWriter(db, firm);
    return (made, lived) => {
      const it = lived.booking;
      transitions(lived);
      if (made.kind === 'approved' || made.kind === 'requested') {
        const { id, room, start, end } = it;
        addSlot({ id: idOf('slot', made.n), room, start, end, owner: bookingSubject(id) });
      }
      addFigure(figureOf(made, lived));
      if (it.start > firm.now) remind(it);
    };
  },
};

function figureOf(made: Made, { booking: it, decidedAt }: Lived): typeof bookingFigure.$inferInsert {
  const { id, room, start, end, headcount, requestedAt, state } = it;
  const outcome = state.kind === 'cancelled' && state.late ? 'cancelledLate' : state.kind;
  const department = departmentOf(made.host);
  return { booking: id, room, start, end, headcount, department, requestedAt, decidedAt, outcome };
}

/** The hashes are as long as those of the chain and hold nothing: a check of the whole would say so. */
function transitionWriter(db: Database.Database): (it: Lived) => void {
  const add = inserter(db, bookingTransition);
  let previousHash = hashLike(0);
  let rows = 1;
  return ({ booking: it, steps }) => {
    for (const [n, { at, actor, from, to, event }] of steps.entries()) {
      const hash = hashLike(rows++);
      const entry = { booking: it.id, revision: n + 1, at, actor, event, rulesVersion: 1 };
      const source = actor === 'clock' ? 'job' : 'slack';
      add({ ...entry, source, fromState: from, toState: to, previousHash, hash });
      previousHash = hash;
    }
  };
}

function seriesWriter(db: Database.Database): (made: Made, it: Booking) => void {
  const add = inserter(db, bookingSeries);
  const known = new Set<string>();
  return ({ room, date }, { series: id, host, start, end, requestedAt }) => {
    if (id === null || known.has(id)) return;
    known.add(id);
    const minutes = (end - start) / minute;
    const what = { zone: zoneOf(room), date, time: timeOf(room, start), minutes };
    const pattern = { every: 'week' as const, interval: 1, days: [weekdayOf(date)] };
    const recurrence = { pattern, ends: { count: 16 } };
    add({ id, host, ...what, recurrence, revision: 1, createdAt: requestedAt });
  };
}

/** What waits in the outbox for a booking to come: reminders of an approved one, the end of one that nobody answers. */
function reminderWriter(db: Database.Database, firm: Firm): (it: Booking) => void {
  const add = inserter(db, outbox);
  let n = 0;
  const wait = (
    it: Booking,
    dueAt: number,
    what: { kind: 'tell' | 'run'; name: string; person: PersonId | null },
    data: object,
  ) =>
    add({
      id: idOf<OutboxId>('outbox', n++),
      ...what,
      subject: bookingSubject(it.id),
      data: { booking: it.id, ...data },
      dueAt,
      createdAt: firm.now,
      state: 'waiting',
      attempts: 0,
      trace: '5f0c1e2a',
    });
  return (it) => {
    if (it.state.kind === 'requested')
      wait(it, it.start, { kind: 'run', name: 'booking.expire', person: null }, {});
    if (it.state.kind !== 'approved') return;
    const [early = 0, late = 0] = defaultRules.reminders.map((lead) => it.start - lead * minute);
    for (const person of [it.host, ...it.attendees]) {
      const reminder = { kind: 'tell', name: 'reminder.card', person } as const;
      wait(it, early, reminder, { due: `${early}`, until: `${late}` });
      wait(it, late, reminder, { due: `${late}`, until: `${it.start}` });
    }
  };
}
