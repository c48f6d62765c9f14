import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { oauthApp, type SlackWorld, startSlack, textOf } from '../../../test/support/slack.ts';
import { createDesk, note, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';

let world: SlackWorld;
let bot: SlackBot;
const desk = createDesk();

const start = async (allowedTeams: string[]): Promise<void> => {
  bot = await startSlackBot(world, desk, {
    config: { ...world.config, allowedTeams, install: oauthApp },
    publicUrl: 'http://127.0.0.1',
  });
};

/** Follows the way through Slack's consent and back. */
async function install(change: (query: URLSearchParams) => void = () => undefined) {
  const begun = await fetch(`${world.botUrl()}/slack/install`, { redirect: 'manual' });
  const consent = new URL(begun.headers.get('location') ?? '');
  const back = await fetch(new URL('/oauth/v2/authorize/callback', consent), {
    method: 'POST',
    body: new URLSearchParams([...consent.searchParams, ['user_id', world.user('ann').id]]),
    redirect: 'manual',
  });
  const { searchParams } = new URL(back.headers.get('location') ?? '');
  change(searchParams);
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ended = await fetch(`${world.botUrl()}/slack/oauth_redirect?${searchParams}`, {
    headers: { cookie },
  });
  return { status: ended.status, text: await ended.text() };
}

beforeAll(async () => {
  world = await startSlack({ people: [{ name: 'ann' }] });
});
beforeEach(() => desk.clear());
afterEach(() => bot.stop());
afterAll(() => world.stop());

test('[6.4] a workspace on the allow-list installs the bot, uses it, and removes it', async () => {
  await start([world.team]);
  expect((await install()).status).toBe(200);
  expect([...bot.kept.keys()]).toEqual([world.team]);
  desk.answer = note('Hello');
  expect(textOf(await world.say(world.user('ann'), 'hello'))).toContain('Hello');
  await world.event({ type: 'app_uninstalled' });
  expect(bot.kept.size).toBe(0);
});

test('[6.4] another workspace is refused in one sentence, recorded, and its token not kept', async () => {
  await start(['TELSE']);
  const { status, text } = await install();
  expect(status).toBe(403);
  expect(text).toContain('its own organisation');
  expect(bot.kept.size).toBe(0);
  expect(desk.turnedAway).toMatchObject([{ tenant: world.team, why: 'workspace' }]);
});

test('[6.4] a way back that was not begun here installs nothing', async () => {
  await start([world.team]);
  const { status } = await install((query) => query.set('state', 'forged'));
  expect(status).toBe(400);
  expect(bot.kept.size).toBe(0);
});

test('[6.4] a workspace that is allowed but has not installed the bot gets no further than an error', async () => {
  await start([world.team]);
  await expect(world.command(world.user('ann'), '/book')).rejects.toThrow('400');
});
