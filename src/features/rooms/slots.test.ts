import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { aRoom, intervalsApart, person } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { hour, minute } from '../../core/clock.ts';
import { type BookingId, bookingSubject, type RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import type { Interval } from './domain.ts';
import { slot } from './schema.ts';
import { firstGap, free, freeRooms, hold, type Slot, SlotTaken, slotsByRoom, slotsIn } from './slots.ts';
import { saveRoom } from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const owner = (name: string) => bookingSubject(name as BookingId);
const overlap = (a: Interval, b: Interval) => a.start < b.end && b.start < a.end;
const rooms = ['a', 'b', 'c'] as RoomId[];

const wanted: fc.Arbitrary<Slot> = fc
  .record({
    room: fc.constantFrom(...rooms),
    from: fc.nat({ max: 40 }),
    length: fc.integer({ min: 1, max: 8 }),
    by: fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5'),
  })
  .map(({ room, from, length, by }) => ({
    room,
    start: from * hour,
    end: (from + length) * hour,
    owner: owner(by),
    part: 'own' as const,
  }));

describe('[2.1] the database refuses a room that is taken', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: wanted.map((it) => ({ kind: 'hold', it }) as const) },
    wanted.map((it) => ({ kind: 'free', it }) as const),
    wanted.map((it) => ({ kind: 'move', it }) as const),
  );

  test('whatever is held, freed and moved, it holds what a plain list does, and never an overlap of two owners', async () => {
    const { db } = temporary;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await db.transact(async (tx) => void (await tx.delete(slot)));
        let model: Slot[] = [];
        for (const { kind, it } of steps) {
          const fits = (others: Slot[]) =>
            !others.some((other) => other.room === it.room && other.owner !== it.owner && overlap(other, it));
          if (kind === 'free') {
            model = model.filter((other) => other.owner !== it.owner);
            await db.transact((tx) => free(tx, it.owner));
          } else if (kind === 'hold') {
            const held = await db.transact((tx) => hold(tx, it)).then(() => true, takenOrThrow);
            expect(held).toBe(fits(model));
            if (held) model.push(it);
          } else {
            // By hand, as nothing moves a slot yet: the guard is the database's, not ours.
            const mine = model.find((other) => other.owner === it.owner);
            if (!mine) continue;
            // Somebody may hold the same twice, and both are moved.
            const isMoved = (other: Slot) => other.room === mine.room && other.start === mine.start;
            const others = model.filter((other) => !isMoved(other));
            const moved = await db.transact((tx) => move(tx, mine, it)).then(() => true, takenOrThrow);
            expect(moved).toBe(fits(others));
            if (moved) model = model.map((other) => (isMoved(other) ? it : other));
          }
        }
        const all = (
          await Promise.all(rooms.map((room) => slotsIn(db.read, room, { start: 0, end: 99 * hour })))
        ).flat();
        expect(sorted(all)).toEqual(sorted(model));
        for (const a of all)
          for (const b of all) expect(a.owner !== b.owner && a.room === b.room && overlap(a, b)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['empty', { start: hour, end: hour }],
    ['backwards', { start: 2 * hour, end: hour }],
    ['longer than any slot', { start: 0, end: 25 * hour + 1 }],
  ])('a slot that is %s is no slot', async (_, interval) => {
    const it = { room: rooms[0] as RoomId, owner: owner('b1'), ...interval };
    await expect(temporary.db.transact((tx) => hold(tx, it))).rejects.not.toBeInstanceOf(SlotTaken);
    await expect(temporary.db.transact((tx) => hold(tx, it))).rejects.toThrow();
  });

  test('the longest slot is found by everything that overlaps it', async () => {
    const room = rooms[0] as RoomId;
    const { db } = temporary;
    await db.transact((tx) => hold(tx, { room, owner: owner('b1'), start: 0, end: 25 * hour }));
    const last = { start: 25 * hour - 1, end: 26 * hour };
    await expect(db.transact((tx) => hold(tx, { room, owner: owner('b2'), ...last }))).rejects.toBeInstanceOf(
      SlotTaken,
    );
    expect(await slotsIn(db.read, room, last)).toHaveLength(1);
    expect((await slotsByRoom(db.read, rooms, last)).get(room)).toHaveLength(1);
  });
});

describe('[2.1] free rooms', () => {
  const room = fc.record({
    capacity: fc.integer({ min: 1, max: 6 }),
    buffer: fc.constantFrom(0, 15, 60),
    active: fc.boolean(),
  });

  test('are those that a look at each room finds, smallest first', async () => {
    const { db } = temporary;
    const given = fc.sample(room, { numRuns: 20, seed: 7 });
    const ids = await db.transact(async (tx) => {
      const ids: RoomId[] = [];
      for (const [n, its] of given.entries()) {
        const { id: _, ...facts } = aRoom({ name: `Room ${String(n).padStart(2, '0')}`, ...its });
        ids.push(await saveRoom(tx, { ...facts, reviewers: [person('rae')] }, null));
      }
      return ids;
    });
    const held: Slot[] = [];
    for (const it of fc.sample(wanted, { numRuns: 120, seed: 8 })) {
      const id = ids[held.length % ids.length] as RoomId;
      const slot = { ...it, room: id };
      if (held.some((other) => other.room === id && overlap(other, slot))) continue;
      await db.transact((tx) => hold(tx, slot));
      held.push(slot);
    }
    const names = new Map(ids.map((id, n) => [id, `Room ${String(n).padStart(2, '0')}`]));
    const number = fc.integer({ min: 0, max: 50 * 4 });
    await fc.assert(
      fc.asyncProperty(
        number,
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 6 }),
        async (from, length, capacity) => {
          const start = from * 15 * minute;
          const end = start + length * 15 * minute;
          const expected = ids
            .map((id, n) => ({ id, ...(given[n] as { capacity: number; buffer: number; active: boolean }) }))
            .filter((it) => it.active && it.capacity >= capacity)
            .filter((it) => {
              const wanted = { start, end: end + it.buffer * minute };
              return !held.some((slot) => slot.room === it.id && overlap(slot, wanted));
            })
            .sort(
              (a, b) =>
                a.capacity - b.capacity || (names.get(a.id) ?? '').localeCompare(names.get(b.id) ?? ''),
            );
          const found = await freeRooms(db.read, { start, end }, capacity);
          expect(found.map((it) => it.id)).toEqual(expected.map((it) => it.id));
        },
      ),
    );
  });
});

describe('[2.1] the first gap', () => {
  test('is what trying each moment finds', () => {
    const small = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        intervalsApart,
        fc.nat({ max: 50 }),
        small,
        fc.nat({ max: 60 }),
        fc.constantFrom(1, 2, 3),
        (slots, from, length, end, step) => {
          const isFree = (at: number) =>
            at % step === 0 && !slots.some((it) => overlap(it, { start: at, end: at + length }));
          let expected: number | null = null;
          for (let at = from; at + length <= end && expected === null; at++) if (isFree(at)) expected = at;
          const found = firstGap(slots, from, length, end, (at) => Math.ceil(at / step) * step);
          expect(found).toBe(expected);
        },
      ),
    );
  });
});

const move = async (tx: Tx, from: Slot, to: Slot): Promise<void> =>
  void (await tx
    .update(slot)
    .set(to)
    .where(and(eq(slot.room, from.room), eq(slot.start, from.start))));

const takenOrThrow = (cause: unknown): false => {
  if (cause instanceof SlotTaken || String((cause as Error).cause ?? cause).includes('slot taken'))
    return false;
  throw cause;
};

const sorted = (slots: readonly Slot[]) =>
  [...slots].sort((a, b) => a.room.localeCompare(b.room) || a.start - b.start || a.end - b.end);
