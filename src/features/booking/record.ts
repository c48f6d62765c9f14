import { and, count, inArray, max, sql } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { booking, bookingTransition } from './schema.ts';

/** How somebody has hosted so far: what took place, and what they cancelled late in the last 90 days (2.2, 2.5). */
export type HostRecord = { bookings: number; late: number };

const lateCounts = 90 * day;

/** @param selves all ids under which the host is known */
export async function hostRecord(tx: Tx, selves: readonly PersonId[], now: Instant): Promise<HostRecord> {
  const { state, stateKind, start } = booking;
  const held = sql`${stateKind} = 'approved' and ${start} <= ${now}`;
  const late = and(
    sql`${stateKind} = 'cancelled' and json_extract(${state}, '$.late')`,
    sql`json_extract(${state}, '$.at') > ${now - lateCounts}`,
    // A reviewer may cancel as late as they like.
    sql`json_extract(${state}, '$.asked') = ${booking.host}`,
  );
  const [found] = await tx
    .select({
      bookings: count(sql`case when ${held} then 1 end`),
      late: count(sql`case when ${late} then 1 end`),
    })
    .from(booking)
    .where(inArray(booking.host, [...selves]));
  return found ?? { bookings: 0, late: 0 };
}

/** How many transitions there have been of all bookings: rises with each. */
export async function transitionCount(tx: Tx): Promise<number> {
  const [found] = await tx.select({ last: max(bookingTransition.id) }).from(bookingTransition);
  return found?.last ?? 0;
}
