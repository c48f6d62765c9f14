import { eq, lt } from 'drizzle-orm';
import type { Instant } from '../core/clock.ts';
import { day } from '../core/clock.ts';
import type { Answer } from '../core/view.ts';
import type { Tx } from './database.ts';
import { type Gaps, insertion, prepared } from './prepared.ts';
import { inbox } from './schema.ts';

/** Platforms stop redelivering within hours and a card's button is answered by its state, so a week is ample. */
const keptFor = 7 * day;

const byKey = prepared((tx, it: Gaps<{ key: string }>) =>
  tx.select().from(inbox).where(eq(inbox.key, it.key)),
);
const insertAnswer = insertion(inbox);

/** The answer that was given to this click, command or submission before; null for a new one. */
export async function answered(tx: Tx, key: string): Promise<Answer | null> {
  const [found] = await byKey(tx, { key });
  return (found?.answer as Answer | undefined) ?? null;
}

export async function remember(tx: Tx, key: string, answer: Answer, at: Instant): Promise<void> {
  await insertAnswer(tx, [{ key, at, answer }]);
}

/** Drops what is too old to be repeated. */
export async function forget(tx: Tx, now: Instant): Promise<void> {
  await tx.delete(inbox).where(lt(inbox.at, now - keptFor));
}
