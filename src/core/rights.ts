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

/**
 * Who decides a request (2.2): the room's reviewers without the host; where that leaves nobody, the admins
 * without the host.
 */
export function deciders(
  host: PersonId,
  reviewers: readonly PersonId[],
  admins: readonly PersonId[],
): PersonId[] {
  const others = reviewers.filter((person) => person !== host);
  return others.length > 0 ? others : admins.filter((person) => person !== host);
}
