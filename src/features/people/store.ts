import { and, asc, desc, eq, gte, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { Platform } from '../../core/feature.ts';
import { type AccountId, newId, type PersonId } from '../../core/ids.ts';
import { isZone } from '../../core/time.ts';
import { alias } from '../../db/columns.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, prepared } from '../../db/prepared.ts';
import type { Language } from '../../i18n/translate.ts';
import { account, person } from './schema.ts';

export type Account = typeof account.$inferSelect;
export type Person = typeof person.$inferSelect;

/** A user as one platform names them. */
export type UserKey = { platform: Platform; tenant: string; userId: string };

/** What is known of a user after their platform's directory was asked. */
export type Known = {
  name: string;
  email: string | null;
  kind: Account['kind'];
  locale: string | null;
  zone: string | null;
};

const accountByKey = prepared((tx, it: Gaps<UserKey>) =>
  tx
    .select()
    .from(account)
    .where(
      and(eq(account.platform, it.platform), eq(account.tenant, it.tenant), eq(account.userId, it.userId)),
    ),
);

export async function findAccount(tx: Tx, key: UserKey): Promise<Account | null> {
  const [found] = await accountByKey(tx, key);
  return found ?? null;
}

/**
 * Writes down what the directory said of a user, making account and person where they are new. Persons are
 * linked across platforms by verified e-mail; guests and externals never are.
 */
export async function saveAccount(tx: Tx, key: UserKey, known: Known, now: Instant): Promise<Account> {
  const email = known.kind === 'member' ? (known.email?.toLowerCase() ?? null) : null;
  const existing = await findAccount(tx, key);
  const owner = await ownerOf(tx, existing?.person ?? null, email, known.name, now);
  const facts = {
    person: owner,
    kind: known.kind,
    // A directory that says nothing about these does not unsay what an event told.
    ...(known.locale ? { locale: known.locale } : {}),
    ...(known.zone && isZone(known.zone) ? { zone: known.zone } : {}),
    checkedAt: now,
  };
  const [saved] = existing
    ? await tx.update(account).set(facts).where(eq(account.id, existing.id)).returning()
    : await tx
        .insert(account)
        .values({ id: newId<AccountId>(), ...key, ...facts, seenAt: 0 })
        .returning();
  if (!saved) throw new Error('an account was not saved');
  return saved;
}

async function ownerOf(
  tx: Tx,
  current: PersonId | null,
  email: string | null,
  name: string,
  now: Instant,
): Promise<PersonId> {
  const [byEmail] = email ? await tx.select().from(person).where(eq(person.email, email)) : [];
  if (byEmail) {
    if (name) await tx.update(person).set({ name }).where(eq(person.id, byEmail.id));
    if (current && current !== byEmail.id)
      await tx
        .update(person)
        .set({ sameAs: byEmail.id })
        .where(and(eq(person.id, current), isNull(person.email)));
    return byEmail.id;
  }
  if (current) {
    await tx
      .update(person)
      .set({ ...(name ? { name } : {}), ...(email ? { email } : {}) })
      .where(eq(person.id, current));
    return current;
  }
  const id = newId<PersonId>();
  await tx.insert(person).values({ id, name, email, createdAt: now });
  return id;
}

const markSeen = prepared(
  (tx, it: Gaps<Pick<Account, 'id' | 'seenAt' | 'conversation' | 'locale' | 'zone'>>) =>
    tx
      .update(account)
      .set({
        seenAt: sql`${it.seenAt}`,
        conversation: sql`coalesce(${it.conversation}, ${account.conversation})`,
        locale: sql`coalesce(${it.locale}, ${account.locale})`,
        zone: sql`coalesce(${it.zone}, ${account.zone})`,
      })
      .where(eq(account.id, it.id)),
);

/** They did something just now, and can be written to at `conversation` where that is given. */
export async function seen(
  tx: Tx,
  id: AccountId,
  now: Instant,
  at: { conversation: string | null; locale: string | null; zone: string | null },
): Promise<void> {
  const { conversation, locale, zone } = at;
  await markSeen(tx, {
    id,
    seenAt: now,
    conversation: conversation || null,
    locale: locale || null,
    zone: zone || null,
  });
}

const setConversation = prepared((tx, it: Gaps<{ id: AccountId; conversation: string }>) =>
  tx
    .update(account)
    .set({ conversation: sql`${it.conversation}` })
    .where(eq(account.id, it.id)),
);

export async function keepReference(tx: Tx, id: AccountId, conversation: string): Promise<void> {
  await setConversation(tx, { id, conversation });
}

/** True the first time it is asked about an account. */
export async function welcomeOnce(tx: Tx, id: AccountId, now: Instant): Promise<boolean> {
  const first = await tx
    .update(account)
    .set({ welcomedAt: now })
    .where(and(eq(account.id, id), isNull(account.welcomedAt)))
    .returning({ id: account.id });
  return first.length > 0;
}

const membersAccounts = prepared((tx, it: Gaps<{ id: PersonId }>) =>
  tx
    .select()
    .from(account)
    .where(
      and(
        sql`${account.person} = coalesce((SELECT ${person.sameAs} FROM ${person} WHERE ${person.id} = ${it.id}), ${it.id})`,
        eq(account.kind, 'member'),
      ),
    )
    .orderBy(desc(account.seenAt), asc(account.id)),
);

/** A person's accounts that can be written to, the one last used first. */
export const accountsOf = (tx: Tx, id: PersonId): Promise<Account[]> => membersAccounts(tx, { id });

const self = sql<PersonId>`coalesce(${person.sameAs}, ${person.id})`;
const zonesOf = prepared((tx, it: Gaps<{ ids: readonly PersonId[] }>) =>
  tx
    .select({ id: person.id, self, zone: account.zone })
    .from(person)
    .leftJoin(account, and(sql`${account.person} = ${self}`, eq(account.kind, 'member')))
    .where(among(person.id, it.ids))
    .orderBy(asc(account.seenAt), desc(account.id)),
);

/**
 * Who each of these persons is by now, and the zone of the account that they used last; one query for all.
 * The zone is null where no account is known, or none of it.
 */
export async function whereabouts(
  tx: Tx,
  ids: readonly PersonId[],
): Promise<Map<PersonId, { self: PersonId; zone: string | null }>> {
  if (ids.length === 0) return new Map();
  const found = await zonesOf(tx, { ids });
  return new Map(found.map(({ id, ...it }) => [id, it]));
}

const usedLater = prepared((tx, it: Gaps<Pick<Account, 'id' | 'person' | 'seenAt'>>) =>
  tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.person, it.person), ne(account.id, it.id), gte(account.seenAt, it.seenAt)))
    .limit(1),
);

/** True where none of their other accounts was used later. */
export async function isLastUsed(tx: Tx, { id, person, seenAt }: Account): Promise<boolean> {
  const later = await usedLater(tx, { id, person, seenAt });
  return later.length === 0;
}

const sameAs = prepared((tx, it: Gaps<{ id: PersonId }>) =>
  tx.select({ id: person.id }).from(person).where(eq(person.sameAs, it.id)),
);

/** All ids under which a person is known: their own, and those that were found to be theirs later. */
export async function selvesOf(tx: Tx, id: PersonId): Promise<PersonId[]> {
  const found = await sameAs(tx, { id });
  return [id, ...found.map((it) => it.id)];
}

const personById = prepared((tx, it: Gaps<{ id: PersonId }>) =>
  tx.select().from(person).where(eq(person.id, it.id)),
);

export async function findPerson(tx: Tx, id: PersonId): Promise<Person | null> {
  const [found] = await personById(tx, { id });
  return found ?? null;
}

const real = alias(person, 'real');
const namesById = prepared((tx, it: Gaps<{ ids: readonly PersonId[] }>) =>
  tx
    .select({ id: person.id, name: sql<string>`coalesce(${real.name}, ${person.name})` })
    .from(person)
    .leftJoin(real, eq(real.id, person.sameAs))
    .where(among(person.id, it.ids)),
);

/** Names by person id; one query for all. */
export async function namesOf(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, string>> {
  if (ids.length === 0) return new Map();
  const found = await namesById(tx, { ids });
  return new Map(found.map((it) => [it.id, it.name]));
}

/** Verified e-mail addresses by person id, of those who have one; one query for all. */
export async function emailsOf(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, string>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select({ id: person.id, email: sql<string | null>`coalesce(${real.email}, ${person.email})` })
    .from(person)
    .leftJoin(real, eq(real.id, person.sameAs))
    .where(inArray(person.id, [...new Set(ids)]));
  return new Map(found.flatMap(({ id, email }) => (email === null ? [] : [[id, email]])));
}

/** The platform's user ids of persons, in their order; who has no account there is left out. */
export async function userIdsOf(
  tx: Tx,
  ids: readonly PersonId[],
  platform: Platform,
  tenant: string,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ person: account.person, userId: account.userId })
    .from(account)
    .where(
      and(inArray(account.person, [...ids]), eq(account.platform, platform), eq(account.tenant, tenant)),
    );
  const byPerson = new Map(found.map((it) => [it.person, it.userId]));
  return ids.flatMap((id) => byPerson.get(id) ?? []);
}

/** Those of the persons who have an account where this one is: on its platform, in its tenant. */
export async function neighboursOn(tx: Tx, id: AccountId, ids: readonly PersonId[]): Promise<Set<PersonId>> {
  const own = alias(account, 'own');
  const found = await tx
    .select({ person: account.person })
    .from(account)
    .innerJoin(own, and(eq(own.platform, account.platform), eq(own.tenant, account.tenant)))
    .where(and(eq(own.id, id), inArray(account.person, [...ids])));
  return new Set(found.map((it) => it.person));
}

/** Persons by their verified e-mail addresses (lower case). */
export const findByEmails = async (tx: Tx, emails: readonly string[]): Promise<Person[]> =>
  emails.length === 0
    ? []
    : tx
        .select()
        .from(person)
        .where(inArray(person.email, [...emails]));

/** Makes a person known by e-mail before they have written to the bot (import, demo). */
export async function addPerson(tx: Tx, name: string, email: string, now: Instant): Promise<PersonId> {
  const [known] = await findByEmails(tx, [email.toLowerCase()]);
  if (known) return known.id;
  const id = newId<PersonId>();
  await tx.insert(person).values({ id, name, email: email.toLowerCase(), createdAt: now });
  return id;
}

export async function setLanguage(tx: Tx, id: PersonId, language: Language): Promise<void> {
  await tx.update(person).set({ language }).where(eq(person.id, id));
}
