import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asc, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { aRoom, tuesday } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import { findRooms, held, type Room } from '../rooms/index.ts';
import { slot } from '../rooms/schema.ts';
import { type Booking, detailsOf, holdings, isLive, matterOf } from './domain.ts';
import { booking, bookingTransition } from './schema.ts';
import { findBookings } from './store.ts';

/*
 * Several bookings in the same rooms, whoever does what at once: on the database, through the service, with the jobs.
 */

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
/** Anybody, or (null) the one whose business it is. */
const anybody = fc.oneof(fc.constant(null), fc.constant(null), who);
const place = {
  room: fc.nat({ max: 2 }),
  from: fc.integer({ min: 4, max: 24 }),
  quarters: fc.integer({ min: 1, max: 4 }),
};
const which = fc.nat({ max: 5 });

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('request' as const), who, ...place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('revise' as const, 'propose' as const),
      who: anybody,
      which,
      ...place,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      type: fc.constantFrom(
        ...([
          'approve',
          'approve',
          'approve',
          'approve',
          'reject',
          'withdraw',
          'withdrawChange',
          'cancel',
        ] as const),
        ...(['confirmCancel', 'takeBackCancel', 'acceptProposal', 'declineProposal'] as const),
        ...(['offerHandover', 'acceptHandover'] as const),
      ),
      who: anybody,
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('expire' as const, 'escalate' as const, 'timeOut' as const),
      which,
    }),
  },
);
/** Steps that are taken at once, and how long after the ones before. */
const round = fc.record({
  wait: fc.oneof(fc.nat({ max: 10 }), fc.nat({ max: 10 }), fc.nat({ max: 90 })),
  steps: fc.array(step, { minLength: 2, maxLength: 7, size: 'max' }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const nth = (n: number): PersonId => (people[n] as Someone).person;

/** What each run begins with; two want the same time in the room where they may. */
const first: Step[] = [
  { type: 'request', who: 3, room: 0, from: 12, quarters: 4 },
  { type: 'request', who: 4, room: 1, from: 12, quarters: 2 },
  { type: 'request', who: 3, room: 2, from: 16, quarters: 2 },
  { type: 'request', who: 4, room: 2, from: 17, quarters: 2 },
];

let runs = 0;

/** Three new rooms for each run, for what was booked stays booked: one plain, one with a buffer, one tentative. */
async function newRooms(): Promise<Room[]> {
  const [, rae, roy] = people as [Someone, Someone, Someone];
  const name = `Run ${++runs}`;
  const ids = [
    await world.room({ name: `${name} a`, reviewers: [rae] }),
    await world.room({ name: `${name} b`, reviewers: [rae, roy], buffer: 15 }),
    await world.room({ name: `${name} c`, reviewers: [rae, roy], buffer: 5, tentative: true }),
  ];
  const found = await findRooms(world.db.read, ids);
  return ids.map((id) => found.get(id) ?? aRoom());
}

const inRooms = async (rooms: Room[]): Promise<Booking[]> => {
  const rows = await world.db.read
    .select({ id: booking.id })
    .from(booking)
    .where(
      inArray(
        booking.room,
        rooms.map((room) => room.id),
      ),
    );
  const found = await findBookings(
    world.db.read,
    rows.map((row) => row.id),
  );
  return found.sort((a, b) => a.number - b.number);
};

async function take(step: Step, now: number, rooms: Room[]): Promise<void> {
  const { bookings } = world;
  await world.db.transact(async (tx) => {
    const origin = { tx, now, actor: null, source: 'test' };
    const placeIn = (it: { room: number; from: number; quarters: number }) => {
      const start = tuesday + (it.from + 3) * 15 * minute;
      return { room: rooms[it.room]?.id ?? aRoom().id, start, end: start + it.quarters * 15 * minute };
    };
    if (step.type === 'request') {
      const host = nth(step.who);
      const room = rooms[step.room] ?? aRoom();
      await bookings.request({ ...origin, actor: host }, room, {
        host,
        topic: 'Model',
        ...placeIn(step),
        attendees: [nth((step.who + 1) % 5)],
        headcount: 2,
        equipment: [],
        confidential: false,
        note: '',
      });
      return;
    }
    // What is committed: the others of this round may be ahead.
    const all = await inRooms(rooms);
    const target = all[step.which % all.length];
    if (!target) return;
    const asOf = matterOf(target)?.asOf ?? 1;
    if (!('who' in step)) {
      const command = {
        expire: { type: 'expire' },
        escalate: { type: 'escalate', asOf },
        timeOut: { type: 'confirmCancel', by: null, asOf },
      } as const;
      await bookings.change(origin, target.id, command[step.type]);
      return;
    }
    const isReviewers = ['approve', 'reject', 'confirmCancel', 'propose'].includes(step.type);
    const [, rae, roy] = people as [Someone, Someone, Someone];
    const judge = target.host === rae.person ? roy.person : rae.person;
    const rightful = isReviewers ? judge : step.type === 'acceptHandover' ? target.handover?.to : target.host;
    const by = step.who === null ? (rightful ?? target.host) : nth(step.who);
    const acting = { ...origin, actor: by };
    switch (step.type) {
      case 'revise':
        await bookings.revise(acting, target.id, {
          by,
          to: { ...detailsOf(target), ...placeIn(step) },
          apart: false,
        });
        return;
      case 'propose':
        await bookings.propose(acting, target.id, { by, asOf, place: placeIn(step) });
        return;
      case 'approve':
      case 'confirmCancel':
        await bookings.change(acting, target.id, { type: step.type, by, asOf });
        return;
      case 'reject':
        await bookings.change(acting, target.id, { type: step.type, by, asOf, reason: 'No' });
        return;
      case 'cancel':
        await bookings.change(acting, target.id, { type: step.type, by, reason: 'Ill' });
        return;
      case 'offerHandover':
        await bookings.change(acting, target.id, { type: step.type, by, to: nth(step.which % 5) });
        return;
      default:
        await bookings.change(acting, target.id, { type: step.type, by });
    }
  });
}

test('[2.1] [2.2] [2.4] [2.5] [2.6] whoever does what at once, the database holds together', async () => {
  // Chance may leave something out: it goes on until all of it was about something.
  let missing: readonly string[] = eventful;
  for (let tries = 0; tries < 6 && missing.length > 0; tries++) {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 5, maxLength: 8, size: 'max' }), async (rounds) => {
        const rooms = await newRooms();
        let now = tuesday;
        await Promise.all(first.map((it) => take(it, now, rooms)));
        for (const { wait, steps } of rounds) {
          now += wait * minute;
          await Promise.all(steps.map((it) => take(it, now, rooms)));
          await check(rooms);
        }
      }),
      { numRuns: 12 },
    );
    const kept = await world.db.read.select({ event: bookingTransition.event }).from(bookingTransition);
    const happened = new Set<string>(kept.map(({ event }) => event.type));
    missing = eventful.filter((type) => !happened.has(type));
  }
  expect(missing).toEqual([]);
});

const eventful = ['approved', 'rejected', 'amended', 'changeRequested', 'proposed', 'cancelled'] as const;

async function check(rooms: Room[]): Promise<void> {
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const bookings = await inRooms(rooms);
  const slots = (await world.db.read.select().from(slot)).filter((it) => byId.has(it.room));
  const transitions = await world.db.read
    .select()
    .from(bookingTransition)
    .where(
      inArray(
        bookingTransition.booking,
        bookings.map((it) => it.id),
      ),
    )
    .orderBy(asc(bookingTransition.id));

  // Whatever lives holds exactly its slots; where several may ask for one, requests hold none of their own.
  const expected = bookings.flatMap((it) =>
    holdings(it).flatMap(({ part, ...place }) => {
      const room = byId.get(place.room) ?? aRoom();
      const asks = room.tentative && it.state.kind === 'requested' && part === 'own';
      return asks ? [] : [{ room: room.id, owner: bookingSubject(it.id), part, ...held(place, room) }];
    }),
  );
  const plain = slots.map(({ id: _, ...it }) => it);
  expect(plain).toHaveLength(expected.length);
  expect(plain).toEqual(expect.arrayContaining(expected));
  for (const a of slots)
    for (const b of slots)
      if (a.owner !== b.owner && a.room === b.room) expect(a.start >= b.end || b.start >= a.end).toBe(true);
  // Nobody goes on waiting for a slot that another has got.
  for (const given of bookings.filter((it) => it.state.kind === 'approved'))
    for (const other of bookings.filter((it) => it.state.kind === 'requested' && it.room === given.room))
      expect(other.start >= given.end || given.start >= other.end).toBe(true);

  for (const it of bookings) checkRecord(it, transitions);
}

type Kept = typeof bookingTransition.$inferSelect;

function checkRecord({ id, revision, state, ...booked }: Booking, transitions: Kept[]): void {
  const its = transitions.filter((it) => it.booking === id);
  expect(its.map((it) => it.revision)).toEqual(Array.from({ length: revision }, (_, n) => n + 1));
  expect(its.at(-1)?.toState).toBe(state.kind);
  for (const [n, it] of its.entries()) expect(it.fromState).toBe(its[n - 1]?.toState ?? null);
  const ends = its.filter((it) => !['requested', 'approved'].includes(it.toState));
  expect(ends).toHaveLength(isLive(state) ? 0 : 1);

  let host = its[0]?.event.type === 'requested' ? its[0].event.booking.host : null;
  for (const { event, actor } of its) {
    // Nobody decides their own, whoever they have become.
    if (['seconded', 'approved', 'changeApproved', 'proposed'].includes(event.type))
      expect(actor).not.toBe(host);
    if (event.type === 'handedOver') host = event.to;
  }
  expect(booked.host).toBe(host);
}
