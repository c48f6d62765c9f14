import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';
import { AlreadyRunning, lockDatabase } from '../../src/db/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'second-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('[2.7] a second process is refused before it has touched the database, newer or not', async () => {
  const path = join(folder, 'rooms.sqlite');
  const config = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
    DATABASE_PATH: path,
    REDIS_URL: 'redis://127.0.0.1:1',
    ADMIN_EMAILS: 'ada@example.org',
  });
  const unlock = lockDatabase(path);
  const second = startApp(config, { clock: systemClock, log: createLogger('silent') });
  await expect(second).rejects.toThrow(AlreadyRunning);
  expect(existsSync(path)).toBe(false);
  unlock();
});
