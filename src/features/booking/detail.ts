import type { BookingId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { namesOf } from '../people/index.ts';
import { findRooms, type Room } from '../rooms/index.ts';
import type { Booking } from './domain.ts';
import { findBooking } from './store.ts';

/** A booking with what is needed to show it. */
export type Detail = { booking: Booking; room: Room; nameOf(person: PersonId): string };

/** Null where there is no such booking. */
export async function loadDetail(tx: Tx, id: BookingId): Promise<Detail | null> {
  const booking = await findBooking(tx, id);
  if (!booking) return null;
  const [detail] = await loadDetails(tx, [booking]);
  return detail ?? null;
}

/** Several bookings, in their order, with two queries for all of them. */
export async function loadDetails(tx: Tx, bookings: readonly Booking[]): Promise<Detail[]> {
  const rooms = await findRooms(
    tx,
    bookings.map((booking) => booking.room),
  );
  const names = await namesOf(tx, bookings.flatMap(peopleOf));
  const nameOf = (person: PersonId) => names.get(person) || '–';
  return bookings.flatMap((booking) => {
    const room = rooms.get(booking.room);
    return room ? [{ booking, room, nameOf }] : [];
  });
}

const peopleOf = ({ host, attendees, state }: Booking): PersonId[] => [
  host,
  ...attendees,
  ...('by' in state ? [state.by] : []),
];
