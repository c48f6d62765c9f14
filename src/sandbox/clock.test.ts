import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSandboxClock } from './clock.ts';

let folder: string;
let file: string;
let outside: number;
const system = { now: () => outside };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'));
  file = join(folder, 'clock.json');
  outside = 1_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[2.7] the sandbox clock goes with the time outside until it is moved, and stays ahead when started again', () => {
  const clock = createSandboxClock(file, system);
  expect(clock.now()).toBe(1_000);
  expect(clock.moved()).toBe(false);
  clock.moveTo(5_000);
  expect(clock.now()).toBe(5_000);
  outside += 10;
  expect(clock.now()).toBe(5_010);
  const again = createSandboxClock(file, system);
  expect(again.now()).toBe(5_010);
  expect(again.moved()).toBe(true);
});

test('[2.7] the sandbox clock never goes back, whatever it is told and whatever happens outside', () => {
  const clock = createSandboxClock(file, system);
  clock.moveTo(500);
  expect(clock.now()).toBe(1_000);
  clock.moveTo(9_000);
  outside -= 700;
  expect(clock.now()).toBe(9_000);
});

test('[2.7] a clock file that is not ours is not taken for one', () => {
  writeFileSync(file, '{"ahead":"soon"}');
  expect(() => createSandboxClock(file, system)).toThrow();
});
