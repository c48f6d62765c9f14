import { sql } from 'drizzle-orm';
import type { BookingId, PersonId, RoomId, SeriesId } from '../../core/ids.ts';
import {
  boolean,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../../db/columns.ts';
import type { Equipment } from '../rooms/domain.ts';
import type { Event, Handover, Matter, Overridable, State } from './domain.ts';

export const booking = table(
  'booking',
  {
    id: text('id').$type<BookingId>().primaryKey(),
    number: integer('number').notNull(),
    revision: integer('revision').notNull(),
    rulesVersion: integer('rules_version').notNull(),
    requestedAt: instant('requested_at').notNull(),
    room: text('room').$type<RoomId>().notNull(),
    host: text('host').$type<PersonId>().notNull(),
    topic: text('topic').notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
    headcount: integer('headcount').notNull(),
    equipment: json('equipment').$type<Equipment[]>().notNull(),
    confidential: boolean('confidential').notNull(),
    note: text('note').notNull(),
    /** The series that it is an occurrence of, and the local day on which the series put it. */
    series: text('series').$type<SeriesId>(),
    occurrence: text('occurrence'),
    /** What was changed by hand in this occurrence alone: a change of the series leaves it be. */
    overrides: json('overrides').$type<Overridable[]>().notNull().default([]),
    /** Another member who was asked to take it over. */
    handover: json('handover').$type<Handover>(),
    /** What of it waits for a reviewer; null: nothing does. */
    awaits: text('awaits').$type<Matter>(),
    /** The kind of the state, beside the whole of it, so that it can be searched for. */
    stateKind: text('state_kind').$type<State['kind']>().notNull(),
    state: json('state').$type<State>().notNull(),
  },
  (it) => [
    uniqueIndex('booking_number').on(it.number),
    index('booking_host').on(it.host, it.start),
    index('booking_state').on(it.stateKind, it.start),
    index('booking_awaits').on(it.start).where(sql`awaits is not null`),
    index('booking_awaits_room').on(it.room, it.start).where(sql`awaits is not null`),
    // By the room that a change would move it to.
    index('booking_awaits_move')
      .on(sql`state ->> '$.change.to.room'`, it.start)
      .where(sql`awaits = 'change'`),
    index('booking_handover').on(sql`handover ->> '$.to'`, it.start).where(sql`handover is not null`),
    index('booking_room').on(it.room, it.start),
    index('booking_start').on(it.start),
    index('booking_occurrence').on(it.series, it.occurrence).where(sql`series is not null`),
  ],
);

export const bookingAttendee = table(
  'booking_attendee',
  {
    booking: text('booking').$type<BookingId>().notNull(),
    person: text('person').$type<PersonId>().notNull(),
    /** In the order in which they were chosen. */
    place: integer('place').notNull(),
    /** They have said that they can't come (2.7). */
    declined: boolean('declined').notNull().default(false),
  },
  (it) => [
    primaryKey({ columns: [it.booking, it.person] }),
    index('booking_attendee_person').on(it.person, it.booking),
  ],
);

/** Every transition that there ever was (2.6): appended to, never changed; the database refuses both. */
export const bookingTransition = table(
  'booking_transition',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    booking: text('booking').$type<BookingId>().notNull(),
    revision: integer('revision').notNull(),
    at: instant('at').notNull(),
    /** A person id, or `clock` where time itself decided. */
    actor: text('actor').notNull(),
    /** From where: `slack`, `teams`, `job`. */
    source: text('source').notNull(),
    fromState: text('from_state').$type<State['kind']>(),
    toState: text('to_state').$type<State['kind']>().notNull(),
    rulesVersion: integer('rules_version').notNull(),
    event: json('event').$type<Event>().notNull(),
    /** The chain: the hash of the row before, and of this one with it. Null in rows from before there was a chain. */
    previousHash: text('previous_hash'),
    hash: text('hash'),
  },
  (it) => [uniqueIndex('booking_transition_revision').on(it.booking, it.revision)],
);
