import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { createInstallations } from './installations.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const installations = () => createInstallations(temporary.db, () => 5);

test('[6.4] each workspace has its own token, the last one, until it is removed; a restart keeps it', async () => {
  await installations().save({ tenant: 'T1', token: 'first' });
  await installations().save({ tenant: 'T2', token: 'other' });
  await installations().save({ tenant: 'T1', token: 'second' });
  await temporary.reopen();
  const tokens = async () =>
    Promise.all(['T1', 'T2', 'T3'].map(async (tenant) => (await installations().fetch(tenant))?.token));
  expect(await tokens()).toEqual(['second', 'other', undefined]);
  await installations().remove('T1');
  expect(await tokens()).toEqual([undefined, 'other', undefined]);
});
