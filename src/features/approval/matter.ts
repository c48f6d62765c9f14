import type { Instant } from '../../core/clock.ts';
import { type BookingId, bookingSubject, type PersonId } from '../../core/ids.ts';
import type { Decider } from '../../core/rights.ts';
import { toLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import {
  type Booking,
  type BookingService,
  competing,
  type Detail,
  expiresAt,
  findBookings,
  type HostRecord,
  hostRecord,
  type Matter,
  matterOf,
  type Place,
  reviewOf,
  transitionCount,
} from '../booking/index.ts';
import { dutyChanges } from '../duties/index.ts';
import { namesOf, selvesOf } from '../people/index.ts';
import { openingOf, type Room, slotsIn } from '../rooms/index.ts';

/** Another booking of the same room on that day; confidential ones are only `busy` to the reviewer. */
export type Neighbour = { start: Instant; end: Instant; topic: string | null; host: string | null };

/** Another request for the same slot; `mine`: whoever looks could decide it. */
export type Rival = { booking: Booking; host: string; mine: boolean };

/** What of a booking waits, as one person sees it: everything that they need to judge it (2.2). */
export type Judged = {
  detail: Detail;
  /** Null: nothing waits, or it is too late. */
  matter: Matter | null;
  /** As what they could decide it; null: they can't. */
  decider: Decider | null;
  /** The person whose substitute they are. */
  forWhom: string | null;
  /** Their approval has been given, and another is needed. */
  given: boolean;
  record: HostRecord;
  neighbours: Neighbour[];
  rivals: Rival[];
  /** Rises with everything that the card shows: see `cardRevision`. */
  revision: number;
};

/** Loads all that a reviewer's card shows to one person. */
export async function loadJudged(
  bookings: BookingService,
  { tx, now }: { tx: Tx; now: Instant },
  detail: Detail,
  person: PersonId,
): Promise<Judged> {
  const { booking } = detail;
  const matter = waitingMatter(booking, now);
  const rivals = matter === 'request' ? await competing(tx, booking) : [];
  const decidersOf = await bookings.facts.decidersByRoom(tx, now, [booking, ...rivals]);
  const deciderOf = (it: Booking) => decidersOf(it).find((one) => one.person === person) ?? null;
  const decider = deciderOf(booking);
  const place = booking.state.kind === 'approved' ? (booking.state.change?.to ?? booking) : booking;
  const around = await slotsAround(tx, detail.roomOf(place.room), booking, place);
  const names = await namesOf(tx, [
    ...around.flatMap((it) => it.other?.host ?? []),
    ...rivals.map((it) => it.host),
    ...(decider?.for ? [decider.for] : []),
  ]);
  return {
    detail,
    matter,
    decider,
    forWhom: decider?.for ? (names.get(decider.for) ?? null) : null,
    given: decider !== null && hasGiven(booking, decider),
    record: await hostRecord(tx, await selvesOf(tx, booking.host), now),
    neighbours: around.map(({ start, end, other }) => {
      const open = other && !other.confidential ? other : null;
      return { start, end, topic: open?.topic ?? null, host: open ? (names.get(open.host) ?? null) : null };
    }),
    rivals: rivals.map((it) => ({
      booking: it,
      host: names.get(it.host) ?? '',
      mine: deciderOf(it) !== null,
    })),
    revision: await cardRevision(tx, now),
  };
}

/** What of a booking can still be decided. */
export const waitingMatter = (booking: Booking, now: Instant): Matter | null =>
  now < expiresAt(booking) ? (matterOf(booking)?.matter ?? null) : null;

/** True where this decider, or the one for whom they would decide, has approved already. */
export const hasGiven = (booking: Booking, decider: Decider): boolean => {
  const stands = decider.for ?? decider.person;
  return (reviewOf(booking)?.given ?? []).some(
    (it) => it.by === decider.person || (it.for ?? it.by) === stands,
  );
};

/** What waits for this person and has not had their approval yet; one query for all rooms. */
export async function waitingFor(
  bookings: BookingService,
  { tx, now }: { tx: Tx; now: Instant },
  matters: readonly Booking[],
  person: PersonId,
): Promise<Booking[]> {
  const decidersOf = await bookings.facts.decidersByRoom(tx, now, matters);
  return matters.filter((booking) => {
    const decider = decidersOf(booking).find((it) => it.person === person);
    return decider !== undefined && !hasGiven(booking, decider);
  });
}

/**
 * The card shows more than its booking: who stands in for whom, and what competes with it. So it is newer than
 * another where anything has happened in between.
 */
export const cardRevision = async (tx: Tx, now: Instant): Promise<number> =>
  (await transitionCount(tx)) + (await dutyChanges(tx, now));

/** What else is held in a room on the day of a place, and by which booking where it is one. */
async function slotsAround(
  tx: Tx,
  room: Room,
  own: Booking,
  place: Place,
): Promise<Array<{ start: Instant; end: Instant; other: Booking | null }>> {
  const { date } = toLocal(place.start, room.zone);
  const wholeDay = openingOf(date, room.zone, { opens: 0, closes: 1440 });
  const slots = (await slotsIn(tx, room.id, wholeDay)).filter((it) => it.owner !== bookingSubject(own.id));
  const others = await findBookings(
    tx,
    slots.map((slot) => slot.owner.replace(/^booking:/, '') as BookingId),
  );
  return slots.map((slot) => {
    const other = others.find((it) => bookingSubject(it.id) === slot.owner) ?? null;
    // The slot is longer than the meeting by the time for tidying up.
    const shown = other && slot.part === 'own' ? other : slot;
    return { start: shown.start, end: shown.end, other };
  });
}
