import { bookingSubject, waitlistSubject } from '../../../src/core/ids.ts';
import { holdings } from '../../../src/features/booking/index.ts';
import { held, type Interval, type Room } from '../../../src/features/rooms/index.ts';
import type { Facts } from '../facts.ts';
import { type Check, check } from './check.ts';

/** Nothing overlaps, and what is held is exactly what somebody is entitled to. */
export function checkSlots(facts: Facts): Check[] {
  const { slots, bookings } = facts;
  const is = slots.map(({ owner, room, start, end }) => written(owner, room, { start, end }));
  const due = entitled(facts);
  return [
    check(
      'nothing overlaps',
      overlaps(facts),
      `${slots.length} slots in ${facts.rooms.size} rooms, buffers included`,
    ),
    check(
      'every slot has its owner, and every booking its slots',
      [
        ...without(is, due).map((one) => `held without right: ${one}`),
        ...without(due, is).map((one) => `not held: ${one}`),
      ],
      `${due.length} places of ${bookings.size} bookings and of offers to the waitlist`,
    ),
  ];
}

const written = (owner: string, room: string, { start, end }: Interval): string =>
  `${owner} ${room} ${start}–${end}`;

/** A booking's own slots may: it moves from one to the other. */
const overlaps = ({ slots }: Facts): string[] =>
  slots.flatMap((slot, n) =>
    slots
      .slice(n + 1)
      .filter((other) => other.room === slot.room && other.owner !== slot.owner)
      .filter((other) => other.start < slot.end && slot.start < other.end)
      .map((other) => `${slot.owner} and ${other.owner} in ${slot.room}`),
  );

function entitled({ bookings, entries, rooms }: Facts): string[] {
  const roomOf = (id: string): Room => rooms.get(id) ?? missing(id);
  const ofBookings = [...bookings.values()].flatMap((booking) =>
    holdings(booking)
      // Where several may ask for one slot, a request does not hold it.
      .filter(
        ({ part, room }) => !(part === 'own' && booking.state.kind === 'requested' && roomOf(room).tentative),
      )
      .map((place) => written(bookingSubject(booking.id), place.room, held(place, roomOf(place.room)))),
  );
  const ofOffers = entries
    .filter(({ state }) => state === 'offered')
    .map((entry) => written(waitlistSubject(entry.id), entry.room, held(entry, roomOf(entry.room))));
  return [...ofBookings, ...ofOffers];
}

function missing(id: string): never {
  throw new Error(`no room ${id}`);
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const n = left.get(one) ?? 0;
    left.set(one, n - 1);
    return n <= 0;
  });
}
