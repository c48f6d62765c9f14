import { and, asc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { hour, type Instant, minute } from '../../core/clock.ts';
import { newId, type RoomId, type Subject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, insertion, prepared } from '../../db/prepared.ts';
import type { Interval, Room, SlotPart } from './domain.ts';
import { room, slot } from './schema.ts';

/** No slot is longer (the trigger refuses it), which bounds every search for overlaps. */
export const longestSlot = 25 * hour;

export type Slot = Interval & { room: RoomId; owner: Subject; part: SlotPart };

/** Thrown when the room is taken: the database refused the overlap. */
export class SlotTaken extends Error {}

const insertSlots = insertion(slot);

/** Holds a room. @throws SlotTaken */
export async function hold(tx: Tx, it: Omit<Slot, 'part'> & { part?: SlotPart }): Promise<void> {
  try {
    await insertSlots(tx, [{ id: newId(), ...it }]);
  } catch (cause) {
    if (String(cause instanceof Error ? (cause.cause ?? cause) : cause).includes('slot taken'))
      throw new SlotTaken();
    throw cause;
  }
}

const freeOf = prepared((tx, it: Gaps<{ owner: Subject }>) =>
  tx.delete(slot).where(eq(slot.owner, it.owner)),
);

/** Frees whatever this owner holds. */
export async function free(tx: Tx, owner: Subject): Promise<void> {
  await freeOf(tx, { owner });
}

const overlapping = prepared((tx, it: Gaps<Interval & { room: RoomId; earliest: Instant }>) =>
  tx
    .select()
    .from(slot)
    .where(
      and(
        eq(slot.room, it.room),
        gt(slot.start, it.earliest),
        lt(slot.start, it.end),
        gt(slot.end, it.start),
      ),
    )
    .orderBy(asc(slot.start)),
);

/** What is held in a room and overlaps `[start, end)`, in order. */
export const slotsIn = async (tx: Tx, id: RoomId, { start, end }: Interval): Promise<Slot[]> =>
  (await overlapping(tx, { room: id, start, end, earliest: start - longestSlot })).map(toSlot);

/** The same for several rooms at once, by room. */
export const slotsByRoom = (tx: Tx, rooms: readonly RoomId[], span: Interval): Promise<Map<RoomId, Slot[]>> =>
  slotsDuring(tx, rooms, [span]);

/** What is held in several rooms and overlaps one of several spans, by room and in order; one query for all. */
export async function slotsDuring(
  tx: Tx,
  rooms: readonly RoomId[],
  spans: readonly Interval[],
): Promise<Map<RoomId, Slot[]>> {
  const byRoom = new Map<RoomId, Slot[]>(rooms.map((id) => [id, []]));
  if (rooms.length === 0 || spans.length === 0) return byRoom;
  const within = spans.map(({ start, end }) =>
    and(gt(slot.start, start - longestSlot), lt(slot.start, end), gt(slot.end, start)),
  );
  // Of itself SQLite would read all that these rooms ever held, for the sake of the spans between.
  const earliest = Math.min(...spans.map(({ start }) => start)) - longestSlot;
  const latest = Math.max(...spans.map(({ end }) => end));
  const found = await tx
    .select()
    .from(slot)
    .where(
      and(inArray(slot.room, [...rooms]), gt(slot.start, earliest), lt(slot.start, latest), or(...within)),
    )
    .orderBy(asc(slot.start));
  for (const it of found) byRoom.get(it.room)?.push(toSlot(it));
  return byRoom;
}

// What overlaps is found at once for all rooms, by when it ends; what comes too soon after, by room.
const freeDuring = prepared((tx, it: Gaps<Interval & { latest: Instant; capacity: number }>) =>
  tx
    .select()
    .from(room)
    .where(
      and(
        eq(room.active, true),
        gte(room.capacity, it.capacity),
        sql`${room.id} NOT IN (SELECT ${slot.room} FROM ${slot}
          WHERE ${slot.end} > ${it.start} AND ${slot.end} < ${it.latest} AND ${slot.start} < ${it.end})`,
        sql`(${room.buffer} = 0 OR NOT EXISTS (SELECT 1 FROM ${slot} WHERE ${slot.room} = ${room.id}
          AND ${slot.start} >= ${it.end} AND ${slot.start} < ${it.end} + ${room.buffer} * ${minute}))`,
      ),
    )
    .orderBy(asc(room.capacity), asc(room.name)),
);

/**
 * Active rooms for at least `capacity` that are free over `[start, end)` and their own buffer after it,
 * smallest first.
 */
export const freeRooms = (tx: Tx, { start, end }: Interval, capacity: number): Promise<Room[]> =>
  freeDuring(tx, { start, end, latest: end + longestSlot, capacity });

/**
 * The first moment at or after `from` at which the room is free for `length` ms (without looking past `end`),
 * from what is held in it, sorted by start.
 * @param allowed the first moment at or after another at which something may begin.
 */
export function firstGap(
  slots: readonly Interval[],
  from: Instant,
  length: number,
  end: Instant,
  allowed: (at: Instant) => Instant,
): Instant | null {
  let start = allowed(from);
  for (const taken of slots) {
    if (taken.start - start >= length) break;
    if (taken.end > start) start = allowed(taken.end);
  }
  return start + length <= end ? start : null;
}

const toSlot = (it: typeof slot.$inferSelect): Slot => ({
  room: it.room,
  start: it.start,
  end: it.end,
  owner: it.owner as Subject,
  part: it.part,
});
