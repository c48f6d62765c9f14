import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { aRoom, at } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId, PersonId, RoomId } from '../../core/ids.ts';
import { type Room, saveRoom } from '../rooms/index.ts';
import { defaultRules } from '../rules/index.ts';
import { rulesVersion } from '../rules/schema.ts';
import { countPart, countPeriod, type Query } from './count.ts';
import { addUp, type Counted } from './counting.ts';
import {
  decisionBounds,
  type Figure,
  fillClasses,
  leadBounds,
  outcomes,
  type Statistics,
  sizeBounds,
} from './domain.ts';
import { bookingFigure, refusedRequest } from './schema.ts';

let temporary: TemporaryDatabase;
beforeEach(async () => {
  temporary = temporaryDatabase();
  const document = { organisation: { ...defaultRules, opens: 0, closes: 1440 }, sites: {} };
  await temporary.db.transact((tx) =>
    tx.insert(rulesVersion).values({ version: 1, from: 0, by: 'default', document }),
  );
});
afterEach(() => temporary.remove());

type Booked = Figure & { room: RoomId };
type Wanted = { room: RoomId | null; zone: string; headcount: number; start: number };

const query = (its: Partial<Query> = {}): Query => ({
  // Over the end of summer time in Berlin, and in New York a week later.
  period: { from: '2026-10-23', until: '2026-11-03' },
  site: null,
  room: null,
  department: null,
  byDepartment: true,
  now: at('2026-10-01T09:00'),
  ...its,
});

const drafts = [
  { name: 'Alps', site: 'Berlin', zone: 'Europe/Berlin', capacity: 8, opens: 0, closes: 1440 },
  { name: 'Rhine', site: 'Berlin', zone: 'Europe/Berlin', capacity: 4, opens: 510, closes: 1110 },
  { name: 'Hudson', site: 'New York', zone: 'America/New_York', capacity: 16, opens: null, closes: null },
];

async function addRooms(its: ReadonlyArray<Partial<Room>> = drafts): Promise<Room[]> {
  const rooms: Room[] = [];
  for (const it of its) {
    const { id: _, ...facts } = aRoom(it);
    const id = await temporary.db.transact((tx) =>
      saveRoom(tx, { ...facts, reviewers: ['rae' as PersonId] }, null),
    );
    rooms.push({ id, ...facts });
  }
  return rooms;
}

/** Round the clock, unless the room says less: the nights in which clocks are changed count as well. */
const openHours = (room: Room) => ({ opens: room.opens ?? 0, closes: room.closes ?? 1440 });

async function fill(booked: readonly Booked[], wanted: readonly Wanted[] = []): Promise<void> {
  await temporary.db.transact(async (tx) => {
    await tx.delete(bookingFigure);
    await tx.delete(refusedRequest);
    let n = 0;
    for (const it of booked)
      await tx.insert(bookingFigure).values({ booking: `b${n++}` as BookingId, ...it });
    for (const it of wanted)
      await tx.insert(refusedRequest).values({
        wish: `w${n++}`,
        at: 0,
        host: 'ann' as PersonId,
        department: null,
        end: it.start + 1,
        ...it,
      });
  });
}

const isIn = (start: number, zone: string, { period }: Query): boolean => {
  const date = DateTime.fromMillis(start, { zone }).toISODate() ?? '';
  return date >= period.from && date <= period.until;
};

/** Every number of the definitions, the plain and slow way: minute by minute and list by list. */
function slowly(rooms: readonly Room[], booked: readonly Booked[], wanted: readonly Wanted[], it: Query) {
  const counted = rooms.filter(
    (room) => room.id === (it.room ?? room.id) && room.site === (it.site ?? room.site),
  );
  const roomOf = (figure: Booked) => counted.find((room) => room.id === figure.room);
  const own = booked.filter(
    (figure) => roomOf(figure) && figure.department === (it.department ?? figure.department),
  );
  const cohort = own.filter((figure) => isIn(figure.start, roomOf(figure)?.zone ?? '', it));
  const held = cohort.filter((figure) => figure.outcome === 'approved');
  const grid = (room: Room, takes: (now: number) => boolean): number[] => {
    const cells = Array.from({ length: 168 }, () => 0);
    const { opens, closes } = openHours(room);
    let now = DateTime.fromISO(it.period.from, { zone: room.zone });
    const end = DateTime.fromISO(it.period.until, { zone: room.zone }).plus({ days: 1 });
    for (; now < end; now = now.plus({ minutes: 15 })) {
      const shown = now.hour * 60 + now.minute;
      if (shown < opens || shown >= closes || !takes(now.toMillis())) continue;
      const cell = (now.weekday - 1) * 24 + now.hour;
      cells[cell] = (cells[cell] ?? 0) + 15;
    }
    return cells;
  };
  const open = counted.map((room) => grid(room, () => true));
  const used = counted.map((room) =>
    grid(room, (now) =>
      own.some(
        (fig) => fig.room === room.id && fig.outcome === 'approved' && fig.start <= now && now < fig.end,
      ),
    ),
  );
  const sum = (grids: number[][]) =>
    Array.from({ length: 168 }, (_, cell) => total(grids.map((g) => g[cell] ?? 0)));
  const weekdays = (cells: number[] | undefined) => total((cells ?? []).slice(0, 5 * 24));
  const leads = cohort.map((fig) => Math.floor((fig.start - fig.requestedAt) / minute));
  const decisions = cohort.flatMap((fig) =>
    fig.decidedAt === null ? [] : [Math.floor((fig.decidedAt - fig.requestedAt) / minute)],
  );
  const fills = held.map((fig) => fig.headcount / (roomOf(fig)?.capacity ?? 1));
  const refused = wanted
    .filter((wish) => isIn(wish.start, wish.zone, it))
    .filter((wish) =>
      wish.room
        ? counted.some((room) => room.id === wish.room)
        : !it.room && (!it.site || counted.some((room) => room.zone === wish.zone)),
    )
    .filter(() => it.department === null)
    .map((wish) => wish.headcount);
  return {
    rooms: counted.map((room, n) => ({
      name: room.name,
      bookings: held.filter((fig) => fig.room === room.id).length,
      open: weekdays(open[n]),
      used: weekdays(used[n]),
    })),
    open: sum(open),
    booked: sum(used),
    departments: [...new Set(held.map((fig) => (it.byDepartment ? fig.department : null)))].map(
      (department) => {
        const theirs = held.filter((fig) => !it.byDepartment || fig.department === department);
        return {
          department,
          bookings: theirs.length,
          minutes: total(theirs.map((fig) => (fig.end - fig.start) / minute)),
        };
      },
    ),
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, cohort.filter((fig) => fig.outcome === outcome).length]),
    ),
    lead: spread(leads, leadBounds),
    decision: spread(decisions, decisionBounds),
    headcount: {
      bookings: held.length,
      people: total(held.map((fig) => fig.headcount)),
      seats: total(held.map((fig) => roomOf(fig)?.capacity ?? 0)),
      classes: fillClasses.map(
        (most, n) => fills.filter((fill) => fill <= most && fill > (fillClasses[n - 1] ?? -1)).length,
      ),
    },
    refused: {
      total: refused.length,
      bySize: [...sizeBounds, Number.POSITIVE_INFINITY].map(
        (most, n) => refused.filter((size) => size <= most && size > (sizeBounds[n - 1] ?? 0)).length,
      ),
    },
  };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, it) => sum + it, 0);

const spread = (durations: number[], bounds: readonly number[]) => {
  const sorted = durations.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    median: sorted[Math.ceil(sorted.length / 2) - 1] ?? null,
    classes: [...bounds, Number.POSITIVE_INFINITY].map(
      (bound, n) => sorted.filter((it) => it < bound && it >= (bounds[n - 1] ?? 0)).length,
    ),
  };
};

const quickly = async (it: Query) => inOrder(await countPeriod(temporary.db.read, it));

async function inParts(it: Query) {
  const parts: Counted[] = [];
  for (const n of [0, 1, 2]) parts.push(await countPart(temporary.db.read, it, { n, of: 3 }));
  return inOrder(addUp(parts));
}

function inOrder(found: Statistics) {
  const byName = <Named extends { name?: string; department?: string | null }>(a: Named, b: Named) =>
    `${a.name ?? a.department}`.localeCompare(`${b.name ?? b.department}`);
  return {
    ...found,
    rooms: found.rooms.map(({ name, bookings, open, used }) => ({ name, bookings, open, used })).sort(byName),
    departments: found.departments.toSorted(byName),
  };
}

const quarter = 15 * minute;

/** In quarter hours from the day before the period on; often so that a booking reaches over an end of a period. */
const anywhere = fc.integer({ min: 0, max: 14 * 96 });
const edges = [1, 4, 13].map((days) => fc.integer({ min: days * 96 - 48, max: days * 96 + 24 }));

/** Bookings from a day before the period to a day after it, on quarter hours; no two overlap in a room. */
const someBookings = (rooms: readonly Room[]): fc.Arbitrary<Booked[]> =>
  fc
    .array(
      fc.record({
        room: fc.constantFrom(...rooms),
        start: fc.oneof(anywhere, ...edges),
        length: fc.integer({ min: 1, max: 40 }),
        headcount: fc.integer({ min: 1, max: 4 }),
        department: fc.constantFrom('Sales', 'R&D', null),
        lead: fc.nat({ max: 50 * 1440 }),
        decided: fc.option(fc.nat({ max: 5 * 1440 })),
        outcome: fc.constantFrom(...outcomes),
      }),
      { maxLength: 25 },
    )
    .map((some) =>
      some
        .map(({ room, start, length, lead, decided, ...rest }) => {
          const from = at('2026-10-22T00:00', 'UTC') + start * quarter;
          const requestedAt = from - lead * minute;
          return {
            ...rest,
            room: room.id,
            start: from,
            end: from + length * quarter,
            requestedAt,
            decidedAt: decided === null ? null : requestedAt + decided * minute,
          };
        })
        .filter(
          (it, n, all) =>
            !all.slice(0, n).some((o) => o.room === it.room && o.start < it.end && it.start < o.end),
        ),
    );

const someWishes = (rooms: readonly Room[]): fc.Arbitrary<Wanted[]> =>
  fc
    .array(
      fc.record({
        room: fc.constantFrom(null, ...rooms.map((room) => room.id)),
        headcount: fc.integer({ min: 1, max: 30 }),
        start: fc.integer({ min: 0, max: 14 * 96 }),
      }),
      { maxLength: 8 },
    )
    .map((some) =>
      some.map(({ room, headcount, start }) => ({
        room,
        headcount,
        zone: rooms.find((it) => it.id === room)?.zone ?? 'Asia/Taipei',
        start: at('2026-10-22T00:00', 'UTC') + start * quarter,
      })),
    );

describe('[2.8] every number is that of the plain calculation', () => {
  test('over days of 23 to 25 hours, in several zones, of all and of a part', async () => {
    const rooms = await addRooms();
    const [alps] = rooms;
    const queries = [
      query(),
      query({ site: 'Berlin' }),
      query({ room: alps?.id ?? null }),
      query({ department: 'Sales' }),
      query({ byDepartment: false }),
      query({ period: { from: '2026-10-25', until: '2026-10-25' } }),
      query({ period: { from: '2026-11-01', until: '2026-11-01' }, site: 'New York' }),
    ];
    await fc.assert(
      fc.asyncProperty(
        someBookings(rooms),
        someWishes(rooms),
        fc.constantFrom(...queries),
        async (booked, wanted, asked) => {
          await fill(booked, wanted);
          const plain = slowly(rooms, booked, wanted, asked);
          expect(await inParts(asked)).toEqual(await quickly(asked));
          expect(await quickly(asked)).toEqual({
            ...plain,
            rooms: plain.rooms.toSorted((a, b) => a.name.localeCompare(b.name)),
            departments: plain.departments.toSorted((a, b) =>
              `${a.department}`.localeCompare(`${b.department}`),
            ),
          });
        },
      ),
      { numRuns: 30 },
    );
  });
});

const held = (room: Room | undefined, from: string, until: string): Booked => ({
  room: room?.id ?? ('' as RoomId),
  start: at(from),
  end: at(until),
  headcount: 2,
  department: null,
  requestedAt: at(from) - minute,
  decidedAt: null,
  outcome: 'approved',
});

test.each([
  ['begins the evening before', '2026-10-26T22:00', '2026-10-27T02:00', 0, 120],
  ['begins with the period', '2026-10-27T00:00', '2026-10-27T01:00', 1, 60],
  ['ends the morning after', '2026-10-27T23:00', '2026-10-28T01:00', 1, 60],
  ['begins as the period ends', '2026-10-28T00:00', '2026-10-28T01:00', 0, 0],
])('[2.8] a meeting that %s', async (_, from, until, bookings, used) => {
  const [alps] = await addRooms([{ name: 'Alps' }]);
  await fill([held(alps, from, until)]);
  const { rooms, outcomes: ended } = await quickly(
    query({ period: { from: '2026-10-27', until: '2026-10-27' } }),
  );
  expect(rooms).toEqual([{ name: 'Alps', bookings, used, open: 1440 }]);
  expect(ended.approved).toBe(bookings);
});

test('[2.8] a room that is out of use counts only where it was booked', async () => {
  const [, rhine] = await addRooms([{ name: 'Alps' }, { name: 'Rhine', active: false }]);
  await fill([]);
  expect((await quickly(query())).rooms.map((room) => room.name)).toEqual(['Alps']);
  await fill([held(rhine, '2026-10-26T10:00', '2026-10-26T11:00')]);
  expect((await quickly(query())).rooms.map((room) => room.name)).toEqual(['Alps', 'Rhine']);
});
