import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createLogger } from '../../src/core/logger.ts';
import { createInstallations } from '../../src/db/installations.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { testRedis } from '../support/redis.ts';
import { redisLine } from '../support/redis-line.ts';
import { oauthApp, textOf as slackText, startSlack } from '../support/slack.ts';
import { createDesk, startSlackBot } from '../support/slack-bot.ts';
import { temporaryDatabase } from '../support/temporary-database.ts';
import { columnsWith } from '../support/where-found.ts';
import { formOf } from './stage.ts';

/*
 * A full run with everything logged, in which whatever can go wrong does. No secret that the program was given may
 * stand in what it logs, answers, sends or keeps, but for two columns: `installation.token`, the right to act in a
 * workspace, and `deployment.link_secret`, by which links are signed. The file is for the bot's user alone.
 */

const printed: string[] = [];
const own = {
  log: console.log,
  info: console.info,
  warn: console.warn,
  error: console.error,
  debug: console.debug,
};

beforeAll(() => {
  // The SDKs print by themselves.
  for (const name of Object.keys(own) as (keyof typeof own)[])
    console[name] = (...parts: unknown[]) => void printed.push(parts.map(asText).join(' '));
});
afterAll(() => {
  Object.assign(console, own);
});
beforeEach(() => {
  printed.length = 0;
});

const asText = (part: unknown): string =>
  part instanceof Error ? `${part.stack}` : (JSON.stringify(part) ?? `${part}`);

/** Which of the secrets stand in a text. */
const found = (secrets: Record<string, string>, text: string): string[] =>
  Object.entries(secrets)
    .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
    .map(([name]) => name);

/** What is answered to whoever asks, in health and in error. */
async function answersOf({ url, teams }: Program): Promise<string> {
  const gets = ['/metrics', '/healthz', '/readyz', '/nothing', '/files/x/y', '/calendar/feed/x.ics', '/%ff'];
  const answers = await Promise.all(
    gets.map(async (path) => {
      const response = await fetch(`${url}${path}`);
      return `${JSON.stringify([...response.headers])}${await response.text()}`;
    }),
  );
  const wrong = [
    await teams.post('{"broken', null),
    await teams.post({ type: 'message' }),
    await teams.post({ type: 'message' }, teams.issuer.sign({}, 'foreign')),
    await fetch(`${url}/slack/events`, { method: 'POST', body: 'x' }).then((it) => it.text()),
  ];
  return JSON.stringify([answers, wrong]);
}

test('[6.1] a full run on both platforms, with every kind of trouble, gives no secret away', async () => {
  const logged: string[] = [];
  const line = await redisLine(testRedis().url);
  const redis = new URL(line.url);
  redis.username = 'default';
  redis.password = 'redis-password-of-the-test';
  const smtp = 'mail-password-of-the-test';
  const program = await startProgram({
    people: ['ann', 'rae'].map((name) => ({ name, profile: { tz: 'Europe/Berlin', locale: 'en-US' } })),
    admins: ['rae@example.org'],
    settings: {
      redisUrl: redis.href,
      publicUrl: 'https://rooms.example.org',
      smtp: {
        url: `smtp://rooms:${smtp}@127.0.0.1:9`,
        from: { name: 'Rooms', address: 'rooms@example.org' },
      },
    },
    log: createLogger('trace', { write: (entry) => void logged.push(entry) }),
  });
  const { slack, teams } = program;
  const linkSecret =
    program.query<{ link_secret: string }>('SELECT link_secret FROM deployment')[0]?.link_secret ?? '';
  expect(linkSecret.length).toBeGreaterThan(20);
  const outward = {
    'bot token': 'xoxb-test',
    'signing secret': slack.config.signingSecret,
    'app password': teams.config.appPassword,
    'Redis password': redis.password,
    'mail password': smtp,
  };
  const secrets = { ...outward, 'link secret': linkSecret };

  const [ann, rae] = [slack.user('ann'), slack.user('rae')];
  const tom = teams.user('Tom', { zone: 'Europe/Berlin' });
  await program.room({ name: 'Alps', reviewers: ['rae@example.org'] });
  await teams.install(tom);
  slack.fail({ method: 'users.info', error: 'fatal_error' });
  await slack.command(ann, '/help');
  slack.fail({ method: 'chat.postMessage', status: 500 });
  await formOf(slack, ann);
  const typed = { topic: 'Design review', date: program.day, duration: '60' };
  await slack.submit(ann, { ...typed, start: '15:00', attendees: [rae.id] });
  teams.fail({ status: 500 }, { status: 403 }, { status: 429, retryAfter: 1 });
  await teams.say(tom, '/book');
  await teams.say(tom, '/book');
  await eventually(async () => {
    await teams.say(tom, '/book');
    await teams.click(tom, teams.last(tom), 'Request', { ...typed, start: '11:00' });
  });
  await eventually(async () =>
    expect((await slack.chat(rae)).some((it) => slackText(it).includes('asks for'))).toBe(true),
  );
  const card = (await slack.chat(rae)).findLast((it) => slackText(it).includes('Alps'));
  await slack.click(rae, 'Approve', card);
  await slack.command(ann, '/calendar');
  slack.fail({ method: 'chat.postMessage', error: 'invalid_auth' });
  await slack.say(ann, 'help').catch(() => {});
  const calm = await answersOf(program);
  await line.cut();
  await slack.command(ann, '/bookings');
  const troubled = await answersOf(program);
  await line.mend();
  await eventually(async () => expect((await fetch(`${program.url}/readyz`)).status).toBe(200));

  const shown = JSON.stringify([
    await Promise.all([ann, rae].map((user) => slack.chat(user))),
    [ann, rae].map((user) => [slack.ephemerals(user), slack.homes.get(user.id) ?? []]),
    teams.messages(tom),
  ]);
  const columns = Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [name, columnsWith(program.databasePath, secret)]),
  );
  await program.stop();
  await line.cut();
  expect(logged.length).toBeGreaterThan(20);
  expect(found(secrets, `${logged.join('\n')}\n${printed.join('\n')}`)).toEqual([]);
  expect(found(secrets, calm + troubled)).toEqual([]);
  expect(found(secrets, shown)).toEqual([]);
  expect(columns).toEqual({
    ...Object.fromEntries(Object.keys(outward).map((name) => [name, []])),
    'link secret': ['deployment.link_secret'],
  });
});

test('[6.1] an installation by OAuth, and one that fails, give no secret away', async () => {
  const logged: string[] = [];
  const world = await startSlack({ people: [{ name: 'ann' }] });
  const temporary = temporaryDatabase();
  const bot = await startSlackBot(world, createDesk(), {
    config: { ...world.config, allowedTeams: [world.team], install: oauthApp },
    installations: createInstallations(temporary.db, Date.now),
    publicUrl: 'http://127.0.0.1',
    logger: createLogger('trace', { write: (entry) => void logged.push(entry) }),
  });
  const answers: string[] = [];
  const ask = async (url: string | URL, init: RequestInit = {}) => {
    const response = await fetch(url, { redirect: 'manual', ...init });
    answers.push(`${await response.clone().text()}`);
    return response;
  };
  for (const code of ['', 'forged']) {
    const begun = await ask(`${world.botUrl()}/slack/install`);
    const consent = new URL(begun.headers.get('location') ?? '');
    const back = await fetch(new URL('/oauth/v2/authorize/callback', consent), {
      method: 'POST',
      body: new URLSearchParams([...consent.searchParams, ['user_id', world.user('ann').id]]),
      redirect: 'manual',
    });
    const { searchParams } = new URL(back.headers.get('location') ?? '');
    if (code) searchParams.set('code', code);
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    await ask(`${world.botUrl()}/slack/oauth_redirect?${searchParams}`, { headers: { cookie } });
  }
  const kept = await createInstallations(temporary.db, Date.now).fetch(world.team);
  const secrets = {
    'client secret': oauthApp.clientSecret,
    'signing secret': world.config.signingSecret,
    token: kept?.token ?? '',
  };
  expect(secrets.token).not.toBe('');
  const columns = columnsWith(temporary.path, secrets.token);
  await bot.stop();
  await world.stop();
  await temporary.remove();
  expect(found(secrets, [...logged, ...printed, ...answers].join('\n'))).toEqual([]);
  expect(columns).toEqual(['installation.token']);
});
