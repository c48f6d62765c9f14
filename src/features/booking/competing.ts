import { and, asc, eq, gt, lt, ne } from 'drizzle-orm';
import { type Instant, minute } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { findRoom, longestSlot } from '../rooms/index.ts';
import type { Booking } from './domain.ts';
import { booking } from './schema.ts';
import { withAttendees } from './store.ts';

const requestsAround = prepared(
  (tx, it: Gaps<{ id: BookingId; room: RoomId; earliest: Instant; from: Instant; until: Instant }>) =>
    tx
      .select()
      .from(booking)
      .where(
        and(
          eq(booking.room, it.room),
          eq(booking.stateKind, 'requested'),
          gt(booking.start, it.earliest),
          lt(booking.start, it.until),
          gt(booking.end, it.from),
          ne(booking.id, it.id),
        ),
      )
      .orderBy(asc(booking.number)),
);

/**
 * Other requests that can't be approved together with a booking, where several may ask for one slot (2.2). Between
 * two there has to be time for tidying up.
 */
export async function competing(tx: Tx, it: Booking): Promise<Booking[]> {
  const buffer = ((await findRoom(tx, it.room))?.buffer ?? 0) * minute;
  const from = it.start - buffer;
  const found = await requestsAround(tx, {
    id: it.id,
    room: it.room,
    earliest: from - longestSlot,
    from,
    until: it.end + buffer,
  });
  return withAttendees(tx, found);
}
