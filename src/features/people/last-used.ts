import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Platform } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, prepared } from '../../db/prepared.ts';
import { account, person } from './schema.ts';

const self = sql`coalesce(${person.sameAs}, ${person.id})`;
const platformsOf = prepared((tx, it: Gaps<{ ids: readonly PersonId[] }>) =>
  tx
    .select({ id: person.id, platform: account.platform })
    .from(person)
    .innerJoin(account, and(sql`${account.person} = ${self}`, eq(account.kind, 'member')))
    .where(among(person.id, it.ids))
    .orderBy(asc(account.seenAt), desc(account.id)),
);

/** Those of these persons whose account that they used last is on such a platform; one query for all. */
export async function lastUsedOn(
  tx: Tx,
  ids: readonly PersonId[],
  isSuch: (platform: Platform) => boolean,
): Promise<PersonId[]> {
  if (ids.length === 0) return [];
  const found = await platformsOf(tx, { ids });
  const last = new Map(found.map(({ id, platform }) => [id, platform]));
  return ids.filter((id) => {
    const platform = last.get(id);
    return platform !== undefined && isSuch(platform);
  });
}
