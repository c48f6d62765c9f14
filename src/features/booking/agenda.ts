import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { longestSlot } from '../rooms/index.ts';
import type { Booking } from './domain.ts';
import { booking, bookingAttendee } from './schema.ts';
import { withAttendees } from './store.ts';

/**
 * The meetings of a person (all `selves` of theirs) that end after `from` and begin before `until`, the next first:
 * what they host while it waits or is approved, and what they are invited to, are coming to, and is approved.
 */
export async function agendaOf(
  tx: Tx,
  selves: readonly PersonId[],
  it: { from: Instant; until?: Instant; most?: number },
): Promise<Booking[]> {
  const coming = tx
    .select({ id: bookingAttendee.booking })
    .from(bookingAttendee)
    .where(and(inArray(bookingAttendee.person, [...selves]), eq(bookingAttendee.declined, false)));
  const rows = await tx
    .select()
    .from(booking)
    .where(
      and(
        gt(booking.end, it.from),
        it.until === undefined ? undefined : lt(booking.start, it.until),
        or(
          // The plus keeps SQLite from walking through all that was ever approved.
          and(inArray(booking.host, [...selves]), sql`+${booking.stateKind} in ('requested', 'approved')`),
          and(inArray(booking.id, coming), sql`+${booking.stateKind} = 'approved'`),
        ),
      ),
    )
    .orderBy(asc(booking.start), asc(booking.number))
    .limit(it.most ?? -1);
  return withAttendees(tx, rows);
}

/** What takes place in a room and ends after `from`, the next first. */
export async function agendaIn(tx: Tx, room: RoomId, from: Instant): Promise<Booking[]> {
  const rows = await tx
    .select()
    .from(booking)
    .where(
      and(
        eq(booking.room, room),
        gt(booking.start, from - longestSlot),
        gt(booking.end, from),
        eq(booking.stateKind, 'approved'),
      ),
    )
    .orderBy(asc(booking.start), asc(booking.number));
  return withAttendees(tx, rows);
}
