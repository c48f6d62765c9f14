import { day, type Instant } from '../../core/clock.ts';
import type { Subject } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/database.ts';
import type { BookingService } from '../booking/index.ts';
import {
  held,
  type Interval,
  type Room,
  type Slot,
  similarRooms,
  slotsByRoom,
  slotsDuring,
} from '../rooms/index.ts';
import { type Alternative, breachAt, type Content, otherRoom, otherTime } from './preview.ts';
import type { Occurrence } from './recurrence.ts';

/** Where one looks from: a read connection or the transaction under way, and what bookings are judged by. */
export type Sight = { tx: Tx; now: Instant; facts: BookingService['facts'] };

/** What is to be booked at a time in a room. */
export type Wish = Content & Interval & { room: Room };

/** Whose slots are not in the way: those of the bookings that are to be moved. */
export type Own = ReadonlySet<Subject>;

/** How many rooms are tried in place of one. */
const mostTried = 12;

/** What stands in the way of each wish (2.1), from one query for all that is held in their rooms meanwhile. */
export async function breachesAt(
  { tx, now, facts }: Sight,
  wishes: readonly Wish[],
  own?: Own,
): Promise<Array<Refusal | null>> {
  const [first] = wishes;
  if (!first) return [];
  const rooms = [...new Map(wishes.map(({ room }) => [room.id, room])).values()];
  const ids = rooms.map((room) => room.id);
  const span = {
    start: Math.min(...wishes.map((it) => it.start)),
    end: Math.max(...wishes.map((it) => held(it, it.room).end)),
  };
  const found = await slotsByRoom(tx, ids, span);
  const slots = new Map([...found].map(([room, its]) => [room, others(its, own)]));
  const judge = await facts.forRooms(tx, now, rooms, first);
  return wishes.map(({ room, ...wish }) => breachAt(wish, room, slots.get(room.id) ?? [], judge, now));
}

/**
 * What can be had instead on each of a few dates (2.1), by day: another room at that time, another time in that room.
 * One query for the rooms that could do, and one for all that is held in them around those dates.
 */
export async function alternativesTo(
  { tx, now, facts }: Sight,
  content: Content,
  room: Room,
  dates: readonly Occurrence[],
): Promise<Map<string, Alternative>> {
  const [first] = dates;
  if (!first) return new Map();
  const similar = await similarRooms(tx, room, { capacity: content.headcount, limit: 4 * mostTried });
  const rooms = similar
    .filter((it) => content.equipment.every((kind) => it.equipment.includes(kind)))
    .slice(0, mostTried);
  const slots = await slotsDuring(tx, [room.id, ...rooms.map((it) => it.id)], dates.map(around));
  const slotsOf = ({ id }: Room): Slot[] => slots.get(id) ?? [];
  const judge = await facts.forRooms(tx, now, [room, ...rooms], { ...content, ...first });
  return new Map(
    dates.map((date) => [
      date.day,
      {
        room: otherRoom(content, rooms, date, slotsOf, judge, now),
        time: otherTime(content, room, date, slotsOf(room), judge, now),
      },
    ]),
  );
}

/** A day to each side: wherever the room stands, its opening hours on that date lie within. */
const around = ({ start, end }: Interval): Interval => ({ start: start - day, end: end + day });

const others = (slots: readonly Slot[], own?: Own): readonly Slot[] =>
  own ? slots.filter((slot) => !own.has(slot.owner)) : slots;
