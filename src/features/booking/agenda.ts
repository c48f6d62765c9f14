import { and, asc, eq, gt, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { longestSlot } from '../rooms/index.ts';
import { type Booking, isCancelling, isLive } from './domain.ts';
import { booking, bookingAttendee, bookingTransition } from './schema.ts';
import { withAttendees } from './store.ts';

/** What lies between two moments: ends after `from` and begins before `until`. */
type Within = { from: Instant; until?: Instant };

/**
 * The meetings of a person (all `selves` of theirs) that end after `from` and begin before `until`, the next first:
 * what they host while it waits or is approved, and what they are invited to, are coming to, and is approved.
 */
export async function agendaOf(
  tx: Tx,
  selves: readonly PersonId[],
  it: Within & { most?: number },
): Promise<Booking[]> {
  const rows = await tx
    .select()
    .from(booking)
    .where(meetingsOf(tx, selves, it))
    .orderBy(asc(booking.start), asc(booking.number))
    .limit(it.most ?? -1);
  return withAttendees(tx, rows);
}

/** What somebody (all `selves` of theirs) is asked to take over and still can, the next first (2.4). */
export async function handoversTo(tx: Tx, selves: readonly PersonId[], now: Instant): Promise<Booking[]> {
  const asked = inArray(sql`${booking.handover} ->> '$.to'`, [...selves]);
  const rows = await tx
    .select()
    .from(booking)
    .where(and(isNotNull(booking.handover), asked, gt(booking.end, now)))
    .orderBy(asc(booking.start), asc(booking.number));
  return (await withAttendees(tx, rows)).filter(({ state }) => isLive(state) && !isCancelling(state));
}

function meetingsOf(tx: Tx, selves: readonly PersonId[], it: Within): SQL | undefined {
  const coming = tx
    .select({ id: bookingAttendee.booking })
    .from(bookingAttendee)
    .where(and(inArray(bookingAttendee.person, [...selves]), eq(bookingAttendee.declined, false)));
  return and(
    gt(booking.end, it.from),
    it.until === undefined ? undefined : lt(booking.start, it.until),
    or(
      // The plus keeps SQLite from walking through all that was ever approved.
      and(inArray(booking.host, [...selves]), sql`+${booking.stateKind} in ('requested', 'approved')`),
      and(inArray(booking.id, coming), sql`+${booking.stateKind} = 'approved'`),
    ),
  );
}

/** What of a booking its entry in a calendar is made of. */
export type Appointment = Pick<
  Booking,
  'id' | 'number' | 'revision' | 'room' | 'host' | 'attendees' | 'topic' | 'start' | 'end' | 'confidential'
> & {
  state: Pick<Booking['state'], 'kind'>;
  /** When it was last revised. */
  at: Instant;
};

/** All that is approved and ends after `from`, for a person or in a room, the next first; one query for all. */
export async function appointmentsOf(
  tx: Tx,
  it: { from: Instant } & ({ selves: readonly PersonId[] } | { room: RoomId }),
): Promise<Appointment[]> {
  const where =
    'room' in it
      ? and(eq(booking.room, it.room), gt(booking.start, it.from - longestSlot), gt(booking.end, it.from))
      : meetingsOf(tx, it.selves, it);
  type Row = Omit<Appointment, 'attendees' | 'confidential' | 'state'>;
  const rows = await tx.all<Row & { attendees: string | null; confidential: number }>(
    sql`SELECT ${booking.id} AS id, ${booking.number} AS number, ${booking.revision} AS revision,
          ${booking.room} AS room, ${booking.host} AS host, ${booking.topic} AS topic, ${booking.start} AS start,
          ${booking.end} AS end, ${booking.confidential} AS confidential,
          (SELECT group_concat(${bookingAttendee.person}, ',' ORDER BY ${bookingAttendee.place})
            FROM ${bookingAttendee} WHERE ${bookingAttendee.booking} = ${booking.id}) AS attendees,
          coalesce((SELECT ${bookingTransition.at} FROM ${bookingTransition} WHERE
            ${bookingTransition.booking} = ${booking.id} AND ${bookingTransition.revision} = ${booking.revision}
          ), ${booking.requestedAt}) AS at
        FROM ${booking}
        WHERE ${and(where, sql`+${booking.stateKind} = 'approved'`)}
        ORDER BY ${booking.start}, ${booking.number}`,
  );
  return rows.map((row) => ({
    ...row,
    attendees: (row.attendees?.split(',') ?? []) as PersonId[],
    confidential: row.confidential === 1,
    state: { kind: 'approved' },
  }));
}
