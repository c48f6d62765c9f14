import type { Instant } from '../../core/clock.ts';
import { bookingSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { refresh } from '../../db/outbox.ts';
import { type Booking, competing, samePlace } from '../booking/index.ts';

/** A request that comes, goes or changes is shown on the cards of those that compete with it (2.2): these follow. */
export async function refreshRivals(
  tx: Tx,
  now: Instant,
  { before, after }: { before: Booking | null; after: Booking },
): Promise<void> {
  const requests = [before, after].filter((it) => it?.state.kind === 'requested').filter((it) => it !== null);
  const [one, other] = requests;
  const places = one && other && samePlace(one, other) ? [other] : requests;
  const rivals = new Set<Booking['id']>();
  for (const place of places) for (const rival of await competing(tx, place)) rivals.add(rival.id);
  await refresh(tx, [...rivals].map(bookingSubject), now);
}
