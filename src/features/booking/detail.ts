import type { BookingId, PersonId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { linksIn } from '../files/index.ts';
import { namesOf } from '../people/index.ts';
import { findRooms, type Room } from '../rooms/index.ts';
import { reviewOf } from './decide.ts';
import type { Booking, Details } from './domain.ts';
import { findBooking } from './store.ts';

/** A booking with what is needed to show it. */
export type Detail = {
  booking: Booking;
  room: Room;
  nameOf(person: PersonId | null): string;
  /** The rooms that it, its change or a proposal is about. */
  roomOf(id: RoomId): Room;
  /** Where somebody gets it into their calendar (2.3); null where we can't be reached from outside. */
  calendarLink(person: PersonId): string | null;
};

/** Null where there is no such booking. */
export async function loadDetail(tx: Tx, id: BookingId): Promise<Detail | null> {
  const booking = await findBooking(tx, id);
  if (!booking) return null;
  const [detail] = await loadDetails(tx, [booking]);
  return detail ?? null;
}

/** Several bookings, in their order, with two queries for all of them. */
export async function loadDetails(tx: Tx, bookings: readonly Booking[]): Promise<Detail[]> {
  const rooms = await findRooms(tx, bookings.flatMap(roomsOf));
  const names = await namesOf(tx, bookings.flatMap(peopleOf));
  const nameOf = (person: PersonId | null) => (person && names.get(person)) || '–';
  const roomOf = (id: RoomId): Room => {
    const room = rooms.get(id);
    if (!room) throw new Error('a booking without its room');
    return room;
  };
  const links = await linksIn(tx);
  return bookings.flatMap((booking) => {
    const room = rooms.get(booking.room);
    const calendarLink = (person: PersonId) => links.toInvitation(booking.id, person);
    return room ? [{ booking, room, nameOf, roomOf, calendarLink }] : [];
  });
}

/** The same detail, knowing the rooms and people of other forms of the booking too: what it was, or could be. */
export async function knowing(tx: Tx, detail: Detail, ...forms: Details[]): Promise<Detail> {
  const rooms = await findRooms(
    tx,
    forms.map((it) => it.room),
  );
  const names = await namesOf(
    tx,
    forms.flatMap((it) => it.attendees),
  );
  return {
    ...detail,
    roomOf: (id) => rooms.get(id) ?? detail.roomOf(id),
    nameOf: (person) => (person && names.get(person)) || detail.nameOf(person),
  };
}

const roomsOf = ({ room, state }: Booking): RoomId[] => [
  room,
  ...(state.kind === 'requested' && state.proposal ? [state.proposal.room] : []),
  ...(state.kind === 'approved' && state.change ? [state.change.to.room] : []),
];

function peopleOf(booking: Booking): PersonId[] {
  const { host, attendees, handover, state } = booking;
  const requested = state.kind === 'requested' ? state : null;
  const change = state.kind === 'approved' ? state.change : null;
  const people = [
    host,
    ...attendees,
    handover?.to,
    ...('by' in state ? [state.by] : []),
    ...('for' in state ? [state.for] : []),
    ...(state.kind === 'cancelled' ? [state.asked] : []),
    ...(requested?.questions.map((it) => it.by) ?? []),
    requested?.proposal?.by,
    requested?.proposal?.for,
    ...(reviewOf(booking)?.given.flatMap((it) => [it.by, it.for]) ?? []),
    ...(change?.to.attendees ?? []),
  ];
  return people.filter((person): person is PersonId => typeof person === 'string');
}
