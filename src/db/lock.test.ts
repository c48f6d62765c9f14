import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { AlreadyRunning, lockDatabase } from './lock.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

test('[2.3] a second program on the same database is refused, until the first has ended', () => {
  const unlock = lockDatabase(temporary.path);
  expect(() => lockDatabase(temporary.path)).toThrow(AlreadyRunning);
  expect(() => lockDatabase(temporary.path)).toThrow(/Another process is running/);
  unlock();
  lockDatabase(temporary.path)();
});

test('[2.3] tools may read and write beside the program', async () => {
  const unlock = lockDatabase(temporary.path);
  await temporary.reopen();
  await temporary.db.check();
  unlock();
});

test('[2.3] another database is another program’s', async () => {
  const other = temporaryDatabase();
  const [unlock, unlockOther] = [lockDatabase(temporary.path), lockDatabase(other.path)];
  unlock();
  unlockOther();
  await other.remove();
});
