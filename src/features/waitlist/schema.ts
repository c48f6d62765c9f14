import type { BookingId, PersonId, RoomId, WaitlistId } from '../../core/ids.ts';
import { index, instant, integer, json, table, text } from '../../db/columns.ts';
import type { Details } from '../booking/index.ts';
import type { EntryState } from './domain.ts';

/** Who waits for a room at a time, first come, first served (2.1). */
export const waitlistEntry = table(
  'waitlist_entry',
  {
    id: text('id').$type<WaitlistId>().primaryKey(),
    host: text('host').$type<PersonId>().notNull(),
    room: text('room').$type<RoomId>().notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
    /** What is booked when they take it. */
    details: json('details').$type<Details>().notNull(),
    joinedAt: instant('joined_at').notNull(),
    revision: integer('revision').notNull(),
    state: text('state').$type<EntryState>().notNull(),
    /** While `offered`: until when the slot is held for them. */
    offerUntil: instant('offer_until'),
    /** What came of it, once taken. */
    booking: text('booking').$type<BookingId>(),
  },
  (it) => [
    index('waitlist_room').on(it.room, it.state, it.start),
    index('waitlist_host').on(it.host, it.state),
  ],
);
