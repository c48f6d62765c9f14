import { createWorld, type Someone, type World } from '../support/world.ts';

/** Everybody who may stand before a command, as the columns of the table have them. */
export const roles = [
  'employee',
  'host',
  'otherHost',
  'attendee',
  'reviewer',
  'otherReviewer',
  'substitute',
  'admin',
  'supervisor',
  'custodian',
  'support',
  'trainer',
  'policyOwner',
  'privacyOfficer',
  'elsewhere',
  'guest',
  'bot',
  'foreign',
] as const;
export type Role = (typeof roles)[number];
export type Cast = Record<Role, Someone>;

// Everybody does a lot at once here, and all in the same moment.
const unlimited = { person: 1e6, workspace: 1e6, suggestions: 1e6, recorded: 0 };

/** Roles that an admin gives, beside their own. */
const staff = ['supervisor', 'custodian', 'support', 'trainer', 'policyOwner', 'privacyOfficer'] as const;

export async function createCast(): Promise<{ world: World; cast: Cast }> {
  const world = await createWorld({ admins: ['ada@example.org'], limits: unlimited });
  const cast: Cast = {
    employee: await world.person('Cem'),
    host: await world.person('Ann'),
    otherHost: await world.person('Dora'),
    attendee: await world.person('Ben'),
    reviewer: await world.person('Rae'),
    otherReviewer: await world.person('Otto'),
    substitute: await world.person('Sue'),
    admin: await world.person('Ada'),
    supervisor: await world.person('Sol'),
    custodian: await world.person('Cleo'),
    support: await world.person('Sid'),
    trainer: await world.person('Tara'),
    policyOwner: await world.person('Pol'),
    privacyOfficer: await world.person('Pru'),
    elsewhere: await world.person('Elsa', { platform: 'teams', tenant: 'entra' }),
    guest: await world.person('Gus', { kind: 'guest', email: null }),
    bot: await world.person('Machine', { kind: 'bot', email: null }),
    foreign: await world.person('Fay', { kind: 'external', email: null, tenant: 'T2' }),
  };
  for (const role of staff)
    await world.act(cast.admin, {
      command: 'people.giveRole',
      values: { people: [cast[role].caller.userId], role },
    });
  // Who was never there before leaves a trace by being turned away.
  for (const someone of Object.values(cast)) await world.say(someone, 'help');
  return { world, cast };
}
