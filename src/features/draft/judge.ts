import type { Instant } from '../../core/clock.ts';
import { type BookingId, bookingSubject, type PersonId, type RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/database.ts';
import {
  anyRoom,
  type Booking,
  type BookingService,
  type Details,
  findBookings,
  firstBreach,
  fittingRooms,
  nothingFree,
  type Place,
  type Problems,
  readRequest,
} from '../booking/index.ts';
import { namesOf } from '../people/index.ts';
import {
  findRoom,
  held,
  type Interval,
  type Room,
  searchRooms,
  slotsByRoom,
  slotsIn,
} from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { alternatives, bySimilarity, spanSearched } from './alternatives.ts';
import type { Draft } from './store.ts';

/** What a draft asks for. `room` null: any that fits. */
export type Wish = {
  details: Omit<Details, 'room'>;
  room: Room | null;
  /** On whose clock it was typed. */
  zone: string;
  /** The clock shows its start twice: the first was taken. */
  twice: boolean;
};

/** What holds the wanted room; without topic and host where that is none of the reader's business. */
export type Obstacle = Interval & { about: { topic: string; host: string } | null };

export type Offer = Interval & { room: Room };

/** How a draft stands at a moment. */
export type Judged =
  | { kind: 'unreadable'; problems: Problems }
  | { kind: 'free'; wish: Wish }
  | { kind: 'refused'; wish: Wish; refusal: Refusal; obstacles: Obstacle[]; offers: Offer[] };

/** Reads what a draft asks for, or says what of it can't be read. */
export async function readDraft(
  tx: Tx,
  { typed, person }: Draft,
): Promise<{ ok: true; wish: Wish } | { ok: false; problems: Problems }> {
  const read = readRequest(typed, person, typed.zone);
  if (!read.ok) return read;
  const { details, twice } = read;
  const room = typed.room === anyRoom ? null : await findRoom(tx, typed.room as RoomId);
  if (!room && typed.room !== anyRoom)
    return { ok: false, problems: { room: { key: 'booking.wrong.room', field: 'room' } } };
  return { ok: true, wish: { details, room, zone: typed.zone, twice } };
}

/** Whether a draft can be booked now; where not, what stands in the way and what else is free (2.1). */
export async function judgeDraft(
  { facts }: BookingService,
  tx: Tx,
  now: Instant,
  draft: Draft,
): Promise<Judged> {
  const read = await readDraft(tx, draft);
  if (!read.ok) return { kind: 'unreadable', problems: read.problems };
  const { wish } = read;
  const refusal = await refusalOf(facts, tx, now, wish);
  if (!refusal) return { kind: 'free', wish };
  const taken = wish.room !== null && refusal.key === 'booking.refused.taken';
  return {
    kind: 'refused',
    wish,
    refusal,
    obstacles: wish.room && taken ? await obstaclesIn(tx, wish.room, wish.details) : [],
    offers: await offersFor(facts, tx, now, wish),
  };
}

/** Why a wish would be refused now; null: it would not. */
export async function refusalOf(
  facts: BookingService['facts'],
  tx: Tx,
  now: Instant,
  { details, room, zone }: Wish,
): Promise<Refusal | null> {
  if (room) {
    const judgedBy = await facts.of(tx, now, room, await rulesAt(tx, now), details);
    return firstBreach({ ...details, room: room.id }, judgedBy, now);
  }
  const fitting = await fittingRooms(tx, details, zone);
  const factsOf = await facts.forRooms(tx, now, fitting, details);
  const breaches = fitting.map((it) => firstBreach({ ...details, room: it.id }, factsOf(it), now));
  return breaches.includes(null) ? null : (breaches[0] ?? nothingFree(details));
}

/** More rooms than an organisation has to choose among. */
const mostRooms = 2000;
/** As many of them are looked at, the most similar ones. */
const mostCandidates = 50;

/** What is free instead, under all rules; the number of queries does not depend on the rooms. */
async function offersFor(
  facts: BookingService['facts'],
  tx: Tx,
  now: Instant,
  { details, room, zone }: Wish,
): Promise<Offer[]> {
  const wanted = { ...details, room };
  const all = await searchRooms(tx, { activeOnly: true, limit: mostRooms });
  const rooms = nearby(all, room?.zone ?? zone)
    .filter(
      (it) =>
        it.capacity >= details.headcount && details.equipment.every((kind) => it.equipment.includes(kind)),
    )
    .sort(bySimilarity(wanted))
    .slice(0, mostCandidates);
  const ids = rooms.map((it) => it.id);
  const slots = await slotsByRoom(tx, ids, spanSearched(details, now));
  const { document } = await rulesAt(tx, now);
  const factsOf = await facts.forRooms(tx, now, rooms, details);

  const candidates = rooms.map((it) => ({
    room: it,
    rules: rulesFor(document, it),
    slots: slots.get(it.id) ?? [],
  }));
  const breachAt = (it: Room, { start, end }: Interval) =>
    firstBreach({ ...details, room: it.id, start, end }, factsOf(it, { start, end }), now);
  const withRoom = (place: Place): Offer[] => {
    const found = rooms.find((it) => it.id === place.room);
    return found ? [{ room: found, start: place.start, end: place.end }] : [];
  };
  return alternatives(wanted, candidates, breachAt, now).flatMap(withRoom);
}

/** A room in another city is no help to somebody whose own city has rooms. */
function nearby(rooms: readonly Room[], zone: string): Room[] {
  const near = rooms.filter((it) => it.zone === zone);
  return near.length === 0 ? [...rooms] : rooms.filter((it) => it.zone === zone || it.kind === 'online');
}

async function obstaclesIn(tx: Tx, room: Room, details: Omit<Details, 'room'>): Promise<Obstacle[]> {
  const slots = await slotsIn(tx, room.id, held(details, room));
  const holders = await findBookings(
    tx,
    slots.map((slot) => slot.owner.replace(/^booking:/, '') as BookingId),
  );
  const names = await namesOf(
    tx,
    holders.map((it) => it.host),
  );
  return slots.map((slot) => {
    const holder = holders.find((it) => bookingSubject(it.id) === slot.owner);
    const { start, end } = holder && slot.part === 'own' ? holder : slot;
    const about = holder &&
      maySee(holder, details.host) && { topic: holder.topic, host: names.get(holder.host) ?? '' };
    return { start, end, about: about || null };
  });
}

/** What is confidential is for those who take part. */
const maySee = ({ confidential, host, attendees }: Booking, person: PersonId): boolean =>
  !confidential || host === person || attendees.includes(person);
