import { asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { completed, defaultDocument, type RulesDocument } from './domain.ts';
import type { Begin } from './in-force.ts';
import { rulesVersion } from './schema.ts';

export type RulesVersion = {
  version: number;
  /** In force from this moment; 0: since the start. */
  from: Instant;
  /** Who made it: a person, or `default`. */
  by: string;
  document: RulesDocument;
};

const read = (row: typeof rulesVersion.$inferSelect): RulesVersion => ({
  ...row,
  document: completed(row.document),
});

/** Writes version 1 with the defaults into a database that has no rules yet. */
export async function ensureRules(tx: Tx): Promise<void> {
  await tx
    .insert(rulesVersion)
    .values({ version: 1, from: 0, by: 'default', document: defaultDocument })
    .onConflictDoNothing();
}

/** What the text of a version says, read once: the same few versions are asked for with every booking. */
const known = new Map<string, RulesDocument>();
const mostKnown = 20;

function readText({ text, ...row }: Omit<RulesVersion, 'document'> & { text: string }): RulesVersion {
  let document = known.get(text);
  if (!document) {
    document = completed(JSON.parse(text));
    if (known.size >= mostKnown) known.clear();
    known.set(text, document);
  }
  return { ...row, document };
}

const asText = {
  version: rulesVersion.version,
  from: rulesVersion.from,
  by: rulesVersion.by,
  text: sql<string>`${rulesVersion.document}`,
};
const begunBy = prepared((tx, it: Gaps<{ at: Instant }>) =>
  tx
    .select(asText)
    .from(rulesVersion)
    .where(lte(rulesVersion.from, it.at))
    .orderBy(desc(rulesVersion.version))
    .limit(1),
);
const numbered = prepared((tx, it: Gaps<{ version: number }>) =>
  tx.select(asText).from(rulesVersion).where(eq(rulesVersion.version, it.version)),
);

/** The version in force at an instant: of those that have begun, the one made last (10.2). */
export async function rulesAt(tx: Tx, at: Instant): Promise<RulesVersion> {
  const [found] = await begunBy(tx, { at });
  if (!found) throw new Error('no rules are in force');
  return readText(found);
}

/** A version by its number; null: there is none of that number. */
export async function findRules(tx: Tx, version: number): Promise<RulesVersion | null> {
  const [found] = await numbered(tx, { version });
  return found ? readText(found) : null;
}

/** A version that has to be there: the one that a booking is judged by. */
export async function rulesByVersion(tx: Tx, version: number): Promise<RulesVersion> {
  const found = await findRules(tx, version);
  if (!found) throw new Error(`rules version ${version} is missing`);
  return found;
}

/** The version made last, whether it is in force or not yet: what the next one builds on. */
export async function latestRules(tx: Tx): Promise<RulesVersion> {
  const [found] = await tx.select().from(rulesVersion).orderBy(desc(rulesVersion.version)).limit(1);
  if (!found) throw new Error('there are no rules');
  return read(found);
}

/** When each version begins, the first one first. */
export const beginsOf = async (tx: Tx): Promise<Begin[]> =>
  tx
    .select({ version: rulesVersion.version, from: rulesVersion.from })
    .from(rulesVersion)
    .orderBy(asc(rulesVersion.version));

/** Some of all versions, the last one made first. */
export async function listRules(tx: Tx, part: { limit: number; offset: number }): Promise<RulesVersion[]> {
  const rows = await tx
    .select()
    .from(rulesVersion)
    .orderBy(desc(rulesVersion.version))
    .limit(part.limit)
    .offset(part.offset);
  return rows.map(read);
}

/** Adds a version; those that are there are never changed (10.2). */
export async function addRules(
  tx: Tx,
  it: { by: PersonId; from: Instant; document: RulesDocument },
): Promise<RulesVersion> {
  const { version } = await latestRules(tx);
  const made = { ...it, version: version + 1 };
  await tx.insert(rulesVersion).values(made);
  return made;
}
