import type { Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { rowsAbout, tell, withdrawRows } from '../../db/outbox.ts';
import type { Booking } from '../booking/index.ts';

export const lateView = 'reminder.late';

/**
 * Tells `people` that somebody is running late (2.7). Said twice, it is told once; said otherwise, the new word
 * takes the place of what has not reached them yet.
 * @returns false where they have heard just that already
 */
export async function tellLate(
  tx: Tx,
  it: { booking: Booking; by: PersonId; minutes: string; words: string; people: readonly PersonId[] },
  now: Instant,
): Promise<boolean> {
  const { minutes, words, by: person } = it;
  const subject = bookingSubject(it.booking.id);
  const told = await rowsAbout(tx, { subjects: [subject], name: lateView });
  const theirs = told.filter((row) => row.state !== 'withdrawn' && row.data.person === person);
  const last = theirs.at(-1)?.data;
  if (last?.minutes === minutes && last.words === words) return false;
  await withdrawRows(tx, theirs);
  const data = { booking: it.booking.id, person, minutes, words };
  await tell(tx, it.people, lateView, { now, dueAt: now, subject, data });
  return true;
}
