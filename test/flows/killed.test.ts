import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { openDatabase } from '../../src/db/database.ts';
import { addPerson } from '../../src/features/people/index.ts';
import { saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import { type Child, runChild, startChild } from '../support/child.ts';
import { eventually } from '../support/eventually.ts';
import { plainRoom } from '../support/program.ts';
import { removeKeys, testRedis } from '../support/redis.ts';
import { type SlackUser, type SlackWorld, startSlack, textOf } from '../support/slack.ts';
import { password, startSmtp } from '../support/smtp.ts';

let folder: string;
let slack: SlackWorld;
let child: Child;
let settings: Record<string, string>;
let deployment: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  slack = await startSlack({ people: [{ name: 'ann', profile: { tz: 'UTC' } }, { name: 'rae' }] });
  const databasePath = join(folder, 'rooms.sqlite');
  const db = openDatabase(databasePath);
  deployment = db.deployment;
  await db.transact(async (tx) => {
    await ensureRules(tx);
    const rae = await addPerson(tx, 'rae', 'rae@example.org', 0);
    await saveRoom(tx, { ...plainRoom, zone: 'UTC', name: 'Alps', reviewers: [rae] }, null);
  });
  await db.close();
  const { install, signingSecret, apiUrl } = slack.config;
  settings = {
    SLACK_BOT_TOKEN: 'botToken' in install ? install.botToken : '',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl ?? '',
    DATABASE_PATH: databasePath,
    REDIS_URL: testRedis().url,
    ADMIN_EMAILS: 'rae@example.org',
    PORT: '0',
  };
  await start();
});

afterEach(async () => {
  await child.kill();
  await removeKeys(testRedis().url, `meeting-room-bot:${deployment}`);
  await slack.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  child = await startChild(settings);
  slack.connect(child.url);
}

/** Cards of the booking with this topic. */
const messages = async (user: SlackUser, text: string) =>
  (await slack.chat(user)).filter((message) => message.text.includes(`Topic: ${text}`));

test('[2.2] killed at any moment after an answer, it tells everybody once when it is back', async () => {
  const [ann, rae] = [slack.user('ann'), slack.user('rae')];
  const date = DateTime.utc().plus({ days: 3 }).toFormat('yyyy-MM-dd');
  // From before the first card is sent until after the last is marked.
  const moments = [0, 5, 10, 20, 40, 80];
  for (const [n, moment] of moments.entries()) {
    await slack.command(ann, '/book');
    const sent = await slack.submit(ann, {
      topic: `Meeting ${n}`,
      date,
      start: `${10 + n}:00`,
      duration: '30',
    });
    expect(textOf(sent)).toContain(`#${1001 + n}`);
    await sleep(moment);
    await child.kill();
    await start();
  }
  for (const n of moments.keys()) {
    await eventually(async () => expect(await messages(rae, `Meeting ${n}`)).toHaveLength(1));
    await eventually(async () => expect(await messages(ann, `Meeting ${n}`)).toHaveLength(1));
  }
  // Whatever might still come twice has had its time once a later request has been told.
  await slack.command(ann, '/book');
  await slack.submit(ann, { topic: 'The last', date, start: '18:00', duration: '30' });
  await eventually(async () => expect(await messages(rae, 'The last')).toHaveLength(1));
  expect(await messages(rae, 'Meeting')).toHaveLength(moments.length);
}, 120_000);

test('[2.3] [6.4] mail waits through a wrong password and a kill, and no log ever shows the password', async () => {
  const smtp = await startSmtp({ auth: true, accepts: 'another' });
  try {
    await child.kill();
    Object.assign(settings, {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Rooms <rooms@example.org>',
      LOG_LEVEL: 'trace',
    });
    await start();
    const [ann, rae] = [slack.user('ann'), slack.user('rae')];
    await slack.command(ann, '/calendar');
    await slack.click(ann, 'Switch e-mail on');
    await slack.command(ann, '/book');
    const date = DateTime.utc().plus({ days: 3 }).toFormat('yyyy-MM-dd');
    await slack.submit(ann, { topic: 'By mail', date, start: '10:00', duration: '30' });
    const [asked] = await eventually(async () => {
      const found = await messages(rae, 'By mail');
      expect(found).toHaveLength(1);
      return found;
    });
    await slack.click(rae, 'Approve', asked);
    await eventually(() => expect(child.output()).toContain('MailFailed EAUTH 535'));
    const printed = child.output();
    await child.kill();
    smtp.accept(password);
    await start();
    await eventually(() => expect(smtp.mails.map(({ to }) => to)).toEqual(['ann@example.org']));
    for (const secret of [password, encodeURIComponent(password), smtp.url])
      expect(printed + child.output()).not.toContain(secret);
  } finally {
    await smtp.stop();
  }
}, 120_000);

test('[6.4] on SIGTERM it ends by itself, having told what it was about to tell', async () => {
  expect(await child.terminate()).toBe(0);
  expect(child.output()).not.toContain(settings.SLACK_BOT_TOKEN);
});

test('[2.7] on SIGTERM it ends in good order though Slack has stopped to answer somebody’s command', async () => {
  slack.fail({ method: 'views.open', hangs: true });
  const shown = slack.command(slack.user('ann'), '/book').catch(() => 'nothing');
  await eventually(() => expect(slack.calls).toContain('views.open'));
  expect(await child.terminate()).toBe(0);
  await start();
  await slack.command(slack.user('ann'), '/help');
  await shown;
}, 60_000);

test('[2.7] a second process on the same database is refused: nothing is told twice', async () => {
  const { code, output } = await runChild(settings);
  expect(code).toBe(1);
  expect(output).toContain('Another process is running on the database');
});

test('[6.4] without settings it says which are missing, what for, and where the sandbox is', async () => {
  const { code, output } = await runChild({});
  expect(code).toBe(1);
  for (const name of ['DATABASE_PATH', 'REDIS_URL', 'ADMIN_EMAILS', 'SLACK_BOT_TOKEN', 'MICROSOFT_APP_ID'])
    expect(output).toContain(name);
  expect(output).toContain('npm run sandbox');
});
