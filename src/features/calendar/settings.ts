import { and, eq, inArray } from 'drizzle-orm';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { calendarSetting } from './schema.ts';

/** Which of these persons want invitations by e-mail. */
export async function wantMail(tx: Tx, people: readonly PersonId[]): Promise<Set<PersonId>> {
  const found = await tx
    .select({ person: calendarSetting.person })
    .from(calendarSetting)
    .where(and(inArray(calendarSetting.person, [...people]), eq(calendarSetting.mail, true)));
  return new Set(found.map((it) => it.person));
}

/** Keeps whether somebody wants invitations by e-mail. */
export async function setMail(tx: Tx, person: PersonId, mail: boolean): Promise<void> {
  await tx
    .insert(calendarSetting)
    .values({ person, mail })
    .onConflictDoUpdate({ target: calendarSetting.person, set: { mail } });
}
