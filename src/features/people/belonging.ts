import { asc, eq, isNotNull } from 'drizzle-orm';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { person } from './schema.ts';
import { findPerson } from './store.ts';

/** The departments that anybody belongs to, by name. */
export async function departments(tx: Tx): Promise<string[]> {
  const found = await tx
    .selectDistinct({ name: person.department })
    .from(person)
    .where(isNotNull(person.department))
    .orderBy(asc(person.department));
  return found.flatMap((it) => it.name ?? []);
}

/** Who belongs to which department, by department and name. */
export const departmentMembers = async (
  tx: Tx,
): Promise<Array<{ department: string; person: PersonId; name: string }>> =>
  (
    await tx
      .select({ department: person.department, person: person.id, name: person.name })
      .from(person)
      .where(isNotNull(person.department))
      .orderBy(asc(person.department), asc(person.name))
  ).flatMap(({ department, ...it }) => (department === null ? [] : [{ department, ...it }]));

/** Writes down where somebody belongs; null: nowhere. Gives where they belonged before. */
export async function setDepartment(tx: Tx, id: PersonId, department: string | null): Promise<string | null> {
  const before = (await findPerson(tx, id))?.department ?? null;
  await tx.update(person).set({ department }).where(eq(person.id, id));
  return before;
}
