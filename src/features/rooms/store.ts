import { and, asc, eq, gte, like, ne, or, sql } from 'drizzle-orm';
import { newId, type PersonId, type RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, prepared } from '../../db/prepared.ts';
import { spellings } from '../../db/spellings.ts';
import type { Room, RoomDraft } from './domain.ts';
import { room, roomReviewer } from './schema.ts';

const roomById = prepared((tx, it: Gaps<{ id: RoomId }>) => tx.select().from(room).where(eq(room.id, it.id)));

export async function findRoom(tx: Tx, id: RoomId): Promise<Room | null> {
  const [found] = await roomById(tx, { id });
  return found ?? null;
}

const roomsById = prepared((tx, it: Gaps<{ ids: readonly RoomId[] }>) =>
  tx.select().from(room).where(among(room.id, it.ids)),
);

/** Rooms by id; one query for all. */
export async function findRooms(tx: Tx, ids: readonly RoomId[]): Promise<Map<RoomId, Room>> {
  if (ids.length === 0) return new Map();
  const found = await roomsById(tx, { ids });
  return new Map(found.map((it) => [it.id, it]));
}

/** A room by site and name, without regard to case: no two may share both. */
export async function findRoomNamed(tx: Tx, site: string, name: string): Promise<Room | null> {
  const [found] = await tx
    .select()
    .from(room)
    .where(
      // Both sides by the database, whose lower() knows other letters than JavaScript's.
      and(sql`lower(${room.site}) = lower(${site})`, sql`lower(${room.name}) = lower(${name})`),
    );
  return found ?? null;
}

const reviewersById = prepared((tx, it: Gaps<{ id: RoomId }>) =>
  tx.select({ person: roomReviewer.person }).from(roomReviewer).where(eq(roomReviewer.room, it.id)),
);

export async function reviewersOf(tx: Tx, id: RoomId): Promise<PersonId[]> {
  const found = await reviewersById(tx, { id });
  return found.map((it) => it.person);
}

const reviewersOfAll = prepared((tx, it: Gaps<{ ids: readonly RoomId[] }>) =>
  tx.select().from(roomReviewer).where(among(roomReviewer.room, it.ids)),
);

/** The reviewers of several rooms at once, by room. */
export async function reviewersByRoom(tx: Tx, rooms: readonly RoomId[]): Promise<Map<RoomId, PersonId[]>> {
  const byRoom = new Map<RoomId, PersonId[]>(rooms.map((id) => [id, []]));
  if (rooms.length === 0) return byRoom;
  const found = await reviewersOfAll(tx, { ids: rooms });
  for (const it of found) byRoom.get(it.room)?.push(it.person);
  return byRoom;
}

const reviewedBy = prepared((tx, it: Gaps<{ people: readonly PersonId[] }>) =>
  tx
    .selectDistinct({ room: roomReviewer.room })
    .from(roomReviewer)
    .where(among(roomReviewer.person, it.people)),
);

/** The rooms that any of these people review. */
export async function roomsReviewedBy(tx: Tx, people: readonly PersonId[]): Promise<RoomId[]> {
  const found = await reviewedBy(tx, { people });
  return found.map((it) => it.room);
}

export type RoomSearch = {
  text?: string;
  activeOnly: boolean;
  limit: number;
  offset?: number;
  zone?: string;
};

const mostWords = 20;
const longestWord = 200;

const matching = ({ text, activeOnly }: Pick<RoomSearch, 'text' | 'activeOnly'>) => {
  // Each word has to be found in the name, the site or the floor. SQLite takes neither a statement with thousands of
  // them nor a long one: what is beyond what any room is called does not narrow the search.
  const words = (text ?? '').split(/\s+/, mostWords).filter(Boolean);
  return and(
    activeOnly ? eq(room.active, true) : undefined,
    ...words.map((word) => {
      const pattern = `%${word.slice(0, longestWord).replace(/[\\%_]/g, '')}%`;
      return or(like(room.name, pattern), like(room.site, pattern), like(room.floor, pattern));
    }),
  );
};

/** All rooms, or all in use: there are hundreds, and they are often asked for. */
const listed = (activeOnly: boolean) =>
  prepared((tx, it: Gaps<{ zone: string; limit: number; offset: number }>) =>
    tx
      .select()
      .from(room)
      .where(matching({ activeOnly }))
      .orderBy(sql`${room.zone} <> ${it.zone}`, asc(room.site), asc(room.name))
      .limit(it.limit)
      .offset(it.offset),
  );
const every = listed(false);
const inUse = listed(true);

/** Rooms whose name, site or floor hold the words of `text`; those in `zone` first, then by site and name. */
export async function searchRooms(tx: Tx, search: RoomSearch): Promise<Room[]> {
  const { text = '', activeOnly, limit, offset = 0, zone = '' } = search;
  if (text.trim() === '') return (activeOnly ? inUse : every)(tx, { zone, limit, offset });
  return tx
    .select()
    .from(room)
    .where(matching(search))
    .orderBy(sql`${room.zone} <> ${zone}`, asc(room.site), asc(room.name))
    .limit(limit)
    .offset(offset);
}

/**
 * Rooms in use that can stand in for one: in its zone, for at least `capacity` people; those at its site first, then
 * the smallest.
 */
export const similarRooms = async (
  tx: Tx,
  to: Pick<Room, 'id' | 'site' | 'zone'>,
  { capacity, limit }: { capacity: number; limit: number },
): Promise<Room[]> =>
  tx
    .select()
    .from(room)
    .where(
      and(eq(room.active, true), eq(room.zone, to.zone), gte(room.capacity, capacity), ne(room.id, to.id)),
    )
    .orderBy(sql`${room.site} <> ${to.site}`, asc(room.capacity), asc(room.name))
    .limit(limit);

const named = prepared((tx) =>
  tx
    .select({ id: room.id, name: room.name, zone: room.zone })
    .from(room)
    .where(eq(room.active, true))
    .orderBy(asc(room.site), asc(room.name)),
);

/** The rooms in use, with what is needed to find them by name. */
export const namedRooms = (tx: Tx): Promise<Array<Pick<Room, 'id' | 'name' | 'zone'>>> => named(tx, {});

const namedIn = prepared((tx, it: Gaps<{ spellings: string; zone: string }>) =>
  tx
    .select({ id: room.id, name: room.name, site: room.site })
    .from(room)
    .where(
      sql`${room}.rowid IN (
        SELECT r.rowid FROM json_each(${it.spellings}) AS s CROSS JOIN room AS r
        WHERE instr(s.value, lower(r.name)) > 0
      )`,
    )
    .orderBy(sql`${room.zone} <> ${it.zone}`, asc(room.site), asc(room.name)),
);

/**
 * The rooms, in use or not, whose names stand in a text, be it within other words, whatever the case; those in `zone`
 * first, then by site and name.
 */
export const roomsNamedIn = (
  tx: Tx,
  text: string,
  zone: string,
): Promise<Array<Pick<Room, 'id' | 'name' | 'site'>>> =>
  namedIn(tx, { spellings: JSON.stringify(spellings(text)), zone });

/** The one of a name; among several, the one in the zone of whoever asks. */
export const roomNamed = <Named extends Pick<Room, 'id' | 'name' | 'zone'>>(
  rooms: readonly Named[],
  name: string,
  zone: string,
): Named | null => {
  const namesakes = rooms.filter((it) => it.name === name);
  return namesakes.find((it) => it.zone === zone) ?? namesakes[0] ?? null;
};

export async function countRooms(tx: Tx, search: Pick<RoomSearch, 'text' | 'activeOnly'>): Promise<number> {
  const [found] = await tx.select({ count: sql<number>`count(*)` }).from(room).where(matching(search));
  return found?.count ?? 0;
}

const inUseAt = prepared((tx) =>
  tx.selectDistinct({ site: room.site }).from(room).where(eq(room.active, true)).orderBy(asc(room.site)),
);

/** The sites that have rooms to book, by name. */
export const sitesInUse = async (tx: Tx): Promise<string[]> => (await inUseAt(tx, {})).map((it) => it.site);

/** All rooms at a site, in use or not. */
export const roomsAt = async (tx: Tx, site: string): Promise<RoomId[]> =>
  (await tx.select({ id: room.id }).from(room).where(eq(room.site, site))).map((it) => it.id);

/** True where some room that can be booked stands in this zone. */
export async function hasRooms(tx: Tx, zone: string): Promise<boolean> {
  const found = await tx
    .select({ id: room.id })
    .from(room)
    .where(and(eq(room.active, true), eq(room.zone, zone)))
    .limit(1);
  return found.length > 0;
}

/** Adds a room, or changes the one with `id`. Its reviewers become exactly those of the draft. */
export async function saveRoom(tx: Tx, draft: RoomDraft, id: RoomId | null): Promise<RoomId> {
  const { reviewers, ...facts } = draft;
  const saved = id ?? newId<RoomId>();
  if (id) await tx.update(room).set(facts).where(eq(room.id, id));
  else await tx.insert(room).values({ id: saved, ...facts });
  await tx.delete(roomReviewer).where(eq(roomReviewer.room, saved));
  await tx.insert(roomReviewer).values([...new Set(reviewers)].map((person) => ({ room: saved, person })));
  return saved;
}
