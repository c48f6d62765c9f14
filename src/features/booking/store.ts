import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  not,
  notExists,
  or,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId, RoomId, SeriesId } from '../../core/ids.ts';
import { alias } from '../../db/columns.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, gapsFor, insertion, prepared } from '../../db/prepared.ts';
import { nextLink } from './chain.ts';
import { type Booking, type Event, matterOf, type State } from './domain.ts';
import { booking, bookingAttendee, bookingTransition } from './schema.ts';
import { addTopic, indexTopic } from './topics.ts';

const firstNumber = 1001;

const lastNumber = prepared((tx) => tx.select({ last: max(booking.number) }).from(booking));

/** The number of the next booking. Only inside a transaction, where nobody else can take it. */
export async function nextNumber(tx: Tx): Promise<number> {
  const [found] = await lastNumber(tx, {});
  return found?.last ? found.last + 1 : firstNumber;
}

const byId = prepared((tx, it: Gaps<{ id: BookingId }>) =>
  tx.select().from(booking).where(eq(booking.id, it.id)),
);

export async function findBooking(tx: Tx, id: BookingId): Promise<Booking | null> {
  const [found] = await withAttendees(tx, await byId(tx, { id }));
  return found ?? null;
}

const revisionById = prepared((tx, it: Gaps<{ id: BookingId }>) =>
  tx.select({ revision: booking.revision }).from(booking).where(eq(booking.id, it.id)),
);

/** The revision of a booking; null: there is no such booking. */
export async function revisionOf(tx: Tx, id: BookingId): Promise<number | null> {
  const [found] = await revisionById(tx, { id });
  return found?.revision ?? null;
}

/** A booking by the number that people know it by. */
export async function findNumbered(tx: Tx, number: number): Promise<Booking | null> {
  const [found] = await withAttendees(tx, await tx.select().from(booking).where(eq(booking.number, number)));
  return found ?? null;
}

const byIds = prepared((tx, it: Gaps<{ ids: readonly BookingId[] }>) =>
  tx.select().from(booking).where(among(booking.id, it.ids)),
);

/** Bookings by id, in no order; one query for all. */
export const findBookings = async (tx: Tx, ids: readonly BookingId[]): Promise<Booking[]> =>
  ids.length === 0 ? [] : withAttendees(tx, await byIds(tx, { ids }));

/** The bookings of a series, by the days on which it put them. */
export const occurrencesOf = async (tx: Tx, series: SeriesId): Promise<Booking[]> =>
  withAttendees(
    tx,
    await tx.select().from(booking).where(eq(booking.series, series)).orderBy(asc(booking.occurrence)),
  );

const attendeesOf = prepared((tx, it: Gaps<{ ids: readonly BookingId[] }>) =>
  tx
    .select()
    .from(bookingAttendee)
    .where(among(bookingAttendee.booking, it.ids))
    .orderBy(asc(bookingAttendee.place)),
);

/** Rows as bookings, in their order; one query for all. */
export async function withAttendees(tx: Tx, rows: Array<typeof booking.$inferSelect>): Promise<Booking[]> {
  if (rows.length === 0) return [];
  const found = await attendeesOf(tx, { ids: rows.map((row) => row.id) });
  const byBooking = Map.groupBy(found, (it) => it.booking);
  return rows.map(({ stateKind: _, awaits: __, ...row }) => {
    const theirs = byBooking.get(row.id) ?? [];
    return {
      ...row,
      attendees: theirs.map((it) => it.person),
      declined: theirs.filter((it) => it.declined).map((it) => it.person),
    };
  });
}

/** The transitions in which who comes may change. */
const attendeesChange = new Set<Event['type']>([
  'requested',
  'amended',
  'changed',
  'changeApproved',
  'handedOver',
  'declined',
  'undeclined',
]);

const insertBookings = insertion(booking);
const insertAttendees = insertion(bookingAttendee);
const insertTransitions = insertion(bookingTransition);
const updateBooking = prepared((tx, it: Gaps<typeof booking.$inferSelect>) =>
  tx.update(booking).set(gapsFor(booking)).where(eq(booking.id, it.id)),
);
const deleteAttendees = prepared((tx, it: Gaps<{ id: BookingId }>) =>
  tx.delete(bookingAttendee).where(eq(bookingAttendee.booking, it.id)),
);

/** Keeps a transition and the booking as it is after it; nothing that was is lost (2.6). */
export async function saveTransition(
  tx: Tx,
  it: { before: State | null; after: Booking; event: Event; at: Instant; actor: string; source: string },
): Promise<void> {
  const { attendees, declined, ...facts } = it.after;
  const row = { ...facts, stateKind: facts.state.kind, awaits: matterOf(it.after)?.matter ?? null };
  if (it.event.type === 'requested') await insertBookings(tx, [row]);
  else await updateBooking(tx, row);
  if (attendeesChange.has(it.event.type)) {
    await deleteAttendees(tx, { id: row.id });
    await insertAttendees(
      tx,
      attendees.map((person, place) => ({
        booking: row.id,
        person,
        place,
        declined: declined.includes(person),
      })),
    );
  }
  await indexTopic(tx, it.after, it.event.type);
  const entry = {
    booking: row.id,
    revision: row.revision,
    at: it.at,
    actor: it.actor,
    source: it.source,
    fromState: it.before?.kind ?? null,
    toState: row.stateKind,
    rulesVersion: row.rulesVersion,
    event: it.event,
  };
  await insertTransitions(tx, [{ ...entry, ...(await nextLink(tx, entry)) }]);
}

const indexedAtOnce = 1000;

/** At start: puts bookings that were made before there was an index of topics into it. */
export async function indexTopics(tx: Tx): Promise<void> {
  const [last] = await tx.all<{ number: number | null }>(sql`SELECT max(rowid) AS number FROM booking_topic`);
  for (let after = last?.number ?? 0; ; ) {
    const rows = await tx
      .select()
      .from(booking)
      .where(gt(booking.number, after))
      .orderBy(asc(booking.number))
      .limit(indexedAtOnce);
    const found = await withAttendees(tx, rows);
    for (const it of found) await addTopic(tx, it);
    const end = found.at(-1);
    if (!end) return;
    after = end.number;
  }
}

/** What a transition was: the event by which a booking came to its `revision` (2.6). */
export async function eventAt(tx: Tx, id: BookingId, revision: number): Promise<Event | null> {
  const [found] = await tx
    .select({ event: bookingTransition.event })
    .from(bookingTransition)
    .where(and(eq(bookingTransition.booking, id), eq(bookingTransition.revision, revision)));
  return found?.event ?? null;
}

/** When each of these bookings last moved on; one query for all. */
export async function lastChanges(tx: Tx, ids: readonly BookingId[]): Promise<Map<BookingId, Instant>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select({ booking: bookingTransition.booking, at: max(bookingTransition.at) })
    .from(bookingTransition)
    .where(inArray(bookingTransition.booking, [...ids]))
    .groupBy(bookingTransition.booking);
  return new Map(found.map((it) => [it.booking, it.at ?? 0]));
}

export type Which = 'upcoming' | 'past';

/** The states in which a booking takes place, or may yet. The plus keeps SQLite from walking through all of them. */
const isOn = (it: typeof booking | typeof sibling) => sql`+${it.stateKind} IN ('requested', 'approved')`;

/**
 * What a person hosts, and what they are invited to and takes place. Upcoming is what has not ended and may take place;
 * the rest is past, also what was rejected or cancelled ahead of its time.
 */
const mine = (
  tx: Tx,
  it: typeof booking | typeof sibling,
  selves: readonly PersonId[],
  which: Which,
  now: Instant,
) =>
  and(
    which === 'upcoming' ? and(gt(it.end, now), isOn(it)) : or(lte(it.end, now), not(isOn(it))),
    or(
      inArray(it.host, [...selves]),
      and(
        inArray(
          it.id,
          tx
            .select({ id: bookingAttendee.booking })
            .from(bookingAttendee)
            .where(inArray(bookingAttendee.person, [...selves])),
        ),
        // The plus keeps SQLite from walking through all that was ever approved.
        sql`+${it.stateKind} = 'approved'`,
      ),
    ),
  );

const sibling = alias(booking, 'sibling');

/** A series stands in the list once: with its next date, or its last. */
const firstOfSeries = (tx: Tx, selves: readonly PersonId[], which: Which, now: Instant) =>
  or(
    isNull(booking.series),
    notExists(
      tx
        .select({ id: sibling.id })
        .from(sibling)
        .where(
          and(
            eq(sibling.series, booking.series),
            which === 'upcoming' ? lt(sibling.start, booking.start) : gt(sibling.start, booking.start),
            mine(tx, sibling, selves, which, now),
          ),
        ),
    ),
  );

/**
 * One page of what a person (all `selves` of theirs) hosts and what they are invited to, a series once; the next
 * first, or the last first. Beyond the last page it gives the last page.
 */
export async function bookingsOf(
  tx: Tx,
  selves: readonly PersonId[],
  it: { which: Which; now: Instant; page: number; pageSize: number },
): Promise<{ bookings: Booking[]; page: number; pages: number }> {
  const where = and(mine(tx, booking, selves, it.which, it.now), firstOfSeries(tx, selves, it.which, it.now));
  const [found] = await tx.select({ total: count() }).from(booking).where(where);
  const pages = Math.max(1, Math.ceil((found?.total ?? 0) / it.pageSize));
  const page = Math.min(it.page, pages);
  const rows = await tx
    .select()
    .from(booking)
    .where(where)
    .orderBy(it.which === 'upcoming' ? asc(booking.start) : desc(booking.start), asc(booking.number))
    .limit(it.pageSize)
    .offset((page - 1) * it.pageSize);
  return { bookings: await withAttendees(tx, rows), page, pages };
}

const isOpen = (now: SQLWrapper) => and(isNotNull(booking.awaits), gt(booking.start, now));
const allOpen = prepared((tx, it: Gaps<{ now: Instant }>) =>
  tx.select().from(booking).where(isOpen(it.now)).orderBy(asc(booking.start), asc(booking.number)),
);
type InRooms = { now: Instant; rooms: readonly RoomId[] };
const openIn = prepared((tx, it: Gaps<InRooms>) =>
  tx
    .select()
    .from(booking)
    .where(and(isOpen(it.now), among(booking.room, it.rooms))),
);
const movingTo = prepared((tx, it: Gaps<InRooms>) =>
  tx
    .select()
    .from(booking)
    .where(
      and(
        eq(booking.awaits, 'change'),
        gt(booking.start, it.now),
        among(sql`${booking.state} ->> '$.change.to.room'`, it.rooms),
      ),
    ),
);

/**
 * Bookings of which something waits for a reviewer and that have not begun, the most urgent first.
 * @param rooms those in any of these rooms, or to be moved there, alone; null: all
 */
export async function openMatters(tx: Tx, now: Instant, rooms: readonly RoomId[] | null): Promise<Booking[]> {
  if (rooms === null) return withAttendees(tx, await allOpen(tx, { now }));
  if (rooms.length === 0) return [];
  const found = [...(await openIn(tx, { now, rooms })), ...(await movingTo(tx, { now, rooms }))];
  const each = [...new Map(found.map((it) => [it.id, it])).values()];
  return withAttendees(
    tx,
    each.sort((a, b) => a.start - b.start || a.number - b.number),
  );
}
