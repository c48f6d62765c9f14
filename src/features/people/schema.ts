import { sql } from 'drizzle-orm';
import type { Platform } from '../../core/feature.ts';
import type { AccountId, PersonId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import { index, instant, primaryKey, table, text, uniqueIndex } from '../../db/columns.ts';
import type { Language } from '../../i18n/translate.ts';

/** One human being, whatever platforms they are on. */
export const person = table(
  'person',
  {
    id: text('id').$type<PersonId>().primaryKey(),
    name: text('name').notNull(),
    /** Verified by a platform, in lower case. */
    email: text('email'),
    /** Chosen with /language; null: as the platform says. */
    language: text('language').$type<Language>(),
    createdAt: instant('created_at').notNull(),
    /** As the admins have written it down; rules of approval may go by it (2.2). */
    department: text('department'),
    /** Found later to be the same as another person: messages go there. */
    sameAs: text('same_as').$type<PersonId>(),
  },
  (it) => [
    uniqueIndex('person_email').on(it.email),
    // By what somebody is called: see named.ts.
    index('person_name').on(sql`lower("name")`),
    index('person_given').on(sql`substr("name", 2)`),
    index('person_same_as').on(it.sameAs).where(sql`same_as is not null`),
  ],
);

/** A person's user on one platform. */
export const account = table(
  'account',
  {
    id: text('id').$type<AccountId>().primaryKey(),
    person: text('person').$type<PersonId>().notNull(),
    platform: text('platform').$type<Platform>().notNull(),
    tenant: text('tenant').notNull(),
    userId: text('user_id').notNull(),
    kind: text('kind').$type<'member' | 'guest' | 'bot' | 'external'>().notNull(),
    locale: text('locale'),
    zone: text('zone'),
    /** The platform's reference for writing to them, as JSON. */
    conversation: text('conversation'),
    /** When the platform's directory was last asked about them. */
    checkedAt: instant('checked_at').notNull(),
    /** When they last did something; 0: they only were invited so far. */
    seenAt: instant('seen_at').notNull(),
    welcomedAt: instant('welcomed_at'),
  },
  (it) => [
    uniqueIndex('account_user').on(it.platform, it.tenant, it.userId),
    index('account_person').on(it.person),
  ],
);

export const personRole = table(
  'person_role',
  {
    person: text('person').$type<PersonId>().notNull(),
    role: text('role').$type<Role>().notNull(),
    since: instant('since').notNull(),
    by: text('by').$type<PersonId>().notNull(),
  },
  (it) => [primaryKey({ columns: [it.person, it.role] })],
);
