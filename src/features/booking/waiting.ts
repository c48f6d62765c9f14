import { and, count, gt, isNotNull, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { Tx } from '../../db/database.ts';
import type { Matter } from './domain.ts';
import { booking } from './schema.ts';

/** Since when what waits in a row has waited: its request, change or cancellation. */
const since = sql<Instant>`min(CASE ${booking.awaits}
  WHEN 'request' THEN ${booking.requestedAt}
  WHEN 'change' THEN json_extract(${booking.state}, '$.change.at')
  ELSE json_extract(${booking.state}, '$.cancellation.at') END)`;

/** What waits for reviewers in the whole organisation, for figures alone: how much of each kind, and since when. */
export async function decisionsWaiting(
  tx: Tx,
  now: Instant,
): Promise<Array<{ matter: Matter; waiting: number; since: Instant }>> {
  const rows = await tx
    .select({ matter: booking.awaits, waiting: count(), since })
    .from(booking)
    .where(and(isNotNull(booking.awaits), gt(booking.start, now)))
    .groupBy(booking.awaits);
  return rows.flatMap(({ matter, ...row }) => (matter ? [{ matter, ...row }] : []));
}
