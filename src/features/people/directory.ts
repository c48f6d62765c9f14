import type { Instant } from '../../core/clock.ts';
import type { Actor } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import { isZone } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import { createReader, type Reader } from '../../i18n/reader.ts';
import { type Language, matchLanguage } from '../../i18n/translate.ts';
import { givenRoles, roleHolders } from './roles.ts';
import { type Account, accountsOf, findByEmails, findPerson, type Person, whereabouts } from './store.ts';

export type PeopleSettings = {
  /** Verified e-mail addresses that are admin as long as the configuration says so. */
  adminEmails: readonly string[];
  language: Language;
  zone: string;
};

/** Who people are and how they read, under the organisation's settings. */
export type Directory = ReturnType<typeof createDirectory>;

export function createDirectory(settings: PeopleSettings) {
  const isConfigured = (found: Person) => found.email !== null && settings.adminEmails.includes(found.email);

  // What a client once said and was believed may be no zone at all.
  const zoneOf = (zone: string | null): string => (zone !== null && isZone(zone) ? zone : settings.zone);
  const readerFor = (found: Person | null, account: Account, now: Instant): Reader =>
    createReader(
      found?.language ?? matchLanguage(account.locale) ?? settings.language,
      zoneOf(account.zone),
      now,
    );

  return {
    /** The actor behind an account, with roles, and how they read. */
    async actor(tx: Tx, account: Account, now: Instant): Promise<{ actor: Actor; reader: Reader }> {
      const found = await findPerson(tx, account.person);
      const roles = new Set<Role>(await givenRoles(tx, account.person));
      if (found && isConfigured(found)) roles.add('admin');
      const actor: Actor = {
        person: account.person,
        account: account.id,
        platform: account.platform,
        name: found?.name ?? account.userId,
        roles,
      };
      return { actor, reader: readerFor(found, account, now) };
    },

    /** Where a person can be written to, the account last used first, and how they read there. */
    async addresses(tx: Tx, id: PersonId) {
      const found = await findPerson(tx, id);
      return (await accountsOf(tx, id)).map((account) => {
        const { language, zone } = readerFor(found, account, 0);
        const { platform, tenant, userId, conversation } = account;
        return { account: account.id, address: { platform, tenant, userId, conversation }, language, zone };
      });
    },

    /** In which language and zone somebody reads, on whatever account: the one last used, or the settings. */
    async reads(tx: Tx, id: PersonId): Promise<{ language: Language; zone: string }> {
      const found = await findPerson(tx, id);
      const [account] = await accountsOf(tx, id);
      const { language, zone } = settings;
      return account ? readerFor(found, account, 0) : { language: found?.language ?? language, zone };
    },

    /** Who each of these persons is by now, and the zone in which they live; one query for all. */
    async clocksOf(
      tx: Tx,
      ids: readonly PersonId[],
    ): Promise<Map<PersonId, { self: PersonId; zone: string }>> {
      const found = await whereabouts(tx, ids);
      return new Map([...found].map(([id, { self, zone }]) => [id, { self, zone: zoneOf(zone) }]));
    },

    /** What the rules of approval may know of somebody (2.2): their roles and their department. */
    async standing(tx: Tx, id: PersonId): Promise<{ roles: Role[]; department: string | null }> {
      const found = await findPerson(tx, id);
      const given = await givenRoles(tx, id);
      const roles: Role[] = found && isConfigured(found) ? [...new Set<Role>([...given, 'admin'])] : given;
      return { roles, department: found?.department ?? null };
    },

    /** The organisation's admins: by configuration or by role. */
    async admins(tx: Tx): Promise<PersonId[]> {
      const configured = await findByEmails(tx, settings.adminEmails);
      const given = await roleHolders(tx);
      return [
        ...new Set([
          ...configured.map((it) => it.id),
          ...given.filter((it) => it.role === 'admin').map((it) => it.person),
        ]),
      ];
    },

    /** True for an admin who is one because the configuration says so: that can't be taken in chat. */
    async isConfiguredAdmin(tx: Tx, id: PersonId): Promise<boolean> {
      const found = await findPerson(tx, id);
      return found !== null && isConfigured(found);
    },

    /** How somebody reads of whom nothing is known yet. */
    stranger: (locale: string | null | undefined, now: Instant): Reader =>
      createReader(matchLanguage(locale) ?? settings.language, settings.zone, now),
  };
}
