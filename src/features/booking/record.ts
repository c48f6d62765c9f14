import { and, count, max, sql } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, prepared } from '../../db/prepared.ts';
import { booking, bookingTransition } from './schema.ts';

/** How somebody has hosted so far: what took place, and what they cancelled late in the last 90 days (2.2, 2.5). */
export type HostRecord = { bookings: number; late: number };

const lateCounts = 90 * day;

const recordOf = prepared((tx, it: Gaps<{ selves: readonly PersonId[]; now: Instant; since: Instant }>) => {
  const { state, stateKind, start } = booking;
  const held = sql`${stateKind} = 'approved' and ${start} <= ${it.now}`;
  const late = and(
    sql`${stateKind} = 'cancelled' and json_extract(${state}, '$.late')`,
    sql`json_extract(${state}, '$.at') > ${it.since}`,
    // A reviewer may cancel as late as they like.
    sql`json_extract(${state}, '$.asked') = ${booking.host}`,
  );
  return tx
    .select({
      bookings: count(sql`case when ${held} then 1 end`),
      late: count(sql`case when ${late} then 1 end`),
    })
    .from(booking)
    .where(among(booking.host, it.selves));
});

/** @param selves all ids under which the host is known */
export async function hostRecord(tx: Tx, selves: readonly PersonId[], now: Instant): Promise<HostRecord> {
  const [found] = await recordOf(tx, { selves, now, since: now - lateCounts });
  return found ?? { bookings: 0, late: 0 };
}

const lastTransition = prepared((tx) =>
  tx.select({ last: max(bookingTransition.id) }).from(bookingTransition),
);

/** How many transitions there have been of all bookings: rises with each. */
export async function transitionCount(tx: Tx): Promise<number> {
  const [found] = await lastTransition(tx, {});
  return found?.last ?? 0;
}
