import type { Place } from '../../core/feature.ts';
import type { BookingId, PersonId, RoomId } from '../../core/ids.ts';
import { index, instant, integer, json, table, text } from '../../db/columns.ts';
import type { Outcome } from './domain.ts';

/** One narrow row for each booking, kept in the transaction that decides: what is counted is read from here alone. */
export const bookingFigure = table(
  'booking_figure',
  {
    booking: text('booking').$type<BookingId>().primaryKey(),
    room: text('room').$type<RoomId>().notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
    headcount: integer('headcount').notNull(),
    /** The host's when they asked, or took it over: whoever moves on does not take the past along. */
    department: text('department'),
    requestedAt: instant('requested_at').notNull(),
    /** When a reviewer answered first; null: none has, or a rule decided. */
    decidedAt: instant('decided_at'),
    outcome: text('outcome').$type<Outcome>().notNull(),
  },
  (it) => [
    // It holds every column that is counted, in the order in which they are read.
    index('booking_figure_room').on(
      it.room,
      it.start,
      it.end,
      it.headcount,
      it.department,
      it.requestedAt,
      it.decidedAt,
      it.outcome,
    ),
  ],
);

/** What people wanted and no room was free for. Trying the same again adds nothing. */
export const refusedRequest = table(
  'refused_request',
  {
    /** Host, room and time. */
    wish: text('wish').primaryKey(),
    at: instant('at').notNull(),
    host: text('host').$type<PersonId>().notNull(),
    department: text('department'),
    /** Null: any room would have done. */
    room: text('room').$type<RoomId>(),
    /** Where that is: the room's zone, or the host's. */
    zone: text('zone').notNull(),
    headcount: integer('headcount').notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
  },
  (it) => [index('refused_request_start').on(it.start)],
);

/** Statistics that are posted in a channel again and again (2.8). */
export const statisticsSchedule = table('statistics_schedule', {
  id: text('id').primaryKey(),
  /** Who set it up: posted with their rights, in their language and zone. */
  by: text('by').$type<PersonId>().notNull(),
  place: json('place').$type<Place>().notNull(),
  /** How the channel is called, where it is known. */
  placeName: text('place_name').notNull(),
  every: text('every').$type<'day' | 'week' | 'month'>().notNull(),
  /** Null: everything. */
  site: text('site'),
  room: text('room').$type<RoomId>(),
  department: text('department'),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
});
