import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, insertion, prepared } from '../../db/prepared.ts';
import type { Transition } from '../booking/index.ts';
import { findPerson } from '../people/index.ts';
import { decisionAt, outcomeOf } from './domain.ts';
import { bookingFigure, refusedRequest } from './schema.ts';

const insertFigures = insertion(bookingFigure);
type Facts = Omit<typeof bookingFigure.$inferSelect, 'requestedAt' | 'department'>;
const updateFigure = prepared((tx, it: Gaps<Facts>) =>
  tx
    .update(bookingFigure)
    .set({
      room: sql`${it.room}`,
      start: sql`${it.start}`,
      end: sql`${it.end}`,
      headcount: sql`${it.headcount}`,
      outcome: sql`${it.outcome}`,
      decidedAt: sql`coalesce(${it.decidedAt}, ${bookingFigure.decidedAt})`,
    })
    .where(eq(bookingFigure.booking, it.booking)),
);

/** Keeps what is counted in step with a booking, in the transaction that moves it on (2.8). */
export async function keepFigure(
  tx: Tx,
  { event, before, after }: Pick<Transition, 'event' | 'before' | 'after'>,
): Promise<void> {
  const { id: booking, room, start, end, headcount, requestedAt } = after;
  const facts = { room, start, end, headcount, outcome: outcomeOf(after.state) };
  if (event.type === 'requested') {
    const department = await departmentOf(tx, after.host);
    await insertFigures(tx, [{ booking, requestedAt, department, ...facts }]);
    return;
  }
  await updateFigure(tx, { booking, ...facts, decidedAt: decisionAt(event, before) });
  if (event.type === 'handedOver')
    await tx
      .update(bookingFigure)
      .set({ department: await departmentOf(tx, after.host) })
      .where(eq(bookingFigure.booking, booking));
}

const departmentOf = async (tx: Tx, person: PersonId): Promise<string | null> =>
  (await findPerson(tx, person))?.department ?? null;

/**
 * Keeps that no room was free for somebody (2.8). Only inside a transaction that commits; the same wish again is the
 * same want.
 */
export async function recordRefusal(
  tx: Tx,
  wanted: {
    at: Instant;
    host: PersonId;
    room: RoomId | null;
    zone: string;
    headcount: number;
    start: Instant;
    end: Instant;
  },
): Promise<void> {
  const { host, room, start, end } = wanted;
  await tx
    .insert(refusedRequest)
    .values({
      ...wanted,
      wish: [host, room ?? '', start, end].join(' '),
      department: await departmentOf(tx, host),
    })
    .onConflictDoNothing();
}

/** Wishes that no room was free for, by when the meeting would have begun. */
export const refusalsBetween = async (
  tx: Tx,
  { from, until }: { from: Instant; until: Instant },
): Promise<Array<typeof refusedRequest.$inferSelect>> =>
  tx
    .select()
    .from(refusedRequest)
    .where(and(gte(refusedRequest.start, from), lt(refusedRequest.start, until)));
