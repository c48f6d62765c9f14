import { eq, lt } from 'drizzle-orm';
import { day, type Instant } from '../../core/clock.ts';
import { type BookingId, type DraftId, draftSubject, newId, type PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { refresh } from '../../db/outbox.ts';
import { bookingDraft, type DraftText } from './schema.ts';

export type Draft = typeof bookingDraft.$inferSelect;
export type { DraftText } from './schema.ts';

/** How long the buttons of a draft go on from it. */
const keptFor = 7 * day;

/** Null where there is no such draft of theirs. */
export async function findDraft(tx: Tx, id: DraftId, person: PersonId): Promise<Draft | null> {
  const [found] = await tx.select().from(bookingDraft).where(eq(bookingDraft.id, id));
  return found?.person === person ? found : null;
}

export async function addDraft(tx: Tx, now: Instant, person: PersonId, typed: DraftText): Promise<Draft> {
  const draft = { id: newId<DraftId>(), person, typed, revision: 1, at: now, booking: null };
  await tx.insert(bookingDraft).values(draft);
  return draft;
}

/** The draft with other contents, or with what came of it; its cards follow. */
export async function moveDraft(
  tx: Tx,
  now: Instant,
  draft: Draft,
  its: { typed?: DraftText; booking?: BookingId } = {},
): Promise<Draft> {
  const moved = { ...draft, ...its, revision: draft.revision + 1, at: now };
  await tx.update(bookingDraft).set(moved).where(eq(bookingDraft.id, draft.id));
  await refresh(tx, draftSubject(draft.id), now);
  return moved;
}

/** Drops the drafts that nobody has touched for long. */
export async function pruneDrafts(tx: Tx, now: Instant): Promise<void> {
  await tx.delete(bookingDraft).where(lt(bookingDraft.at, now - keptFor));
}
