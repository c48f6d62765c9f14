import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { person } from '../../test/support/examples.ts';
import type { PersonId } from './ids.ts';
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
  const [ann, rae, roy] = [person('ann'), person('rae'), person('roy')];
  const [ada, bea] = [person('ada'), person('bea')];
  const none = new Map<PersonId, PersonId>();

  test.each([
    { what: 'the reviewers', host: ann, reviewers: [rae, roy], admins: [ada], who: [rae, roy] },
    { what: 'the other reviewers', host: rae, reviewers: [rae, roy], admins: [ada], who: [roy] },
    { what: 'else the admins', host: rae, reviewers: [rae], admins: [ada], who: [ada] },
    { what: 'the other admins', host: ada, reviewers: [ada], admins: [ada, rae], who: [rae] },
    { what: 'nobody', host: ada, reviewers: [ada], admins: [ada], who: [] },
  ])('$what', ({ host, reviewers, admins, who }) => {
    expect(deciders({ host, reviewers, admins, substitutes: none }).map((it) => it.person)).toEqual(who);
  });

  test('the admins as well, once it has escalated', () => {
    const it = { host: ann, reviewers: [rae], admins: [ada], substitutes: none, escalated: true };
    expect(deciders(it).map(({ person }) => person)).toEqual([rae, ada]);
  });

  test.each([
    { what: 'whoever is away, and their substitute', away: [[rae, ada]], who: ['(rae)', 'ada for rae'] },
    { what: 'not the host as a substitute', away: [[rae, ann]], who: ['rae'] },
    { what: 'a reviewer as a substitute in their own right', away: [[rae, roy]], who: ['(rae)', 'roy'] },
    {
      what: 'the substitute of a substitute',
      away: [
        [rae, ada],
        [ada, bea],
      ],
      who: ['(rae)', '(ada) for rae', 'bea for rae'],
    },
    {
      what: 'both of two who stand in for each other',
      away: [
        [rae, roy],
        [roy, rae],
      ],
      who: ['rae', 'roy'],
    },
  ])('[7.1] $what', ({ away, who }) => {
    const substitutes = new Map(away as Array<[PersonId, PersonId]>);
    const reviewers = who.some((it) => it.includes('roy')) ? [rae, roy] : [rae];
    const found = deciders({ host: ann, reviewers, admins: [], substitutes });
    const named = found.map(
      (it) => (it.away ? `(${it.person})` : it.person) + (it.for ? ` for ${it.for}` : ''),
    );
    expect(named).toEqual(who);
  });

  test('never the host, and always somebody to be asked where somebody may decide', () => {
    const somebody = fc.constantFrom(ann, rae, roy, ada);
    const people = fc.array(somebody);
    const away = fc.array(fc.tuple(somebody, somebody).filter(([one, other]) => one !== other));
    fc.assert(
      fc.property(somebody, people, people, away, (host, reviewers, admins, pairs) => {
        const found = deciders({ host, reviewers, admins, substitutes: new Map(pairs) });
        expect(found.map((it) => it.person)).not.toContain(host);
        expect(found.map((it) => it.for)).not.toContain(host);
        expect(found.length === 0 || found.some((it) => !it.away)).toBe(true);
      }),
    );
  });
});
