import { and, asc, count, desc, eq, gt, inArray, lte, max, or, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import type { Booking, Event, State } from './domain.ts';
import { booking, bookingAttendee, bookingTransition } from './schema.ts';

const firstNumber = 1001;

/** The number of the next booking. Only inside a transaction, where nobody else can take it. */
export async function nextNumber(tx: Tx): Promise<number> {
  const [found] = await tx.select({ last: max(booking.number) }).from(booking);
  return found?.last ? found.last + 1 : firstNumber;
}

export async function findBooking(tx: Tx, id: BookingId): Promise<Booking | null> {
  const [found] = await withAttendees(tx, await tx.select().from(booking).where(eq(booking.id, id)));
  return found ?? null;
}

/** Bookings by id, in no order; one query for all. */
export const findBookings = async (tx: Tx, ids: readonly BookingId[]): Promise<Booking[]> =>
  ids.length === 0
    ? []
    : withAttendees(
        tx,
        await tx
          .select()
          .from(booking)
          .where(inArray(booking.id, [...ids])),
      );

async function withAttendees(tx: Tx, rows: Array<typeof booking.$inferSelect>): Promise<Booking[]> {
  if (rows.length === 0) return [];
  const found = await tx
    .select()
    .from(bookingAttendee)
    .where(
      inArray(
        bookingAttendee.booking,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(bookingAttendee.place));
  return rows.map(({ stateKind: _, ...row }) => ({
    ...row,
    attendees: found.filter((it) => it.booking === row.id).map((it) => it.person),
  }));
}

/** Keeps a transition and the booking as it is after it; nothing that was is lost (2.6). */
export async function saveTransition(
  tx: Tx,
  it: { before: State | null; after: Booking; event: Event; at: Instant; actor: string; source: string },
): Promise<void> {
  const { attendees, ...facts } = it.after;
  const row = { ...facts, stateKind: facts.state.kind };
  if (it.event.type === 'requested') {
    await tx.insert(booking).values(row);
    if (attendees.length > 0)
      await tx
        .insert(bookingAttendee)
        .values(attendees.map((person, place) => ({ booking: row.id, person, place })));
  } else {
    await tx.update(booking).set(row).where(eq(booking.id, row.id));
  }
  await tx.insert(bookingTransition).values({
    booking: row.id,
    revision: row.revision,
    at: it.at,
    actor: it.actor,
    source: it.source,
    fromState: it.before?.kind ?? null,
    toState: row.stateKind,
    rulesVersion: row.rulesVersion,
    event: it.event,
  });
}

export type Which = 'upcoming' | 'past';

const mine = (tx: Tx, selves: readonly PersonId[], which: Which, now: Instant) =>
  and(
    which === 'upcoming' ? gt(booking.end, now) : lte(booking.end, now),
    or(
      inArray(booking.host, [...selves]),
      and(
        inArray(
          booking.id,
          tx
            .select({ id: bookingAttendee.booking })
            .from(bookingAttendee)
            .where(inArray(bookingAttendee.person, [...selves])),
        ),
        // The plus keeps SQLite from walking through all that was ever approved.
        sql`+${booking.stateKind} = 'approved'`,
      ),
    ),
  );

/**
 * One page of what a person (all `selves` of theirs) hosts and what they are invited to; the next first, or the
 * last first. Beyond the last page it gives the last page.
 */
export async function bookingsOf(
  tx: Tx,
  selves: readonly PersonId[],
  it: { which: Which; now: Instant; page: number; pageSize: number },
): Promise<{ bookings: Booking[]; page: number; pages: number }> {
  const where = mine(tx, selves, it.which, it.now);
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

/** Requests that nobody has decided and that have not begun, the most urgent first. */
export const openRequests = async (tx: Tx, now: Instant): Promise<Booking[]> =>
  withAttendees(
    tx,
    await tx
      .select()
      .from(booking)
      .where(and(eq(booking.stateKind, 'requested'), gt(booking.start, now)))
      .orderBy(asc(booking.start)),
  );
