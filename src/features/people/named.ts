import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Gaps, prepared } from '../../db/prepared.ts';
import { spellings } from '../../db/spellings.ts';
import { account, person } from './schema.ts';

/** Nobody is called more. */
const longestName = 200;
/** As many as are needed to know that there are several. */
const most = 5;

/** Each way to be called in an index of its own: a firm has tens of thousands of people, and a search many words. */
const called = prepared((tx, it: Gaps<{ spellings: string; written: string; given: string }>) => {
  const spelling = sql`SELECT value FROM json_each(${it.spellings})`;
  return tx
    .selectDistinct({ id: person.id, name: person.name })
    .from(person)
    .innerJoin(account, eq(account.person, person.id))
    .where(
      and(
        eq(account.kind, 'member'),
        isNull(person.sameAs),
        sql`${person.id} IN (
          SELECT id FROM person WHERE lower(name) IN (${spelling})
          UNION
          SELECT p.id FROM (${spelling}) AS s CROSS JOIN person AS p
          WHERE lower(p.name) >= s.value || ' ' AND lower(p.name) < s.value || '!'
          UNION
          SELECT id FROM person WHERE email >= ${it.written} || '@' AND email < ${it.written} || 'A'
          UNION
          SELECT id FROM person WHERE substr(name, 2) = ${it.given}
        )`,
      ),
    )
    .orderBy(sql`lower(${person.name}) IN (${spelling}) DESC`)
    .limit(most);
});

/**
 * Members who go by a name that somebody typed after an @: all of it, its first word, the given name of a Chinese
 * one, or what stands before the @ of their address.
 */
export async function membersNamed(tx: Tx, name: string): Promise<PersonId[]> {
  const typed = name.slice(0, longestName);
  const wanted = typed.replaceAll('_', ' ').toLowerCase();
  const found = await called(tx, {
    spellings: JSON.stringify(spellings(wanted)),
    written: typed.toLowerCase(),
    // Nobody has an empty rest of a name after its first letter but those who have one letter.
    given: /\p{Script=Han}/u.test(wanted) ? wanted : '\n',
  });
  const exact = found.filter((it) => it.name.toLowerCase() === wanted);
  return (exact.length > 0 ? exact : found).map((it) => it.id);
}
