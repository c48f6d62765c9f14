import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aBooking, at, person } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { day, hour } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import { type Booking, evolve } from '../booking/index.ts';
import { saveTransition } from '../booking/store.ts';
import type { Sought } from './conditions.ts';
import { mayRead, maySee, type Viewer } from './domain.ts';
import { findByScan, findRecords } from './find.ts';

/*
 * The quick way of finding against two slow ones: one plain condition in SQL, and a walk through all bookings in
 * JavaScript that knows nothing of either.
 */

const people = ['ann', 'ben', 'cem', 'dee'].map(person);
const rooms = ['alps', 'rhine', 'oder'].map((it) => it as RoomId);
const topics = ['Design review', 'Budget', '預算會議', '會議 review', 'Design 預算'];
const words = ['design', 'review', '預算', '会议', '議', 'design 預算', 'nothing', '!'];
const first = at('2026-11-20T09:00');

let temporary: TemporaryDatabase;
const bookings: Booking[] = [];

beforeAll(async () => {
  temporary = temporaryDatabase();
  const pick = <T>(among: readonly T[], n: number): T => among[n % among.length] as T;
  for (let n = 0; n < 60; n++) {
    const booking = aBooking({
      id: `b${n}` as BookingId,
      number: 1001 + n,
      room: pick(rooms, n * 7),
      host: pick(people, n),
      attendees: n % 3 === 0 ? [] : [pick(people, n + 1 + (n % 2))],
      topic: pick(topics, n * 3),
      confidential: n % 4 === 0,
      start: first + ((n * 11) % 40) * day,
      end: first + ((n * 11) % 40) * day + hour,
    });
    await temporary.db.transact(async (tx) => {
      const origin = { at: first, actor: booking.host, source: 'slack' };
      const asked = { type: 'requested', booking } as const;
      await saveTransition(tx, { before: null, after: booking, event: asked, ...origin });
      const over = { type: 'expired', at: first } as const;
      const after = n % 5 === 0 ? evolve(booking, over) : booking;
      if (after !== booking)
        await saveTransition(tx, { before: booking.state, after, event: over, ...origin });
      bookings.push(after);
    });
  }
});
afterAll(() => temporary.remove());

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const some = <T>(among: readonly T[]) => fc.subarray([...among], { minLength: 0 });

const soughts: fc.Arbitrary<Sought> = fc.record({
  number: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.integer({ min: 1000, max: 1062 })),
  person: maybe(fc.constantFrom(...people).map((it) => [it])),
  room: fc.constant(null),
  site: fc.constant(null),
  department: fc.constant(null),
  state: maybe(fc.constantFrom('requested' as const, 'expired' as const)),
  from: maybe(fc.nat({ max: 40 }).map((n) => first + n * day)),
  until: maybe(fc.nat({ max: 40 }).map((n) => first + n * day)),
  words: maybe(fc.constantFrom(...words)),
  rooms: maybe(some(rooms)),
  hosts: maybe(some(people)),
});
const viewers: fc.Arbitrary<Viewer> = fc.record({
  selves: fc.constantFrom(...people).map((it) => [it]),
  rooms: some(rooms),
  all: fc.boolean(),
});

/** Few enough for whoever is invited here to be crowded, or the usual. */
const limits = fc.constantFrom(
  { invited: 2, latest: 25, rare: 0 },
  { invited: 2, latest: 3, rare: 1_000 },
  { invited: 2, latest: 3, rare: 5 },
  undefined,
);

const holds: Record<string, (topic: string) => boolean> = {
  design: (topic) => topic.includes('Design'),
  review: (topic) => topic.includes('review'),
  預算: (topic) => topic.includes('預算'),
  会议: (topic) => topic.includes('會議'),
  議: (topic) => topic.includes('議'),
  'design 預算': (topic) => topic === 'Design 預算',
  nothing: () => false,
  '!': () => false,
};

function plainly(sought: Sought, viewer: Viewer): string[] {
  const { number, person: who, state, from, until, words: said, rooms: where, hosts } = sought;
  const found = bookings.filter((it) => {
    const known = mayRead(viewer, it);
    return (
      maySee(viewer, it) &&
      (number === null || it.number === number) &&
      (who === null || who.includes(it.host) || (known && it.attendees.some((one) => who.includes(one)))) &&
      (state === null || it.state.kind === state) &&
      (from === null || it.start >= from) &&
      (until === null || it.start < until) &&
      (where === null || where.includes(it.room)) &&
      (hosts === null || hosts.includes(it.host)) &&
      (said === null || (known && holds[said]?.(it.topic) === true))
    );
  });
  const latest = (a: Booking, b: Booking) => (said === null ? b.start - a.start : 0) || b.number - a.number;
  return found.sort(latest).map((it) => it.id);
}

test('[2.6] what is found is what a walk through all bookings finds, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      soughts,
      viewers,
      fc.integer({ min: 1, max: 3 }),
      limits,
      async (sought, viewer, page, its) => {
        const pageSize = 7;
        const all = plainly(sought, viewer);
        const part = all.slice((page - 1) * pageSize, page * pageSize);
        const found = await findRecords(temporary.db.read, sought, viewer, { page, pageSize }, its);
        expect(found.bookings.map((it) => it.id)).toEqual(part);
        expect(found.more).toBe(all.length > page * pageSize);
        expect(await findByScan(temporary.db.read, sought, viewer, { page, pageSize })).toEqual(part);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
