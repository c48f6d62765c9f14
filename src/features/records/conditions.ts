import { and, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { attendeeTable as attendee, bookingTable as booking, topicQuery } from '../booking/index.ts';
import type { Search, Viewer } from './domain.ts';

/** A search with the names in it looked up; null: not asked for. */
export type Sought = Search & {
  /** The rooms of the site, or the one room. */
  rooms: RoomId[] | null;
  /** The people of the department. */
  hosts: PersonId[] | null;
};

/** Bookings that one of these people hosts. */
export const hostedBy = (people: readonly PersonId[]): SQL => inArray(booking.host, [...people]);

/** Bookings that one of these people is invited to. */
export const attendedBy = (tx: Tx, people: readonly PersonId[]): SQL =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(attendee)
      .where(and(eq(attendee.booking, booking.id), inArray(attendee.person, [...people]))),
  );

export const inRooms = (rooms: readonly RoomId[]): SQL => inArray(booking.room, [...rooms]);

/** What concerns somebody themselves: they see all of it. */
export const concerns = (tx: Tx, { selves, rooms }: Viewer): SQL =>
  or(inRooms(rooms), hostedBy(selves), attendedBy(tx, selves)) ?? sql`false`;

/**
 * What of a search is plain to see, whoever looks. Who was invited and what it is about is not: `isKnown` says where
 * these may be looked at, so that nothing is found by what is not shown (5.3).
 */
export function conditions(tx: Tx, sought: Sought, isKnown: SQL | undefined): SQL | undefined {
  const { number, person, rooms, hosts, state, from, until, words } = sought;
  const query = words === null ? null : topicQuery(words);
  return and(
    number === null ? undefined : eq(booking.number, number),
    person === null ? undefined : or(hostedBy(person), and(attendedBy(tx, person), isKnown)),
    rooms === null ? undefined : inRooms(rooms),
    hosts === null ? undefined : hostedBy(hosts),
    state === null ? undefined : eq(booking.stateKind, state),
    from === null ? undefined : gte(booking.start, from),
    until === null ? undefined : lt(booking.start, until),
    words === null ? undefined : query === null ? sql`false` : and(holds(query), isKnown),
  );
}

/** The topic answers this query of the full-text index. */
export const holds = (query: string): SQL =>
  sql`${booking.number} IN (SELECT rowid FROM booking_topic WHERE booking_topic MATCH ${query})`;

/** All that a search finds and this person may see, as one condition: plain, whatever it costs. */
export function matching(tx: Tx, sought: Sought, viewer: Viewer): SQL | undefined {
  const own = concerns(tx, viewer);
  if (!viewer.all) return and(own, conditions(tx, sought, undefined));
  return conditions(tx, sought, or(eq(booking.confidential, false), own));
}
