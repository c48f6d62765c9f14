import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { AlreadyRunning } from '../db/lock.ts';
import { takeFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'folder-')), 'sandbox');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('[2.6] a folder belongs to one sandbox at a time', () => {
  const first = takeFolder(folder);
  expect(() => takeFolder(folder)).toThrow(AlreadyRunning);
  first.release();
  const second = takeFolder(folder);
  second.release();
});

test('[2.6] emptying removes what earlier runs left, and the folder stays taken', () => {
  const taken = takeFolder(folder);
  mkdirSync(join(folder, 'employee'));
  writeFileSync(join(folder, 'employee', 'output.log'), '');
  writeFileSync(join(folder, 'rooms.sqlite'), '');
  taken.empty();
  expect(existsSync(join(folder, 'employee'))).toBe(false);
  expect(existsSync(join(folder, 'rooms.sqlite'))).toBe(false);
  expect(() => takeFolder(folder)).toThrow(AlreadyRunning);
  taken.release();
});
