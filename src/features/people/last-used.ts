import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Platform } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { account, person } from './schema.ts';

/** Those of these persons whose account that they used last is on such a platform; one query for all. */
export async function lastUsedOn(
  tx: Tx,
  ids: readonly PersonId[],
  isSuch: (platform: Platform) => boolean,
): Promise<PersonId[]> {
  if (ids.length === 0) return [];
  const self = sql`coalesce(${person.sameAs}, ${person.id})`;
  const found = await tx
    .select({ id: person.id, platform: account.platform })
    .from(person)
    .innerJoin(account, and(sql`${account.person} = ${self}`, eq(account.kind, 'member')))
    .where(inArray(person.id, [...new Set(ids)]))
    .orderBy(asc(account.seenAt), desc(account.id));
  const last = new Map(found.map(({ id, platform }) => [id, platform]));
  return ids.filter((id) => {
    const platform = last.get(id);
    return platform !== undefined && isSuch(platform);
  });
}
