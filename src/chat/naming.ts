import type { Mentioned, Strangers } from '../core/feature.ts';
import type { PersonId } from '../core/ids.ts';
import type { Db } from '../db/database.ts';
import { type Account, namesOf } from '../features/people/index.ts';
import type { Caller, Named } from './ports.ts';

/** A line of text names no more. */
const mostMentioned = 20;

/** A chosen list of people is never longer than the largest room. */
const mostPeople = 500;

/**
 * Whom people choose in forms and mention in texts, from the platform's user ids.
 * @param chosen the account of somebody; null where the directory can't be asked just now
 */
export function createNaming(db: Db, chosen: (caller: Caller, userId: string) => Promise<Account | null>) {
  /** Turns the platform's user ids into person ids, and tells who of them is not a full member (3.1). */
  async function peopleIn(
    { caller, input }: { caller: Caller; input: Record<string, unknown> },
    fields: readonly string[],
  ) {
    const named: Record<string, PersonId[]> = {};
    const strangers: Strangers = {};
    for (const field of fields) {
      const userIds = [input[field] ?? []].flat().map(String).slice(0, mostPeople);
      const accounts = await Promise.all(userIds.map((userId) => chosen(caller, userId)));
      const known = accounts.filter((account) => account !== null);
      named[field] = known.map((account) => account.person);
      const outside = known.filter((account) => account.kind !== 'member').map((it) => it.person);
      const names = [...(await namesOf(db.read, outside)).values()];
      const unknown = known.length < accounts.length;
      if (names.length > 0 || unknown) strangers[field] = { names, unknown };
    }
    return { named, strangers };
  }

  /** Whom a typed text mentions; somebody who can't be looked up just now is left out. */
  async function mentionedIn({
    caller,
    named = {},
  }: {
    caller: Caller;
    named?: Named;
  }): Promise<Map<string, Mentioned>> {
    const found = new Map<string, Mentioned>();
    for (const [written, userId] of Object.entries(named.mentions ?? {}).slice(0, mostMentioned)) {
      const account = await chosen(caller, userId);
      if (!account) continue;
      const { person, kind } = account;
      const name = (await namesOf(db.read, [person])).get(person) || written;
      found.set(written, { person, name, member: kind === 'member' });
    }
    return found;
  }

  return { peopleIn, mentionedIn };
}
