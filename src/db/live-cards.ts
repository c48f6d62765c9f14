import { and, eq, lt, sql } from 'drizzle-orm';
import type { Instant } from '../core/clock.ts';
import type { ViewDef } from '../core/feature.ts';
import { type AccountId, newId, type PersonId, type Subject } from '../core/ids.ts';
import type { Live } from '../core/view.ts';
import type { Reader } from '../i18n/reader.ts';
import type { Tx } from './database.ts';
import { refresh } from './outbox.ts';
import { type Gaps, gapsFor, prepared } from './prepared.ts';
import { liveCard } from './schema.ts';

export type LiveCard = typeof liveCard.$inferSelect;

/** A message that was just shown or sent, what it shows, and to whom. */
export type Shown = Live & {
  person: PersonId;
  account: AccountId;
  conversation: string;
  message: string;
  at: Instant;
};

const insertCard = prepared<LiveCard, unknown>((tx) => {
  const { id: _, conversation: __, message: ___, ...shows } = gapsFor(liveCard);
  const { conversation, message } = liveCard;
  return tx
    .insert(liveCard)
    .values(gapsFor(liveCard))
    .onConflictDoUpdate({ target: [conversation, message], set: shows });
});

/**
 * Keeps a card in step with its subject from now on. Where the subject has moved on since the card was
 * rendered, its refresh may be over already and has not seen this card: then it is refreshed once more.
 */
export async function follow(tx: Tx, shown: Shown, as: { view: ViewDef; reader: Reader }): Promise<void> {
  const { conversation, message, person, account, view, data, revision, at } = shown;
  const subject = shown.subject as Subject;
  const shows = { person, account, view, subject, data, revision, sentAt: at };
  await insertCard(tx, { id: newId(), conversation, message, ...shows });
  const scope = { tx, now: at, reader: as.reader };
  const current = as.view.revision
    ? await as.view.revision(scope, data)
    : (await as.view({ ...scope, purpose: 'update', recipient: person }, data))?.live?.revision;
  if ((current ?? 0) > revision) await refresh(tx, subject, at);
}

const bySubject = prepared((tx, it: Gaps<{ subject: Subject }>) =>
  tx.select().from(liveCard).where(eq(liveCard.subject, it.subject)),
);

export async function followers(tx: Tx, subject: Subject): Promise<LiveCard[]> {
  return bySubject(tx, { subject });
}

const byId = prepared((tx, it: Gaps<Pick<LiveCard, 'id'>>) =>
  tx.select().from(liveCard).where(eq(liveCard.id, it.id)),
);

/** A card as it stands now; null where nobody follows with it any more. */
export async function follower(tx: Tx, id: LiveCard['id']): Promise<LiveCard | null> {
  const [found] = await byId(tx, { id });
  return found ?? null;
}

const setRevision = prepared((tx, it: Gaps<Pick<LiveCard, 'id' | 'revision'>>) =>
  tx
    .update(liveCard)
    .set({ revision: sql`${it.revision}` })
    .where(and(eq(liveCard.id, it.id), lt(liveCard.revision, it.revision))),
);

/** The card shows `revision` now, unless it shows a later one already. */
export async function caughtUp(tx: Tx, { id }: LiveCard, revision: number): Promise<void> {
  await setRevision(tx, { id, revision });
}

/** The message is gone: there is nothing to keep in step. */
export async function unfollow(tx: Tx, card: LiveCard): Promise<void> {
  await tx.delete(liveCard).where(eq(liveCard.id, card.id));
}
