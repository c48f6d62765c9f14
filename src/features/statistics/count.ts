import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import { addDays, fromLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import { longestSlot, type Room, searchRooms } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { addUp, type Counted, createCount, type Span } from './counting.ts';
import type { CountedRoom, Figure, Outcome, Period, Statistics } from './domain.ts';
import { addLocalHours, type Hours, hoursInWeek, type LocalClock, localClock } from './local-hours.ts';
import { bookingFigure } from './schema.ts';
import { refusalsBetween } from './store.ts';

/** What is to be counted; null: all of them. */
export type Query = {
  period: Period;
  site: string | null;
  room: RoomId | null;
  department: string | null;
  /** Whether the answer may tell departments apart. */
  byDepartment: boolean;
  now: Instant;
};

/** More than any organisation has. */
const mostRooms = 10_000;

/** The `n`-th (from 0) of as many parts; each has its share of the rooms. */
export type Part = { n: number; of: number };

/** Counts a period (2.8). Opening hours are today's. */
export const countPeriod = async (tx: Tx, query: Query): Promise<Statistics> =>
  addUp([await countPart(tx, query, { n: 0, of: 1 })]);

/** The rooms that are counted. */
export const roomsOf = async (tx: Tx, query: Query): Promise<Room[]> =>
  (await searchRooms(tx, { activeOnly: false, limit: mostRooms })).filter(
    (room) => (query.room ?? room.id) === room.id && (query.site ?? room.site) === room.site,
  );

/** Counts one part of a period, room by room along an index that holds all that is needed. */
export async function countPart(tx: Tx, query: Query, { n, of }: Part): Promise<Counted> {
  const { document } = await rulesAt(tx, query.now);
  const rooms = await roomsOf(tx, query);
  const count = createCount(document.organisation.workDays);
  const zones = remembered((zone) => calendarOf(zone, query.period));
  const figuresOf = prepareFigures(tx, query);

  for (const room of rooms.filter((_, at) => at % of === n)) {
    const { opens, closes } = rulesFor(document, room);
    const { id, name, site, zone, capacity } = room;
    const { span, clock, openHours } = zones(zone);
    const figures = await figuresOf(id, span);
    if (!room.active && figures.length === 0) continue;
    const counted: CountedRoom = { id, name, site, zone, capacity, opens, closes };
    count.room(counted, figures, span, clock, openHours(counted));
  }
  // Wishes for any room belong to none: one part has them all.
  if (n === 0) count.refused(await refusedHeadcounts(tx, query, rooms, (zone) => zones(zone).span));
  return count.counted;
}

/** A period as one zone has it. */
function calendarOf(zone: string, period: Period) {
  const midnight = (date: string): Instant => fromLocal({ date, time: '00:00', zone });
  const span: Span = { from: midnight(period.from), until: midnight(addDays(period.until, 1)) };
  const clock: LocalClock = localClock(zone, { from: span.from - longestSlot, until: span.until + day });
  const byHours = remembered((key): Hours => {
    const [opens = 0, closes = 0] = key.split('-').map(Number);
    const hours = hoursInWeek();
    addLocalHours(hours, { start: span.from, end: span.until }, clock, { opens, closes });
    return hours;
  });
  return {
    span,
    clock,
    openHours: ({ opens, closes }: CountedRoom): Hours => byHours(`${opens}-${closes}`),
  };
}

type Columns = [Instant, Instant, number, string | null, Instant, Instant | null, Outcome];

function prepareFigures(tx: Tx, { department, byDepartment }: Query) {
  const { room, start, end, headcount, requestedAt, decidedAt, outcome } = bookingFigure;
  const statement = tx
    .select({
      start,
      end,
      headcount,
      department: byDepartment ? bookingFigure.department : sql<null>`null`,
      requestedAt,
      decidedAt,
      outcome,
    })
    .from(bookingFigure)
    .where(
      and(
        eq(room, sql.placeholder('room')),
        gt(start, sql.placeholder('after')),
        lt(start, sql.placeholder('until')),
        department === null ? undefined : eq(bookingFigure.department, department),
      ),
    )
    .orderBy(asc(start))
    .prepare();
  return async (id: RoomId, { from, until }: Span): Promise<Figure[]> => {
    // As they come: turning a million rows into objects one column at a time takes longer than counting them.
    const rows = (await statement.values({ room: id, after: from - longestSlot, until })) as Columns[];
    return rows.map(([start, end, headcount, department, requestedAt, decidedAt, outcome]) => ({
      start,
      end,
      headcount,
      department,
      requestedAt,
      decidedAt,
      outcome,
    }));
  };
}

/**
 * Of wishes that named a room, those for one that is counted; of those that any room would have done for, all, or those
 * in a zone in which one of the rooms is.
 */
async function refusedHeadcounts(
  tx: Tx,
  query: Query,
  rooms: readonly Room[],
  spanOf: (zone: string) => Span,
): Promise<number[]> {
  const counted = new Set(rooms.map((room) => room.id));
  const zones = new Set(rooms.map((room) => room.zone));
  const spread = {
    from: Date.parse(query.period.from) - day,
    until: Date.parse(query.period.until) + 3 * day,
  };
  return (await refusalsBetween(tx, spread))
    .filter(({ start, zone, room, department }) => {
      const { from, until } = spanOf(zone);
      const where =
        room !== null ? counted.has(room) : query.room === null && (query.site === null || zones.has(zone));
      return start >= from && start < until && where && (query.department ?? department) === department;
    })
    .map((it) => it.headcount);
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}
