import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { aRequest, aRoom, at, intervalsApart, local, tuesday } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import type { DraftId, PersonId, RoomId } from '../../core/ids.ts';
import type { Details } from '../booking/index.ts';
import { held, type Room } from '../rooms/domain.ts';
import { addRules, defaultRules } from '../rules/index.ts';
import { alternatives, bySimilarity, type Candidate, type Wanted } from './alternatives.ts';
import { judgeDraft, readDraft } from './judge.ts';

const quarter = 15 * minute;
const allowed = () => null;
/** 10:00 to 11:00 on Wednesday. */
const wanted = (its: Partial<Wanted> = {}): Wanted => ({
  ...aRequest({ start: at('2026-12-02T10:00'), end: at('2026-12-02T11:00') }),
  room: aRoom(),
  ...its,
});
const free = (room: Room, ...slots: Array<[string, string]>): Candidate => ({
  room,
  rules: defaultRules,
  slots: slots.map(([start, end]) => ({ start: at(start), end: at(end) })),
});
const found = (them: ReturnType<typeof alternatives>) => them.map((it) => `${it.room} ${local(it.start)}`);
const other = (name: string, its: Partial<Room> = {}) => aRoom({ id: name as RoomId, name, ...its });

describe('[2.1] alternatives', () => {
  test('are the same room near in time, other rooms at the time, then both; no kind fills the list', () => {
    const taken: [string, string] = ['2026-12-02T10:00', '2026-12-02T11:00'];
    const rooms = [
      free(aRoom(), taken),
      free(other('b')),
      free(other('c')),
      free(other('d', { zone: 'Asia/Taipei' }), taken),
    ];
    expect(found(alternatives(wanted(), rooms, allowed, tuesday))).toEqual([
      'alps 2026-12-02T09:00',
      'alps 2026-12-02T11:00',
      'b 2026-12-02T10:00',
      'c 2026-12-02T10:00',
      'd 2026-12-02T09:00',
    ]);
  });

  test('of one room lie apart, and go on to the next working day where this one is full', () => {
    const rooms = [free(aRoom(), ['2026-12-04T08:00', '2026-12-04T19:30'])];
    const friday = { start: at('2026-12-04T15:00'), end: at('2026-12-04T16:00') };
    expect(found(alternatives(wanted(friday), rooms, allowed, tuesday))).toEqual([
      'alps 2026-12-07T15:00',
      'alps 2026-12-07T14:00',
      'alps 2026-12-07T16:00',
    ]);
  });

  test('leave the room out where something is wrong that no other time would mend', () => {
    const looked: number[] = [];
    const tooSmall = (_: Room, { start }: { start: number }) => {
      looked.push(start);
      return { key: 'booking.refused.capacity', field: 'headcount' } as const;
    };
    expect(alternatives(wanted(), [free(aRoom())], tooSmall, tuesday)).toEqual([]);
    expect(looked).toHaveLength(1);
  });

  test('prefer rooms of the same site, kind and size; where any will do, the smallest that fits', () => {
    const rooms = [
      other('far', { site: 'Munich' }),
      other('online', { kind: 'online' }),
      other('huge', { capacity: 40 }),
      other('like', { capacity: 9 }),
      other('small', { capacity: 3 }),
      aRoom(),
    ];
    const sorted = (room: Room | null) =>
      [...rooms].sort(bySimilarity({ room, headcount: 2 })).map((it) => it.name);
    expect(sorted(aRoom())).toEqual(['Alps', 'like', 'small', 'huge', 'online', 'far']);
    expect(sorted(null)).toEqual(['small', 'Alps', 'far', 'online', 'like', 'huge']);
  });
});

const candidates = fc
  .array(
    fc.record({
      slots: intervalsApart,
      buffer: fc.constantFrom(0, 15),
      zone: fc.constantFrom('Europe/Berlin', 'Asia/Kolkata'),
      capacity: fc.integer({ min: 2, max: 9 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rooms) =>
    rooms.map(({ slots, buffer, zone, capacity }, index): Candidate => {
      const from = at('2026-12-02T08:00');
      return {
        room: other(`room ${index}`, { buffer, zone, capacity }),
        rules: defaultRules,
        slots: slots.map((it) => ({
          start: from + it.start * 2 * quarter,
          end: from + it.end * 2 * quarter,
        })),
      };
    }),
  );
const asked = fc.record({
  candidates,
  from: fc.nat({ max: 40 }),
  named: fc.boolean(),
  quarters: fc.integer({ min: 1, max: 8 }),
});

test('[2.1] whatever is held: alternatives are free, apart, never what was asked for, and come in one order', () => {
  fc.assert(
    fc.property(asked, ({ candidates, from, named, quarters }) => {
      const start = at('2026-12-02T08:00') + from * quarter;
      const room = named ? (candidates[0] as Candidate).room : null;
      const wish = wanted({ start, end: start + quarters * quarter, room });
      const inOrder = [...candidates].sort((a, b) => bySimilarity(wish)(a.room, b.room));
      const offers = alternatives(wish, inOrder, allowed, tuesday);

      expect(offers.length).toBeLessThanOrEqual(5);
      for (const offer of offers) {
        const candidate = candidates.find((it) => it.room.id === offer.room) as Candidate;
        const whole = held(offer, candidate.room);
        expect(candidate.slots.filter((it) => it.start < whole.end && whole.start < it.end)).toEqual([]);
        expect(offer.end - offer.start).toBe(wish.end - wish.start);
        expect(offer.room === room?.id && offer.start === start).toBe(false);
        const others = offers.filter((it) => it !== offer && it.room === offer.room);
        expect(others.filter((it) => it.start < offer.end && offer.start < it.end)).toEqual([]);
        expect(others.length).toBeLessThan(3);
      }
      const kinds = offers.map((it) => (it.room === room?.id ? 0 : it.start === start ? 1 : 2));
      expect(kinds).toEqual([...kinds].sort());
      const reversed = [...candidates].reverse().sort((a, b) => bySimilarity(wish)(a.room, b.room));
      expect(alternatives(wish, reversed, allowed, tuesday)).toEqual(offers);
    }),
    { numRuns: 300 },
  );
});

test('[2.1] the first in the same room is the nearest of all', () => {
  fc.assert(
    fc.property(asked, ({ candidates, from, quarters }) => {
      const [candidate] = candidates as [Candidate];
      const start = at('2026-12-02T08:00') + from * quarter;
      const length = quarters * quarter;
      const wish = wanted({ start, end: start + length, room: candidate.room });
      const [first] = alternatives(wish, [candidate], allowed, tuesday);
      const opens = at('2026-12-02T08:00', candidate.room.zone);
      for (let it = opens; it + length <= opens + 12 * 60 * minute; it += quarter) {
        const whole = held({ start: it, end: it + length }, candidate.room);
        const isFree = candidate.slots.every((slot) => slot.end <= whole.start || slot.start >= whole.end);
        if (it !== start && isFree && local(start, candidate.room.zone).startsWith('2026-12-02'))
          expect(Math.abs((first?.start ?? 0) - start)).toBeLessThanOrEqual(Math.abs(it - start));
      }
    }),
    { numRuns: 100 },
  );
});

describe('[2.1] what is offered can be had', () => {
  let world: World;
  let people: Someone[];
  let rooms: RoomId[];

  beforeAll(async () => {
    world = await createWorld();
    people = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
    const [ann, ben, rae] = people as [Someone, Someone, Someone];
    rooms = [
      await world.room({ name: 'Alps', reviewers: [rae], buffer: 15 }),
      await world.room({ name: 'Own', reviewers: [ann] }),
      await world.room({ name: 'Short', reviewers: [rae, ben], maxMinutes: 60, equipment: [] }),
      await world.room({ name: 'Late', reviewers: [rae], opens: 12 * 60, capacity: 20 }),
      await world.room({ name: 'Night', reviewers: [rae], site: 'Munich', capacity: 3 }),
      await world.room({ name: 'Taipei', reviewers: [rae], zone: 'Asia/Taipei' }),
      await world.room({ name: 'Old', reviewers: [rae], active: false }),
    ];
    const approval = [
      { name: 'Small', when: { maxHeadcount: 1, workingHours: true }, decision: 'approve' as const },
      { name: 'Late', when: { workingHours: false, sites: ['Munich'] }, decision: 'refuse' as const },
      { name: 'Two', when: { minMinutes: 120 }, decision: 'askTwo' as const },
    ];
    const document = { organisation: { ...defaultRules, approval }, sites: { Munich: { closes: 18 * 60 } } };
    await world.db.transact((tx) => addRules(tx, { by: rae.person, from: 0, document }));
  });
  afterAll(() => world.stop());

  const wish = fc.record({
    who: fc.nat({ max: 2 }),
    room: fc.option(fc.nat({ max: 6 }), { freq: 5 }),
    day: fc.integer({ min: 1, max: 6 }),
    start: fc.integer({ min: 30, max: 82 }),
    quarters: fc.integer({ min: 1, max: 10 }),
    headcount: fc.integer({ min: 1, max: 10 }),
    projector: fc.boolean(),
  });
  type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

  const typedOf = (it: Wish) => ({
    token: 't',
    zone: 'Europe/Berlin',
    room: it.room === null ? 'any' : (rooms[it.room] ?? 'any'),
    topic: 'Review',
    date: `2026-12-0${it.day}`,
    start: local(at('2026-12-01T00:00') + it.start * quarter).slice(11),
    duration: String(it.quarters * 15),
    attendees: [],
    headcount: String(it.headcount),
    equipment: it.projector ? ['projector'] : [],
    confidential: false,
    note: '',
  });
  const draftOf = (it: Wish) => ({
    id: 'd' as DraftId,
    person: people[it.who]?.person as PersonId,
    typed: typedOf(it),
    revision: 1,
    at: tuesday,
    booking: null,
  });

  class Undo extends Error {}
  /** Does it, looks, and undoes it. */
  const tried = async (work: Parameters<World['db']['transact']>[0]) =>
    world.db
      .transact(async (tx) => {
        await work(tx);
        throw new Undo();
      })
      .catch((cause) => {
        if (!(cause instanceof Undo)) throw cause;
      });

  test('by the real service, at that moment, with everything else as it was', async () => {
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 12 }), wish, async (before, last) => {
        await tried(async (tx) => {
          const origin = { tx, now: tuesday, actor: null, source: 'test' };
          const request = async (details: Omit<Details, 'room'>, room: Room) =>
            world.bookings.request(origin, room, details);
          for (const it of before) {
            const read = await readDraft(tx, draftOf(it));
            if (read.ok && read.wish.room) await request(read.wish.details, read.wish.room);
          }
          const judged = await judgeDraft(world.bookings, tx, tuesday, draftOf(last));
          if (judged.kind !== 'refused') return;
          for (const { room, start, end } of judged.offers) {
            offered++;
            // Each on its own: what one takes is not there for the next.
            const outcome = await request({ ...judged.wish.details, start, end }, room);
            if (!outcome.ok) throw new Error(`${room.name} ${local(start)}: ${outcome.refusal.key}`);
            const id = outcome.booking.id;
            await world.bookings.change(origin, id, {
              type: 'cancel',
              by: judged.wish.details.host,
              reason: 'Test',
            });
          }
        });
      }),
      { numRuns: 40 },
    );
    expect(offered).toBeGreaterThan(10);
  });

  test('asks as few questions of the database among many rooms as among few', async () => {
    const questions = async () => {
      const asked = countStatements();
      const last = { who: 0, room: 0, day: 2, start: 82, quarters: 4, headcount: 1, projector: false };
      const judged = await judgeDraft(world.bookings, world.db.read, tuesday, draftOf(last));
      return { count: asked.end(), offers: judged.kind === 'refused' ? judged.offers.length : 0 };
    };
    const few = await questions();
    expect(few.count).toBeGreaterThan(0);
    const [, , rae] = people as [Someone, Someone, Someone];
    for (let n = 0; n < 30; n++) await world.room({ name: `More ${n}`, reviewers: [rae] });
    const many = await questions();
    expect([many.count, few.offers > 0, many.offers]).toEqual([few.count, true, 5]);
  });
});

/** Counts what is asked of any database from now on. */
function countStatements(): { end(): number } {
  const statements = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'));
  const { all, get } = statements;
  let count = 0;
  const counting = (run: (...values: unknown[]) => unknown) =>
    function (this: unknown, ...values: unknown[]) {
      count++;
      return run.apply(this, values);
    };
  Object.assign(statements, { all: counting(all), get: counting(get) });
  return {
    end() {
      Object.assign(statements, { all, get });
      return count;
    },
  };
}
