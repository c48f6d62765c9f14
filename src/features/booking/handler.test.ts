import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, local, tuesday } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import { type BookingId, bookingSubject, type PersonId, type RoomId } from '../../core/ids.ts';
import { findRoom, hold, type Room } from '../rooms/index.ts';
import { slot } from '../rooms/schema.ts';
import type { Details } from './domain.ts';
import type { Outcome } from './handler.ts';
import { bookingTransition } from './schema.ts';

let world: World;
let rae: Someone;
let room: RoomId;

beforeEach(async () => {
  world = await createWorld();
  rae = await world.person('Rae');
  room = await world.room({ name: 'Alps', reviewers: [rae] });
});
afterEach(() => world.stop());

const details = (host: PersonId, start = '2026-12-01T15:00', minutes = 60): Omit<Details, 'room'> => ({
  host,
  topic: 'Design review',
  start: at(start),
  end: at(start) + minutes * minute,
  attendees: [],
  headcount: 1,
  equipment: [],
  confidential: false,
  note: '',
});

const roomOf = async (id: RoomId): Promise<Room> => {
  const found = await findRoom(world.db.read, id);
  if (!found) throw new Error('no such room');
  return found;
};

const ask = async (host: PersonId, start?: string, minutes?: number, id = room): Promise<Outcome> => {
  const its = await roomOf(id);
  return world.db.transact((tx) =>
    world.bookings.request(
      { tx, now: world.now(), actor: host, source: 'slack' },
      its,
      details(host, start, minutes),
    ),
  );
};

const slots = async () => world.db.read.select().from(slot);
const offer = (outcome: Outcome): string | null => {
  const offered = outcome.ok ? undefined : outcome.refusal.nearest?.figures?.at;
  return typeof offered === 'object' && 'instant' in offered ? local(offered.instant) : null;
};

describe('[2.1] one slot, one booking', () => {
  test('fifty requests for one slot at once give exactly one booking', async () => {
    const people = await Promise.all(Array.from({ length: 50 }, (_, n) => world.person(`P${n}`)));
    const outcomes = await Promise.all(people.map(({ person }) => ask(person)));
    expect(outcomes.filter((it) => it.ok)).toHaveLength(1);
    const reasons = outcomes.flatMap((it) => (it.ok ? [] : [it.refusal.key]));
    expect(new Set(reasons)).toEqual(new Set(['booking.refused.taken']));
    expect([(await bookingsIn(world.db)).length, (await slots()).length]).toEqual([1, 1]);
  });

  test('fifty who say “find me one” get the rooms that there are, each its own', async () => {
    for (const name of ['Andes', 'Atlas']) await world.room({ name, reviewers: [rae] });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        world.db.transact((tx) => {
          const host = `p${n}` as PersonId;
          const origin = { tx, now: tuesday, actor: host, source: 'slack' };
          return world.bookings.requestAny(origin, details(host), 'Europe/Berlin');
        }),
      ),
    );
    const rooms = outcomes.flatMap((it) => (it.ok ? [it.room.name] : []));
    expect(rooms.sort()).toEqual(['Alps', 'Andes', 'Atlas']);
    expect((await bookingsIn(world.db)).map((it) => it.number)).toEqual([1001, 1002, 1003]);
  });

  test('a slot that something else holds is respected, and a booking is never half made', async () => {
    const taken = {
      room,
      owner: bookingSubject('other' as BookingId),
      start: at('2026-12-01T15:30'),
      end: at('2026-12-01T16:30'),
    };
    await world.db.transact((tx) => hold(tx, taken));
    expect((await ask(rae.person)).ok).toBe(false);
    expect([(await bookingsIn(world.db)).length, await world.waiting()]).toEqual([0, []]);
  });

  test('one after the other fits to the minute; the time for tidying up is respected', async () => {
    const tidy = await world.room({ name: 'Tidy', reviewers: [rae], buffer: 10 });
    const ann = await world.person('Ann');
    const ok = async (start: string, id: RoomId) => (await ask(ann.person, start, 30, id)).ok;
    expect([await ok('2026-12-01T15:00', room), await ok('2026-12-01T15:30', room)]).toEqual([true, true]);
    expect([await ok('2026-12-01T15:00', tidy), await ok('2026-12-01T15:30', tidy)]).toEqual([true, false]);
    expect([await ok('2026-12-01T15:45', tidy), await ok('2026-12-01T14:30', tidy)]).toEqual([true, false]);
  });
});

describe('[2.1] when a room is taken, the offer', () => {
  const asked = async (its: { buffer?: number; held: Array<[string, number]>; want: [string, number] }) => {
    const ann = await world.person('Ann');
    const id = await world.room({ name: 'Busy', reviewers: [rae], buffer: its.buffer ?? 0 });
    for (const [start, minutes] of its.held)
      expect((await ask(ann.person, start, minutes, id)).ok).toBe(true);
    const refused = await ask(ann.person, ...its.want, id);
    const at = offer(refused);
    if (at) expect((await ask(ann.person, at, its.want[1], id)).ok).toBe(true);
    return at;
  };

  test('is the first gap that is long enough, and is taken when asked for', async () => {
    const held: Array<[string, number]> = [
      ['2026-12-01T15:00', 60],
      ['2026-12-01T16:30', 60],
    ];
    expect(await asked({ held, want: ['2026-12-01T15:30', 60] })).toBe('2026-12-01T17:30');
  });

  test('is on a step, though tidying up ends between two', async () => {
    expect(await asked({ buffer: 5, held: [['2026-12-01T15:00', 60]], want: ['2026-12-01T15:30', 30] })).toBe(
      '2026-12-01T16:15',
    );
  });

  test('is missing where the rest of the day has none', async () => {
    expect(await asked({ held: [['2026-12-01T16:00', 240]], want: ['2026-12-01T17:00', 60] })).toBeNull();
  });

  test('goes up to the closing, with the tidying up after it', async () => {
    expect(
      await asked({ buffer: 15, held: [['2026-12-01T16:00', 165]], want: ['2026-12-01T17:00', 60] }),
    ).toBe('2026-12-01T19:00');
  });
});

test('[2.6] every transition is kept with who, when, from where, and what changed', async () => {
  const ann = await world.person('Ann');
  const outcome = await ask(ann.person);
  if (!outcome.ok) throw new Error(outcome.refusal.key);
  const { id } = outcome.booking;
  world.moveTo(tuesday + 5 * minute);
  await world.db.transact((tx) =>
    world.bookings.change({ tx, now: world.now(), actor: rae.person, source: 'teams' }, id, {
      type: 'reject',
      by: rae.person,
      asOf: 1,
      reason: 'Cleaning',
    }),
  );
  const kept = await world.db.read.select().from(bookingTransition);
  expect(kept).toMatchObject([
    {
      booking: id,
      revision: 1,
      at: tuesday,
      actor: ann.person,
      source: 'slack',
      fromState: null,
      toState: 'requested',
    },
    {
      booking: id,
      revision: 2,
      at: tuesday + 5 * minute,
      actor: rae.person,
      source: 'teams',
      fromState: 'requested',
      toState: 'rejected',
      event: { type: 'rejected', by: rae.person, reason: 'Cleaning' },
    },
  ]);
  expect(kept[0]?.event).toMatchObject({ booking: { topic: 'Design review', headcount: 1 } });
});
