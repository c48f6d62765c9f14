import { and, asc, eq } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { person, personRole } from './schema.ts';

const rolesById = prepared((tx, it: Gaps<{ id: PersonId }>) =>
  tx.select({ role: personRole.role }).from(personRole).where(eq(personRole.person, it.id)),
);

/** The roles that somebody was given; who is admin by the settings is not among them. */
export async function givenRoles(tx: Tx, id: PersonId): Promise<Role[]> {
  const found = await rolesById(tx, { id });
  return found.map((it) => it.role);
}

const allHolders = prepared((tx) =>
  tx
    .select({ person: person.id, name: person.name, role: personRole.role, since: personRole.since })
    .from(personRole)
    .innerJoin(person, eq(person.id, personRole.person))
    .orderBy(asc(personRole.role), asc(person.name)),
);

/** Everybody who was given a role, by role and name. */
export const roleHolders = async (
  tx: Tx,
): Promise<Array<{ person: PersonId; name: string; role: Role; since: Instant }>> => allHolders(tx, {});

/** True when they did not have it yet. */
export async function giveRole(
  tx: Tx,
  it: { person: PersonId; role: Role; by: PersonId; since: Instant },
): Promise<boolean> {
  const added = await tx
    .insert(personRole)
    .values(it)
    .onConflictDoNothing()
    .returning({ role: personRole.role });
  return added.length > 0;
}

/** True when they had it. */
export async function takeRole(tx: Tx, who: PersonId, role: Role): Promise<boolean> {
  const gone = await tx
    .delete(personRole)
    .where(and(eq(personRole.person, who), eq(personRole.role, role)))
    .returning({ role: personRole.role });
  return gone.length > 0;
}
