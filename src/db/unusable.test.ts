import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from './database.ts';
import { UnusableDatabase, usable } from './unusable.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unusable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('[6.4] what is no database is not opened, and the one sentence says what to do', () => {
  const path = join(folder, 'rooms.sqlite');
  writeFileSync(path, 'A letter, and by no means a database. '.repeat(100));
  expect(() => openDatabase(path)).toThrow(UnusableDatabase);
  expect(() => openDatabase(path)).toThrow(
    `The database ${path} is no database, or damaged. Restore a backup.`,
  );
});

test.each([
  ['EROFS', 'read-only'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['EACCES', 'this user'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_SHMSIZE', 'full or failing'],
  ['SQLITE_CANTOPEN', 'folder'],
])('[6.4] %s is told in words', (code, word) => {
  const open = () => {
    throw Object.assign(new Error('no'), { code });
  };
  expect(() => usable('/data/rooms.sqlite', open)).toThrow(word);
});

test('[6.4] whatever else goes wrong is passed on as it is', () => {
  const cause = new TypeError('a fault of ours');
  expect(() =>
    usable('/data/rooms.sqlite', () => {
      throw cause;
    }),
  ).toThrow(cause);
});
