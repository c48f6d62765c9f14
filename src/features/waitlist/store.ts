import { and, asc, count, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId, WaitlistId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Interval, longestSlot } from '../rooms/index.ts';
import type { Entry, State } from './domain.ts';
import { waitlistEntry } from './schema.ts';

type Row = typeof waitlistEntry.$inferSelect;

const active = inArray(waitlistEntry.state, ['waiting', 'offered']);
/** First come, first served; of those who came at the same moment, the one that was written first. */
const inOrder = [asc(waitlistEntry.joinedAt), asc(sql`${waitlistEntry}.rowid`)];

export async function findEntry(tx: Tx, id: WaitlistId): Promise<Entry | null> {
  const [found] = await tx.select().from(waitlistEntry).where(eq(waitlistEntry.id, id));
  return found ? toEntry(found) : null;
}

/** Who is in the queue of a room for times that overlap `[start, end)`, in their order. */
export const queueFor = async (tx: Tx, room: RoomId, { start, end }: Interval): Promise<Entry[]> =>
  (
    await tx
      .select()
      .from(waitlistEntry)
      .where(
        and(
          eq(waitlistEntry.room, room),
          active,
          gt(waitlistEntry.start, start - longestSlot),
          lt(waitlistEntry.start, end),
          gt(waitlistEntry.end, start),
        ),
      )
      .orderBy(...inOrder)
  ).map(toEntry);

/** Everybody in the queues of several rooms, in their order; one query for all. */
export const queuesOf = async (tx: Tx, rooms: readonly RoomId[]): Promise<Entry[]> =>
  rooms.length === 0
    ? []
    : (
        await tx
          .select()
          .from(waitlistEntry)
          .where(and(inArray(waitlistEntry.room, [...new Set(rooms)]), active))
          .orderBy(...inOrder)
      ).map(toEntry);

/** One page of what somebody (all `selves` of theirs) waits for, the next first; beyond the last page, the last. */
export async function entriesOf(
  tx: Tx,
  selves: readonly PersonId[],
  it: { page: number; pageSize: number },
): Promise<{ entries: Entry[]; page: number; pages: number }> {
  const theirs = and(inArray(waitlistEntry.host, [...selves]), active);
  const [found] = await tx.select({ total: count() }).from(waitlistEntry).where(theirs);
  const pages = Math.max(1, Math.ceil((found?.total ?? 0) / it.pageSize));
  const page = Math.min(it.page, pages);
  const rows = await tx
    .select()
    .from(waitlistEntry)
    .where(theirs)
    .orderBy(asc(waitlistEntry.start), ...inOrder)
    .limit(it.pageSize)
    .offset((page - 1) * it.pageSize);
  return { entries: rows.map(toEntry), page, pages };
}

/** For how many entries of somebody (all `selves` of theirs) a slot is held just now. */
export async function countOffers(tx: Tx, selves: readonly PersonId[], now: Instant): Promise<number> {
  const offered = and(eq(waitlistEntry.state, 'offered'), gt(waitlistEntry.offerUntil, now));
  const [found] = await tx
    .select({ offers: count() })
    .from(waitlistEntry)
    .where(and(inArray(waitlistEntry.host, [...selves]), offered));
  return found?.offers ?? 0;
}

export async function addEntry(tx: Tx, entry: Entry): Promise<void> {
  await tx.insert(waitlistEntry).values(toRow(entry));
}

export async function saveEntry(tx: Tx, entry: Entry): Promise<void> {
  await tx.update(waitlistEntry).set(toRow(entry)).where(eq(waitlistEntry.id, entry.id));
}

/** Their cards change, because somebody before them is gone. */
export async function raiseRevisions(tx: Tx, ids: readonly WaitlistId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(waitlistEntry)
    .set({ revision: sql`${waitlistEntry.revision} + 1` })
    .where(inArray(waitlistEntry.id, [...ids]));
}

const toRow = ({ state, ...entry }: Entry): Row => ({
  ...entry,
  state: state.kind,
  offerUntil: state.kind === 'offered' ? state.until : null,
  booking: state.kind === 'taken' ? state.booking : null,
});

function toEntry({ state, offerUntil, booking, ...row }: Row): Entry {
  return { ...row, state: stateOf({ state, offerUntil, booking }) };
}

function stateOf({ state, offerUntil, booking }: Pick<Row, 'state' | 'offerUntil' | 'booking'>): State {
  if (state === 'offered' && offerUntil !== null) return { kind: state, until: offerUntil };
  if (state === 'taken' && booking !== null) return { kind: state, booking };
  if (state === 'offered' || state === 'taken')
    throw new Error(`a waitlist entry that is only half ${state}`);
  return { kind: state };
}
