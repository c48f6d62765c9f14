import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import {
  attendeeTable as attendee,
  type Booking,
  bookingTable as booking,
  findBookings,
  idWord,
  monthWord,
  topicQuery,
} from '../booking/index.ts';
import { attendedBy, concerns, conditions, hostedBy, matching, type Sought } from './conditions.ts';
import type { Viewer } from './domain.ts';

/*
 * One page of what `matching` finds, among a million bookings. Each way in which a booking can be found (one room, one
 * host …) has an index that gives the latest first, so that no more of it is read than a page needs; the pages of all
 * ways are merged. SQLite would sort all of them first, so the index is named.
 */

export type Found = { bookings: Booking[]; page: number; more: boolean };

/** The latest first; where topics are searched, the highest number first. */
export async function findRecords(
  tx: Tx,
  sought: Sought,
  viewer: Viewer,
  it: Page,
  limits = usual,
): Promise<Found> {
  const crowded = await areCrowded(tx, peopleIn(sought, viewer), limits.invited);
  const rows =
    (crowded && (await amongLatest(tx, sought, viewer, it, limits.latest))) ||
    (crowded && (await amongRare(tx, sought, viewer, it, limits.rare))) ||
    (await byIndex(tx, sought, viewer, it, crowded));
  const ids = rows.map((row) => row.id).slice(0, it.pageSize);
  const byId = new Map((await findBookings(tx, ids)).map((found) => [found.id, found]));
  const bookings = ids.flatMap((id) => byId.get(id) ?? []);
  return { bookings, page: it.page, more: rows.length > it.pageSize };
}

type Page = { page: number; pageSize: number };
type Row = { id: BookingId };

async function byIndex(tx: Tx, sought: Sought, viewer: Viewer, it: Page, crowded: boolean): Promise<Row[]> {
  const ways = waysTo(tx, sought, viewer, crowded).map(
    (way) => sql`SELECT * FROM (${way} ORDER BY ${orderOf(sought)} LIMIT ${it.page * it.pageSize + 1})`,
  );
  if (ways.length === 0) return [];
  return tx.all<Row>(
    sql`SELECT id FROM (${sql.join(ways, sql` UNION `)}) ORDER BY ${orderOf(sought)} ${partOf(it)}`,
  );
}

const partOf = ({ page, pageSize }: Page): SQL => sql`LIMIT ${pageSize + 1} OFFSET ${(page - 1) * pageSize}`;

/**
 * `invited`: who are invited to more bookings are crowded, and looked for otherwise, since all of theirs would have to
 * be read and sorted. `latest`: a page of theirs is likely to be found among so many of the latest bookings of all.
 * `rare`: of a state that no more bookings are in, all are looked through for theirs.
 */
const usual = { invited: 2000, latest: 4000, rare: 30_000 };

/** Whose invitations are searched, where there are no words to go by. */
const peopleIn = ({ person, number, words }: Sought, { selves, all }: Viewer): Viewer['selves'] =>
  number !== null || words !== null ? [] : (person ?? (all ? [] : selves));

async function areCrowded(tx: Tx, people: Viewer['selves'], most: number): Promise<boolean> {
  if (people.length === 0) return false;
  const [found] = await tx.all<{ count: number }>(
    sql`SELECT count(*) AS count FROM (SELECT 1 FROM ${attendee} WHERE ${inArray(attendee.person, [...people])}
        LIMIT ${most + 1})`,
  );
  return (found?.count ?? 0) > most;
}

/** The page, where it lies among the latest bookings of all; null: it has to be looked for by index. */
async function amongLatest(
  tx: Tx,
  sought: Sought,
  viewer: Viewer,
  it: Page,
  latest: number,
): Promise<Row[] | null> {
  const { until } = sought;
  const rows = await tx.all<Row>(
    sql`SELECT id FROM (
          SELECT id, number, room, host, state_kind, start_at, confidential FROM booking INDEXED BY booking_start
          WHERE start_at < ${until ?? Number.MAX_SAFE_INTEGER} ORDER BY start_at DESC, number DESC LIMIT ${latest}
        ) AS booking
        WHERE ${matching(tx, sought, viewer) ?? sql`true`} ORDER BY start_at DESC, number DESC ${partOf(it)}`,
  );
  return rows.length > it.pageSize ? rows : null;
}

/** The page, where few bookings are in the state that is sought; null: many are, or it is not sought by state. */
async function amongRare(
  tx: Tx,
  sought: Sought,
  viewer: Viewer,
  it: Page,
  rare: number,
): Promise<Row[] | null> {
  const { state } = sought;
  if (state === null) return null;
  const [found] = await tx.all<{ count: number }>(
    sql`SELECT count(*) AS count FROM (SELECT 1 FROM booking WHERE state_kind = ${state} LIMIT ${rare + 1})`,
  );
  if ((found?.count ?? 0) > rare) return null;
  return tx.all<Row>(
    sql`SELECT id FROM booking INDEXED BY booking_state
        WHERE ${matching(tx, sought, viewer) ?? sql`true`} ORDER BY start_at DESC, number DESC ${partOf(it)}`,
  );
}

/** The same by reading every booking: what the quick way has to find, and is measured against. */
export const findByScan = async (
  tx: Tx,
  sought: Sought,
  viewer: Viewer,
  it: { page: number; pageSize: number },
): Promise<BookingId[]> =>
  (
    await tx
      .select({ id: booking.id })
      .from(booking)
      .where(matching(tx, sought, viewer))
      .orderBy(...(sought.words === null ? [desc(booking.start)] : []), desc(booking.number))
      .limit(it.pageSize)
      .offset((it.page - 1) * it.pageSize)
  ).map((row) => row.id);

const orderOf = ({ words }: Sought): SQL => (words === null ? sql`at DESC, number DESC` : sql`number DESC`);

/** More ways than this are dearer than reading on until enough is found. */
const mostWays = 50;

const columns = sql`${booking.id} AS id, ${booking.start} AS at, ${booking.number} AS number`;

const by = (index: string, ...where: Array<SQL | undefined>): SQL =>
  sql`SELECT ${columns} FROM booking INDEXED BY ${sql.identifier(index)} WHERE ${and(...where) ?? sql`true`}`;

function waysTo(tx: Tx, sought: Sought, viewer: Viewer, crowded: boolean): SQL[] {
  const { number, words } = sought;
  const query = words === null ? null : topicQuery(words);
  if (words !== null && query === null) return [];
  if (number !== null) return [by('booking_number', matching(tx, sought, viewer))];
  if (viewer.all) {
    const known = or(eq(booking.confidential, false), concerns(tx, viewer));
    return query === null ? waysAmong(tx, sought, known, crowded) : [byTopic(tx, sought, query, known)];
  }
  const { selves } = viewer;
  const rooms = common(sought.rooms, viewer.rooms);
  const reviewed = { ...sought, rooms };
  if (query !== null) {
    const own = or(hostedBy(selves), attendedBy(tx, selves));
    const theirs = byTopic(tx, sought, query, own, selves);
    return rooms.length === 0 ? [theirs] : [theirs, byTopic(tx, reviewed, query, undefined)];
  }
  const theirs =
    (crowded && byPlace(tx, sought, or(hostedBy(selves), attendedBy(tx, selves)), undefined, selves)) ||
    waysOf(selves, conditions(tx, sought, undefined), undefined);
  return rooms.length === 0 ? theirs : [...theirs, ...waysAmong(tx, reviewed, undefined, crowded)];
}

function waysAmong(tx: Tx, sought: Sought, isKnown: SQL | undefined, crowded: boolean): SQL[] {
  const { person, rooms, hosts, state } = sought;
  const rest = conditions(tx, sought, isKnown);
  const placed = crowded && person !== null && byPlace(tx, sought, undefined, isKnown);
  if (placed) return placed;
  if (person !== null) return waysOf(person, conditions(tx, { ...sought, person: null }, isKnown), isKnown);
  if (rooms !== null && rooms.length <= mostWays)
    return rooms.map((room) => by('booking_room', eq(booking.room, room), rest));
  if (hosts !== null && hosts.length <= mostWays)
    return hosts.map((host) => by('booking_host', eq(booking.host, host), rest));
  if (state !== null) return [by('booking_state', eq(booking.stateKind, state), rest)];
  return [by('booking_start', rest)];
}

/** What people host, and what they are invited to. */
const waysOf = (people: Viewer['selves'], rest: SQL | undefined, isKnown: SQL | undefined): SQL[] => [
  ...people.map((host) => by('booking_host', eq(booking.host, host), rest)),
  ...people.map(
    (person) => sql`SELECT ${columns} FROM ${attendee} INDEXED BY booking_attendee_person
      CROSS JOIN ${booking} ON ${booking.id} = ${attendee.booking}
      WHERE ${and(eq(attendee.person, person), rest, isKnown)}`,
  ),
];

/** Rooms, people and months narrow the index itself down. `among`: those who host or are invited, whatever is sought. */
function byTopic(
  tx: Tx,
  sought: Sought,
  query: string,
  isAllowed: SQL | undefined,
  among: Viewer['selves'] | null = null,
): SQL {
  const full = [query, ...placesOf(sought, among)].join(' AND ');
  return inIndex(full, and(conditions(tx, { ...sought, words: null }, isAllowed), isAllowed));
}

/** By the same index without words: where somebody crowded meets with a room, a host or a month. Null: they don't. */
function byPlace(
  tx: Tx,
  sought: Sought,
  isAllowed: SQL | undefined,
  isKnown: SQL | undefined,
  among: Viewer['selves'] | null = null,
): SQL[] | null {
  const places = placesOf(sought, among);
  return places.length < 2
    ? null
    : [inIndex(places.join(' AND '), and(conditions(tx, sought, isKnown), isAllowed))];
}

const placesOf = (sought: Sought, among: Viewer['selves'] | null): string[] =>
  [
    ...[sought.rooms, sought.person, sought.hosts, among]
      .filter((ids) => ids !== null && ids.length > 0 && ids.length <= mostWays)
      .map((ids) => (ids ?? []).map(idWord)),
    monthWords(sought),
  ]
    .filter((words) => words.length > 0)
    .map((words) => `place : (${words.join(' OR ')})`);

const inIndex = (query: string, where: SQL | undefined): SQL =>
  sql`SELECT ${booking.id} AS id, ${booking.start} AS at, booking_topic.rowid AS number
    FROM booking_topic CROSS JOIN ${booking} ON ${booking.number} = booking_topic.rowid
    WHERE ${and(sql`booking_topic MATCH ${query}`, where)}`;

/** Longer periods than this are not told month by month. */
const mostMonths = 24;

function monthWords({ from, until }: Sought): string[] {
  if (from === null || until === null || until <= from) return [];
  const words: string[] = [];
  const first = new Date(from);
  for (let n = 0; n <= mostMonths; n++) {
    const month = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n);
    if (month >= until) return words;
    words.push(monthWord(month));
  }
  return [];
}

const common = (wanted: RoomId[] | null, allowed: readonly RoomId[]): RoomId[] =>
  wanted === null ? [...allowed] : wanted.filter((room) => allowed.includes(room));
