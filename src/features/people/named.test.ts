import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { membersNamed } from './named.ts';
import { type Known, namesOf, saveAccount } from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

async function members(...all: Array<Partial<Known> & { name: string }>): Promise<void> {
  await temporary.db.transact(async (tx) => {
    for (const [n, it] of all.entries()) {
      const user = { platform: 'slack', tenant: 'T1', userId: `U${n}` } as const;
      await saveAccount(tx, user, { email: null, kind: 'member', locale: null, zone: null, ...it }, 0);
    }
  });
}

async function found(name: string): Promise<string[]> {
  const { read } = temporary.db;
  return [...(await namesOf(read, await membersNamed(read, name))).values()].sort();
}

test.each([
  ['ann lee', ['Ann Lee']],
  ['ANN LEE', ['Ann Lee']],
  ['Ann_Lee', ['Ann Lee']],
  ['ann', ['Ann Lee', 'Ann Moss']],
  ['an', []],
  ['lee', []],
  ['a.moss', ['Ann Moss']],
  ['new_hire', ['Noa']],
  ['émile', ['Émile Gérard']],
  ['ÉMILE GÉRARD', ['Émile Gérard']],
  ['émile gérard', ['Émile Gérard']],
  ['陳美玲', ['陳美玲']],
  ['美玲', ['林美玲', '陳美玲']],
  ['玲', []],
  ['', []],
  ['%', []],
  ['x'.repeat(5000), []],
])('[2.1] @%s is %j', async (typed, names) => {
  await members(
    { name: 'Ann Lee' },
    { name: 'Ann Moss', email: 'a.moss@example.org' },
    { name: 'Noa', email: 'new_hire@example.org' },
    { name: 'Émile Gérard' },
    { name: '陳美玲' },
    { name: '林美玲' },
    { name: 'Gil', kind: 'guest' },
    { name: 'X' },
  );
  expect(await found(typed)).toEqual(names);
});

test('[2.1] whoever is called just so comes before all whose first word it is', async () => {
  await members(...['A', 'B', 'C', 'D', 'E', 'F'].map((last) => ({ name: `Kim ${last}` })), { name: 'Kim' });
  expect(await found('kim')).toEqual(['Kim']);
});

test('[6.4] guests are no members, whatever they are called', async () => {
  await members({ name: 'Gil', kind: 'guest' });
  expect(await found('gil')).toEqual([]);
});
