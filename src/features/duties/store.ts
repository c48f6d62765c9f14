import { and, asc, count, desc, eq, gt, lt, lte } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, Subject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { substitution } from './schema.ts';

export type Substitution = typeof substitution.$inferSelect;

/** What is planned about a substitution belongs to it. */
export const substitutionSubject = (id: string): Subject => `substitution:${id}`;

const inForceAt = prepared((tx, it: Gaps<{ at: Instant }>) =>
  tx
    .select({ person: substitution.person, substitute: substitution.substitute })
    .from(substitution)
    .where(and(lte(substitution.from, it.at), gt(substitution.until, it.at)))
    .orderBy(desc(substitution.createdAt)),
);

/** Who stands in for whom at an instant (7.1). */
export async function substitutesAt(tx: Tx, at: Instant): Promise<Map<PersonId, PersonId>> {
  const found = await inForceAt(tx, { at });
  return new Map(found.reverse().map((it) => [it.person, it.substitute]));
}

const begunBy = prepared((tx, it: Gaps<{ at: Instant }>) =>
  tx.select({ times: count() }).from(substitution).where(lte(substitution.from, it.at)),
);
const endedBy = prepared((tx, it: Gaps<{ at: Instant }>) =>
  tx.select({ times: count() }).from(substitution).where(lte(substitution.until, it.at)),
);

/** How often duties have changed hands until `at`: rises with each beginning and each end. */
export async function dutyChanges(tx: Tx, at: Instant): Promise<number> {
  const [begun] = await begunBy(tx, { at });
  const [ended] = await endedBy(tx, { at });
  return (begun?.times ?? 0) + (ended?.times ?? 0);
}

export async function findSubstitution(tx: Tx, id: string): Promise<Substitution | null> {
  const [found] = await tx.select().from(substitution).where(eq(substitution.id, id));
  return found ?? null;
}

/** What a person is away for between two moments, the first first. */
export const absencesOf = async (
  tx: Tx,
  person: PersonId,
  during: { from: Instant; until: Instant },
): Promise<Substitution[]> =>
  tx
    .select()
    .from(substitution)
    .where(
      and(
        eq(substitution.person, person),
        lt(substitution.from, during.until),
        gt(substitution.until, during.from),
        lt(substitution.from, substitution.until),
      ),
    )
    .orderBy(asc(substitution.from));

/** Everybody's that have not ended, the first first. */
export const comingAbsences = async (tx: Tx, now: Instant): Promise<Substitution[]> =>
  tx
    .select()
    .from(substitution)
    .where(and(gt(substitution.until, now), lt(substitution.from, substitution.until)))
    .orderBy(asc(substitution.from), asc(substitution.createdAt));

export async function addSubstitution(tx: Tx, it: Substitution): Promise<void> {
  await tx.insert(substitution).values(it);
}

/** Ends it at `at`; what has not begun by then never does. */
export async function endSubstitution(tx: Tx, { id }: Substitution, at: Instant): Promise<void> {
  await tx.update(substitution).set({ until: at }).where(eq(substitution.id, id));
}
