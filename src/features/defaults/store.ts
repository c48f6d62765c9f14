import { eq } from 'drizzle-orm';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { type Defaults, noDefaults } from './domain.ts';
import { bookingDefault } from './schema.ts';

const byPerson = prepared((tx, it: Gaps<{ person: PersonId }>) =>
  tx.select().from(bookingDefault).where(eq(bookingDefault.person, it.person)),
);

/** What a person's booking form is preset to (2.1). The room may be out of use by now. */
export async function defaultsOf(tx: Tx, person: PersonId): Promise<Defaults> {
  const [found] = await byPerson(tx, { person });
  if (!found) return noDefaults;
  const { site, room, minutes } = found;
  return { site, room, minutes };
}

/** Keeps what a person's booking form is preset to. */
export async function saveDefaults(tx: Tx, person: PersonId, defaults: Defaults): Promise<void> {
  await tx
    .insert(bookingDefault)
    .values({ person, ...defaults })
    .onConflictDoUpdate({ target: bookingDefault.person, set: defaults });
}
