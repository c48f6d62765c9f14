import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import {
  type Booking,
  type BookingService,
  type Detail,
  handoversTo,
  loadDetails,
} from '../booking/index.ts';
import { countOffers } from '../waitlist/index.ts';

/** What waits for somebody: what they may decide, and what they are asked themselves. */
export type Waiting = {
  reviews: number;
  questions: BookingId[];
  proposals: BookingId[];
  /** Slots that are held for them because they were on the waitlist. */
  offers: number;
  /** What others ask them to take over. */
  handovers: Detail[];
};

/**
 * What waits for a person (all `selves` of theirs).
 * @param agenda all that they have before them
 */
export async function waitingFor(
  tx: Tx,
  bookings: Pick<BookingService, 'decidable' | 'facts'>,
  it: { person: PersonId; selves: readonly PersonId[]; agenda: readonly Booking[]; now: Instant },
): Promise<Waiting> {
  const { person, selves, agenda, now } = it;
  const open = agenda.flatMap(({ id, host, start, state }) =>
    state.kind === 'requested' && start > now && selves.includes(host) ? [{ id, state }] : [],
  );
  return {
    reviews: (await bookings.decidable(tx, now, await bookings.facts.matters(tx, now, person), person))
      .length,
    offers: await countOffers(tx, selves, now),
    handovers: await loadDetails(tx, await handoversTo(tx, selves, now)),
    questions: open
      .filter(({ state }) => state.questions.some((it) => it.answer === null))
      .map(({ id }) => id),
    proposals: open.filter(({ state }) => state.proposal !== null).map(({ id }) => id),
  };
}
