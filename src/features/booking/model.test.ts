import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aRoom, tuesday } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import { findRooms, held, type Room } from '../rooms/index.ts';
import { slot } from '../rooms/schema.ts';
import { isLive } from './domain.ts';
import { bookingTransition } from './schema.ts';

let world: World;
let people: Someone[];

beforeAll(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  people = [];
  // Ada is an admin; Rae and Roy review some of the rooms; all of them book.
  for (const name of ['Ada', 'Rae', 'Roy', 'Ann', 'Ben']) people.push(await world.person(name));
});
afterAll(() => world.stop());

const who = fc.nat({ max: 4 });
const which = fc.nat({ max: 7 });
/** Anybody, or (null) the one whose business it is. */
const anybody = fc.option(who, { freq: 1 });
const ask = fc.record({
  type: fc.constant('request' as const),
  who,
  room: fc.nat({ max: 1 }),
  from: fc.nat({ max: 20 }),
  quarters: fc.integer({ min: 1, max: 4 }),
});
const change = fc.record({
  type: fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const, 'withdraw' as const),
  who: anybody,
  which,
});
const expire = fc.record({ type: fc.constant('expire' as const), which });
const step = fc.oneof(
  { weight: 3, arbitrary: ask },
  { weight: 3, arbitrary: change },
  { weight: 1, arbitrary: expire },
);
/** Steps that are taken at once, and how long after the ones before. */
const round = fc.record({
  wait: fc.nat({ max: 150 }),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const nth = (n: number): PersonId => (people[n] as Someone).person;

let runs = 0;

/** Two new rooms for each run: what was booked stays booked. */
async function newRooms(): Promise<Room[]> {
  const [, rae, roy] = people as [Someone, Someone, Someone];
  const name = `Run ${++runs}`;
  const ids = [
    await world.room({ name: `${name} a`, reviewers: [rae] }),
    await world.room({ name: `${name} b`, reviewers: [rae, roy], buffer: 15 }),
  ];
  return [...(await findRooms(world.db.read, ids)).values()].sort((a, b) => a.buffer - b.buffer);
}

async function take(step: Step, now: number, rooms: Room[]): Promise<void> {
  await world.db.transact(async (tx) => {
    const origin = { tx, now, actor: null, source: 'test' };
    if (step.type === 'request') {
      const host = nth(step.who);
      const start = tuesday + (step.from + 3) * 15 * minute;
      const room = rooms[step.room] ?? aRoom();
      await world.bookings.request({ ...origin, actor: host }, room, {
        host,
        topic: 'Model',
        start,
        end: start + step.quarters * 15 * minute,
        attendees: [],
        headcount: 1,
        equipment: [],
        confidential: false,
        note: '',
      });
      return;
    }
    const mine = (await bookingsIn(world.db)).filter((it) => rooms.some((room) => room.id === it.room));
    const target = mine[step.which % mine.length];
    if (!target) return;
    if (step.type === 'expire') {
      await world.bookings.change(origin, target.id, { type: 'expire' });
      return;
    }
    const rightful = step.type === 'withdraw' ? target.host : nth(1);
    const by = step.who === null ? rightful : nth(step.who);
    const command = step.type === 'reject' ? { type: step.type, by, reason: 'No' } : { type: step.type, by };
    await world.bookings.change({ ...origin, actor: by }, target.id, command);
  });
}

test('[2.1] [2.2] [2.6] whoever does what at once, the database holds together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 3, maxLength: 6, size: 'max' }), async (rounds) => {
      const rooms = await newRooms();
      let now = tuesday;
      for (const { wait, steps } of rounds) {
        now += wait * minute;
        await Promise.all(steps.map((it) => take(it, now, rooms)));
      }
      await check(rooms);
    }),
    { numRuns: 40 },
  );
  const states = new Set((await bookingsIn(world.db)).map((it) => it.stateKind));
  expect([...states].sort()).toEqual(['approved', 'expired', 'rejected', 'requested', 'withdrawn']);
});

async function check(rooms: Room[]): Promise<void> {
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const bookings = (await bookingsIn(world.db)).filter((it) => byId.has(it.room));
  const slots = (await world.db.read.select().from(slot)).filter((it) => byId.has(it.room));
  const transitions = await world.db.read.select().from(bookingTransition);

  // Whatever lives holds exactly its slot; what has ended holds none; nothing else is held.
  const live = bookings.filter((it) => isLive(it.state));
  const expected = live.map((it) => {
    const room = byId.get(it.room) ?? aRoom();
    return { room: room.id, owner: bookingSubject(it.id), ...held(it, room) };
  });
  const plain = slots.map(({ room, owner, start, end }) => ({ room, owner, start, end }));
  expect(plain).toHaveLength(expected.length);
  expect(plain).toEqual(expect.arrayContaining(expected));
  for (const a of slots)
    for (const b of slots)
      if (a !== b && a.room === b.room) expect(a.start >= b.end || b.start >= a.end).toBe(true);

  for (const booking of bookings) {
    const its = transitions.filter((it) => it.booking === booking.id);
    expect(its.map((it) => it.revision)).toEqual(Array.from({ length: booking.revision }, (_, n) => n + 1));
    expect(its.at(-1)?.toState).toBe(booking.stateKind);
    const decisions = its.filter((it) => ['approved', 'rejected'].includes(it.toState));
    expect(decisions.length).toBeLessThanOrEqual(1);
    if (booking.state.kind === 'approved') expect(decisions).toMatchObject([{ actor: booking.state.by }]);
    for (const it of decisions) expect(it.actor).not.toBe(booking.host);
  }
}
