import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import type { PersonId } from '../../core/ids.ts';
import { givenRoles, giveRole, roleHolders, takeRole } from './roles.ts';
import {
  type Account,
  accountsOf,
  addPerson,
  findAccount,
  findPerson,
  type Known,
  namesOf,
  saveAccount,
  seen,
  type UserKey,
  userIdsOf,
  welcomeOnce,
  whereabouts,
} from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const slack = (userId: string): UserKey => ({ platform: 'slack', tenant: 'T1', userId });
const teams = (userId: string): UserKey => ({ platform: 'teams', tenant: 'contoso', userId });

const known = (name: string, its: Partial<Known> = {}): Known => ({
  name,
  email: `${name}@Example.org`,
  kind: 'member',
  locale: null,
  zone: null,
  ...its,
});

const save = (key: UserKey, it: Known, now = 0): Promise<Account> =>
  temporary.db.transact((tx) => saveAccount(tx, key, it, now));

const reader = () => temporary.db.read;

describe('[6.4] one human being is one person on all platforms', () => {
  test('linked by the verified e-mail address, in any case', async () => {
    const first = await save(slack('U1'), known('ann', { email: 'Ann@Example.org' }));
    const second = await save(teams('a1'), known('Ann B.', { email: 'ann@example.ORG' }));
    expect(second.person).toBe(first.person);
    expect(await findPerson(reader(), first.person)).toMatchObject({
      name: 'Ann B.',
      email: 'ann@example.org',
    });
  });

  test('without one they are two', async () => {
    const first = await save(slack('U1'), known('ann', { email: null }));
    const second = await save(teams('a1'), known('ann', { email: null }));
    expect(second.person).not.toBe(first.person);
  });

  test.each(['guest', 'external', 'bot'] as const)(
    'a %s is never linked, whatever the address',
    async (kind) => {
      const member = await save(slack('U1'), known('ann'));
      const other = await save(teams('a1'), known('ann', { kind }));
      expect(other.person).not.toBe(member.person);
      expect(await findPerson(reader(), other.person)).toMatchObject({ email: null });
      expect((await accountsOf(reader(), other.person)).length).toBe(0);
    },
  );

  test('a guest who becomes a member is linked from then on, and found under the old person too', async () => {
    const member = await save(slack('U1'), known('ann'));
    const guest = await save(teams('a1'), known('ann', { kind: 'guest' }));
    const linked = await save(teams('a1'), known('ann'));
    expect([linked.id, linked.person]).toEqual([guest.id, member.person]);
    const userIds = async (person: PersonId) =>
      (await accountsOf(reader(), person)).map((it) => it.userId).sort();
    expect(await userIds(member.person)).toEqual(['U1', 'a1']);
    expect(await userIds(guest.person)).toEqual(['U1', 'a1']);
  });

  test('a new address of a person is theirs; somebody else’s is not taken over', async () => {
    const ann = await save(slack('U1'), known('ann'));
    const married = await save(slack('U1'), known('ann', { email: 'ann.new@example.org' }));
    expect(married.person).toBe(ann.person);
    const ben = await save(slack('U2'), known('ben'));
    const moved = await save(slack('U1'), known('ann', { email: 'ben@example.org' }));
    expect(moved.person).toBe(ben.person);
    expect(await findPerson(reader(), ann.person)).toMatchObject({
      email: 'ann.new@example.org',
      sameAs: null,
    });
  });

  test('who was known by address before is recognised at the first contact', async () => {
    const person = await temporary.db.transact((tx) =>
      addPerson(tx, 'rae@example.org', 'Rae@example.org', 0),
    );
    const account = await save(slack('U1'), known('Rae', { email: 'rae@EXAMPLE.org' }));
    expect(account.person).toBe(person);
    expect(await namesOf(reader(), [person])).toEqual(new Map([[person, 'Rae']]));
  });

  test('the same user id in another tenant is another user', async () => {
    const here = await save(slack('U1'), known('ann'));
    const there = await save({ ...slack('U1'), tenant: 'T2' }, known('eve'));
    expect([there.id === here.id, there.person === here.person]).toEqual([false, false]);
  });
});

describe('[2.3] where people are written to', () => {
  test('where they were last, first; guests nowhere', async () => {
    const first = await save(slack('U1'), known('ann'));
    const second = await save(teams('a1'), known('ann'));
    const at = { conversation: '{"ref":1}', locale: 'zh-TW', zone: 'Asia/Taipei' };
    const order = async () => (await accountsOf(reader(), first.person)).map((it) => it.userId);
    await temporary.db.transact((tx) => seen(tx, second.id, 10, at));
    expect(await order()).toEqual(['a1', 'U1']);
    await temporary.db.transact((tx) => seen(tx, first.id, 20, { ...at, conversation: null }));
    expect(await order()).toEqual(['U1', 'a1']);
    await save(slack('U1'), known('ann', { kind: 'guest' }));
    expect(await order()).toEqual(['a1']);
  });

  test('what is known of address, language and zone is not lost by an event without them', async () => {
    const { id } = await save(slack('U1'), known('ann', { locale: 'en-GB', zone: 'Europe/Berlin' }));
    const nothing = { conversation: null, locale: null, zone: null };
    await temporary.db.transact((tx) => seen(tx, id, 10, { ...nothing, conversation: 'c1' }));
    await temporary.db.transact((tx) => seen(tx, id, 20, nothing));
    await save(slack('U1'), known('ann'), 30);
    expect(await findAccount(reader(), slack('U1'))).toMatchObject({
      conversation: 'c1',
      locale: 'en-GB',
      zone: 'Europe/Berlin',
      seenAt: 20,
      checkedAt: 30,
    });
  });

  test('user ids of persons, in their order; who is not on that platform is left out', async () => {
    const ann = await save(slack('U1'), known('ann'));
    const ben = await save(teams('b1'), known('ben'));
    const cem = await save(slack('U3'), known('cem'));
    const people = [cem, ben, ann].map((it) => it.person);
    expect(await userIdsOf(reader(), people, 'slack', 'T1')).toEqual(['U3', 'U1']);
    expect(await userIdsOf(reader(), people, 'teams', 'contoso')).toEqual(['b1']);
  });

  test('the welcome is due once for each account', async () => {
    const { id } = await save(slack('U1'), known('ann'));
    const welcome = () => temporary.db.transact((tx) => welcomeOnce(tx, id, 0));
    expect([await welcome(), await welcome()]).toEqual([true, false]);
  });
});

test('[6.2] a role is given once and taken once', async () => {
  const { person } = await save(slack('U1'), known('ann'));
  const { transact } = temporary.db;
  const role = { person, role: 'admin', by: person, since: 5 } as const;
  const give = () => transact((tx) => giveRole(tx, role));
  const take = () => transact((tx) => takeRole(tx, person, 'admin'));
  expect([await give(), await give(), await givenRoles(reader(), person)]).toEqual([true, false, ['admin']]);
  expect(await roleHolders(reader())).toEqual([{ person, name: 'ann', role: 'admin', since: 5 }]);
  expect([await take(), await take(), await givenRoles(reader(), person)]).toEqual([true, false, []]);
});

describe('[2.7] whose clock counts', () => {
  test('that of the account last used, also under an id that was found to be theirs later', async () => {
    const first = await save(slack('U1'), known('ann', { email: null, zone: 'Europe/Berlin' }));
    const bot = await save(slack('U1'), known('ann', { zone: 'Europe/Berlin' }));
    const second = await save(teams('a1'), known('ann', { zone: 'Asia/Taipei' }));
    const nowhere = await temporary.db.transact((tx) => addPerson(tx, 'bo', 'bo@example.org', 0));
    const of = async (id: PersonId) => (await whereabouts(reader(), [id, nowhere])).get(id);
    const use = (account: Account, now: number) =>
      temporary.db.transact((tx) =>
        seen(tx, account.id, now, { conversation: null, locale: null, zone: null }),
      );
    await use(bot, 1);
    expect(await of(second.person)).toEqual({ self: second.person, zone: 'Europe/Berlin' });
    await use(second, 2);
    expect(await of(first.person)).toEqual({ self: second.person, zone: 'Asia/Taipei' });
    expect(await of(nowhere)).toEqual({ self: nowhere, zone: null });
    expect(await whereabouts(reader(), [])).toEqual(new Map());
  });
});
