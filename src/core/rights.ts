import type { PersonId } from './ids.ts';

/** The roles that can be given (see the clauses, "Roles"); everyone is an employee. */
export const roles = [
  'admin',
  'custodian',
  'support',
  'supervisor',
  'trainer',
  'policyOwner',
  'privacyOfficer',
] as const;
export type Role = (typeof roles)[number];

/** What a command may ask for before it runs. Rights over one booking are facts of that booking's decision. */
export type Right = 'member' | 'admin';

/** The one place that says who may do what in general (6.2). */
export function may(actor: { roles: ReadonlySet<Role> }, right: Right): boolean {
  switch (right) {
    case 'member':
      return true;
    case 'admin':
      return actor.roles.has('admin');
  }
}

/** Somebody who may decide: in their own right, or for another who is away (7.1). */
export type Decider = {
  person: PersonId;
  /** Whose substitute they are here; null: they decide in their own right. */
  for: PersonId | null;
  /** They are away and have a substitute: they may decide, but are not bothered. */
  away: boolean;
};

/**
 * Who decides a request (2.2): the room's reviewers without the host; where that leaves nobody, or the request
 * has been escalated, the admins without the host. Whoever is away is joined by their substitute (7.1).
 * @param substitutes by the person who is away
 */
export function deciders(it: {
  host: PersonId;
  reviewers: readonly PersonId[];
  admins: readonly PersonId[];
  substitutes: ReadonlyMap<PersonId, PersonId>;
  escalated?: boolean;
}): Decider[] {
  const withSubstitutes = (people: readonly PersonId[]): Decider[] =>
    people.filter((person) => person !== it.host).flatMap((person) => standIns(person, it));
  const reviewers = withSubstitutes(it.reviewers);
  const found =
    reviewers.length === 0 || it.escalated ? [...reviewers, ...withSubstitutes(it.admins)] : reviewers;
  // Somebody who is a decider twice is one in their own right first, and asked where they are asked as either.
  const byPerson = new Map<PersonId, Decider>();
  for (const decider of [...found].sort(ownFirst)) {
    const first = byPerson.get(decider.person);
    byPerson.set(decider.person, first ? { ...first, away: first.away && decider.away } : decider);
  }
  return [...byPerson.values()];
}

/** The person, and whoever stands in for them: where a substitute is away too, the substitute's substitute joins. */
function standIns(
  person: PersonId,
  absent: { host: PersonId; substitutes: ReadonlyMap<PersonId, PersonId> },
): Decider[] {
  const chain = substitutesFrom(person, absent, []);
  return chain.map((it, n) => ({ person: it, for: n === 0 ? null : person, away: n < chain.length - 1 }));
}

function substitutesFrom(
  person: PersonId,
  absent: { host: PersonId; substitutes: ReadonlyMap<PersonId, PersonId> },
  before: readonly PersonId[],
): PersonId[] {
  const chain = [...before, person];
  const next = absent.substitutes.get(person);
  const ends = next === undefined || next === absent.host || chain.includes(next);
  return ends ? chain : substitutesFrom(next, absent, chain);
}

const ownFirst = (a: Decider, b: Decider): number => Number(a.for !== null) - Number(b.for !== null);
