import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { person } from '../../test/support/examples.ts';
import { deciders, may, type Role, roles } from './rights.ts';

describe('[6.2] rights', () => {
  test.each<{ roles: Role[]; member: boolean; admin: boolean }>([
    { roles: [], member: true, admin: false },
    { roles: ['admin'], member: true, admin: true },
    { roles: roles.filter((role) => role !== 'admin'), member: true, admin: false },
  ])('of $roles', ({ roles, member, admin }) => {
    const actor = { roles: new Set(roles) };
    expect([may(actor, 'member'), may(actor, 'admin')]).toEqual([member, admin]);
  });
});

describe('[2.2] who decides', () => {
  const [ann, rae, roy, ada] = ['ann', 'rae', 'roy', 'ada'].map(person) as [
    ReturnType<typeof person>,
    ReturnType<typeof person>,
    ReturnType<typeof person>,
    ReturnType<typeof person>,
  ];

  test.each([
    { what: 'the reviewers', host: ann, reviewers: [rae, roy], admins: [ada], who: [rae, roy] },
    { what: 'the other reviewers', host: rae, reviewers: [rae, roy], admins: [ada], who: [roy] },
    { what: 'else the admins', host: rae, reviewers: [rae], admins: [ada], who: [ada] },
    { what: 'the other admins', host: ada, reviewers: [ada], admins: [ada, rae], who: [rae] },
    { what: 'nobody', host: ada, reviewers: [ada], admins: [ada], who: [] },
  ])('$what', ({ host, reviewers, admins, who }) => {
    expect(deciders(host, reviewers, admins)).toEqual(who);
  });

  test('never the host', () => {
    const somebody = fc.constantFrom(ann, rae, roy, ada);
    fc.assert(
      fc.property(somebody, fc.array(somebody), fc.array(somebody), (host, reviewers, admins) => {
        expect(deciders(host, reviewers, admins)).not.toContain(host);
      }),
    );
  });
});
