import type { Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId, type SeriesId, seriesSubject } from '../../core/ids.ts';
import type { Decider } from '../../core/rights.ts';
import type { Tx } from '../../db/database.ts';
import { refresh, tell } from '../../db/outbox.ts';
import type { Booking, BookingService } from '../booking/index.ts';
import { type Substitution, substitutesAt } from './store.ts';

/**
 * What waits for somebody who is away from now on is put before their substitute (7.1); where that one is away too,
 * before the last in the row.
 */
export async function handOver(
  bookings: BookingService,
  tx: Tx,
  now: Instant,
  { person, substitute }: Substitution,
): Promise<void> {
  const substitutes = await substitutesAt(tx, now);
  const chain = [person, substitute];
  for (let next = substitutes.get(substitute); next && !chain.includes(next); next = substitutes.get(next))
    chain.push(next);
  await askAgain(bookings, tx, now, person, (it) => it.for !== null && chain.includes(it.person));
}

/** What still waits goes back to somebody who is no longer away; what their substitute has of it loses its buttons. */
export async function handBack(
  bookings: BookingService,
  tx: Tx,
  now: Instant,
  { person }: Substitution,
): Promise<void> {
  await askAgain(bookings, tx, now, person, (it) => it.person === person);
}

/** Puts what this person may decide before those of its deciders who are meant and not away themselves. */
async function askAgain(
  bookings: BookingService,
  tx: Tx,
  now: Instant,
  person: PersonId,
  meant: (it: Decider) => boolean,
): Promise<void> {
  const matters = await bookings.facts.matters(tx, now, person);
  const decidersOf = await bookings.facts.decidersByRoom(tx, now, matters);
  const ofSeries = new Map<SeriesId, Set<PersonId>>();
  for (const booking of matters) {
    const deciders = decidersOf(booking);
    if (!deciders.some((it) => it.person === person)) continue;
    const people = deciders.filter((it) => !it.away && meant(it)).map((it) => it.person);
    const { series } = booking;
    if (series) ofSeries.set(series, new Set([...(ofSeries.get(series) ?? []), ...people]));
    else await ask(tx, now, booking, people);
  }
  // Of a series they see the whole, once.
  for (const [series, people] of ofSeries) {
    const subject = seriesSubject(series);
    await tell(tx, [...people], 'series.review', { now, dueAt: now, subject, data: { series } });
    await refresh(tx, subject, now);
  }
}

async function ask(tx: Tx, now: Instant, { id }: Booking, people: readonly PersonId[]): Promise<void> {
  const subject = bookingSubject(id);
  await tell(tx, people, 'approval.request', { now, dueAt: now, subject, data: { booking: id } });
  await refresh(tx, subject, now);
}
