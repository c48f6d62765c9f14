import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { DateTime } from 'luxon';
import { openDatabase } from '../../src/db/database.ts';
import { addPerson } from '../../src/features/people/index.ts';
import { saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import { type Child, startChild } from '../support/child.ts';
import { eventually } from '../support/eventually.ts';
import { plainRoom } from '../support/program.ts';
import { removeKeys, testRedis } from '../support/redis.ts';
import { inputsOf, type SlackWorld, startSlack, textOf } from '../support/slack.ts';

type Line = {
  msg: string;
  trace?: string;
  command?: string;
  outcome?: string;
  name?: string;
  result?: string;
};

let folder: string;
let path: string;
let slack: SlackWorld;
let child: Child;
let deployment: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trace-'));
  path = join(folder, 'rooms.sqlite');
  slack = await startSlack({ people: [{ name: 'ann', profile: { tz: 'UTC' } }, { name: 'rae' }] });
  const db = openDatabase(path);
  deployment = db.deployment;
  await db.transact(async (tx) => {
    await ensureRules(tx);
    const rae = await addPerson(tx, 'rae', 'rae@example.org', 0);
    await saveRoom(tx, { ...plainRoom, zone: 'UTC', name: 'Alps', reviewers: [rae] }, null);
  });
  await db.close();
  child = await startChild({
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: slack.config.signingSecret,
    SLACK_API_URL: slack.config.apiUrl ?? '',
    DATABASE_PATH: path,
    REDIS_URL: testRedis().url,
    ADMIN_EMAILS: 'rae@example.org',
    PORT: '0',
  });
  slack.connect(child.url);
});
afterEach(async () => {
  await child.kill();
  await removeKeys(testRedis().url, `meeting-room-bot:${deployment}`);
  await slack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const logged = (): Line[] =>
  child
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

test('[7.3] one id leads from a click to everything that is told of it', async () => {
  const [ann, rae] = [slack.user('ann'), slack.user('rae')];
  const date = DateTime.utc().plus({ days: 3 }).toFormat('yyyy-MM-dd');
  await slack.command(ann, '/book');
  await eventually(() => expect([...inputsOf(slack.view(ann)).keys()]).toContain('topic'));
  await slack.submit(ann, { topic: 'Secret plans', date, start: '10:00', duration: '30' });
  await eventually(async () =>
    expect((await slack.chat(rae)).filter((it) => textOf(it).includes('asks for'))).toHaveLength(1),
  );
  const request = await eventually(() => {
    const line = logged().find((it) => it.msg === 'answered' && it.command === 'booking.request');
    if (!line) throw new Error('nothing was logged of the request');
    return line;
  });
  expect(request).toMatchObject({ outcome: 'card', trace: expect.stringMatching(/^[0-9a-f]{8}$/) });
  const told = await eventually(() => {
    const lines = logged().filter((it) => it.msg === 'delivered' && it.trace === request.trace);
    const asked = lines.find((it) => it.name === 'approval.request');
    expect(asked?.result).toBe('told');
    return lines;
  });
  expect(told.map((it) => it.name)).toContain('booking.host');
  // Two clicks are two ids, and what is due much later keeps the one that it comes of.
  const others = logged().filter((it) => it.msg === 'answered' && it.command !== request.command);
  expect(others.map((it) => it.trace)).not.toContain(request.trace);
  const db = new Database(path, { readonly: true });
  const later = db.prepare("SELECT DISTINCT trace FROM outbox WHERE name LIKE 'approval.%'").pluck().all();
  db.close();
  expect(later).toEqual([request.trace]);
  expect(child.output()).not.toContain('Secret plans');
}, 120_000);
