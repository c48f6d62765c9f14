import { desc, eq, lte } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { Tx } from '../../db/database.ts';
import { defaultDocument, type RulesDocument } from './domain.ts';
import { rulesVersion } from './schema.ts';

export type RulesVersion = { version: number; from: Instant; document: RulesDocument };

/** Writes version 1 with the defaults into a database that has no rules yet. */
export async function ensureRules(tx: Tx): Promise<void> {
  await tx
    .insert(rulesVersion)
    .values({ version: 1, from: 0, by: 'default', document: defaultDocument })
    .onConflictDoNothing();
}

/** The version in force at an instant (10.2). */
export async function rulesAt(tx: Tx, at: Instant): Promise<RulesVersion> {
  const [found] = await tx
    .select()
    .from(rulesVersion)
    .where(lte(rulesVersion.from, at))
    .orderBy(desc(rulesVersion.from), desc(rulesVersion.version))
    .limit(1);
  if (!found) throw new Error('no rules are in force');
  return found;
}

/** A version by its number: the one that a booking is judged by. */
export async function rulesByVersion(tx: Tx, version: number): Promise<RulesVersion> {
  const [found] = await tx.select().from(rulesVersion).where(eq(rulesVersion.version, version));
  if (!found) throw new Error(`rules version ${version} is missing`);
  return found;
}
