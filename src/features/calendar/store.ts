import { and, eq, inArray, isNull } from 'drizzle-orm';
import { hour, type Instant } from '../../core/clock.ts';
import { newId, type PersonId, type RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { calendarFeed, type FeedId } from './schema.ts';

export type Feed = typeof calendarFeed.$inferSelect;

const ofRoom = (room: RoomId | null) =>
  room === null ? isNull(calendarFeed.room) : eq(calendarFeed.room, room);

export async function findFeed(tx: Tx, id: string): Promise<Feed | null> {
  const [found] = await tx
    .select()
    .from(calendarFeed)
    .where(eq(calendarFeed.id, id as FeedId));
  return found ?? null;
}

/** The addresses of a person (all `selves` of theirs) that work. */
export const feedsOf = async (tx: Tx, selves: readonly PersonId[]): Promise<Feed[]> =>
  tx
    .select()
    .from(calendarFeed)
    .where(and(inArray(calendarFeed.person, [...selves]), isNull(calendarFeed.revokedAt)));

/** Ends the address that somebody has for a room, or for their own bookings. */
export async function endFeed(
  tx: Tx,
  selves: readonly PersonId[],
  room: RoomId | null,
  now: Instant,
): Promise<void> {
  await tx
    .update(calendarFeed)
    .set({ revokedAt: now })
    .where(and(inArray(calendarFeed.person, [...selves]), ofRoom(room), isNull(calendarFeed.revokedAt)));
}

/** Gives a person a new address. */
export async function addFeed(tx: Tx, person: PersonId, room: RoomId | null, now: Instant): Promise<void> {
  await tx
    .insert(calendarFeed)
    .values({ id: newId<FeedId>(), person, room, createdAt: now, revokedAt: null, usedAt: null });
}

/** Whether its use was not noted within the hour: some calendars ask every few minutes. */
export const isNews = ({ usedAt }: Feed, now: Instant): boolean => usedAt === null || usedAt < now - hour;

/** Notes that a calendar has fetched it. */
export async function noteUse(tx: Tx, id: FeedId, now: Instant): Promise<void> {
  await tx.update(calendarFeed).set({ usedAt: now }).where(eq(calendarFeed.id, id));
}
