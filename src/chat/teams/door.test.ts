import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { listen } from '../../../test/support/listen.ts';
import { type TeamsUser, type TeamsWorld, textOf } from '../../../test/support/teams.ts';
import { startTeamsBot, type TeamsBot } from '../../../test/support/teams-bot.ts';
import { createLogger } from '../../core/logger.ts';
import { createTeams } from './index.ts';

let bot: TeamsBot;
let world: TeamsWorld;
let ann: TeamsUser;

beforeAll(async () => {
  bot = await startTeamsBot();
  world = bot.world;
});
afterAll(() => bot.stop());
beforeEach(() => {
  bot.forget();
  ann = world.user('Ann Chen');
});
/** Whatever came in: the process still answers. */
afterEach(async () => {
  expect((await world.say(ann, '/help')).status).toBe(200);
});

describe('the door', () => {
  const message = () => world.activity(ann, { type: 'message', text: 'show' });
  const sign = (claims: object, key?: 'foreign') =>
    world.issuer.sign({ serviceurl: message().serviceUrl, ...claims }, key);
  const forge = (how: 'none' | 'public key') => world.issuer.forge({ serviceurl: message().serviceUrl }, how);
  const emulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
  const soon = Math.floor(Date.now() / 1000);

  test.each<[string, () => string | null]>([
    ['no token', () => null],
    ['junk', () => 'junk'],
    ['junk in three parts', () => 'a.b.c'],
    ['a foreign key', () => sign({}, 'foreign')],
    ['another app', () => sign({ aud: 'another-app' })],
    ['no app', () => sign({ aud: undefined })],
    ['no issuer', () => sign({ iss: undefined })],
    ['no need of a signature', () => forge('none')],
    ['a signature by the public key', () => forge('public key')],
    ['another issuer', () => sign({ iss: 'https://api.botframework.com' })],
    ['another service address', () => sign({ serviceurl: 'https://evil.example' })],
    ['no service address', () => sign({ serviceurl: undefined })],
    [
      "the SDK's emulator",
      () => sign({ iss: emulator, ver: '1.0', appid: world.config.appId, serviceurl: undefined }),
    ],
    ['expired', () => sign({ exp: soon - 3600 })],
    ['not yet valid', () => sign({ nbf: soon + 3600 })],
    ['no signature', () => `${sign({}).split('.').slice(0, 2).join('.')}.`],
  ])('[6.4] %s is not let in', async (_, token) => {
    expect(await world.post(message(), token())).toEqual({ status: 401, body: '' });
    expect(bot.heard).toEqual([]);
    expect(world.messages(ann)).toEqual([]);
  });

  test.each([
    ['their own', { tenant: 'other-tenant' }, {}],
    ['one of two', {}, { channelData: { tenant: { id: 'other-tenant' } } }],
    ['none', { tenant: '' }, {}],
  ])(
    '[3.1] people of another tenant (%s) are told in one sentence, and it is recorded',
    async (_, user, other) => {
      const eve = world.user('Eve', user);
      await world.post(world.activity(eve, { type: 'message', text: 'show', ...other }));
      expect(bot.heard).toEqual([
        expect.objectContaining({ what: 'away', userId: eve.aadObjectId, why: 'tenant' }),
      ]);
      expect(textOf(world.last(eve).card)).toBe('This bot serves the members of its own organisation only.');
      const click = await world.post(
        world.activity(eve, { type: 'invoke', name: 'adaptiveCard/action', value: {}, ...other }),
      );
      expect(click.body).toMatchObject({ statusCode: 403, type: 'application/vnd.microsoft.error' });
    },
  );

  test('[3.1] bots are not answered, and it is recorded', async () => {
    const machine = world.user('Bot', { id: '28:another' });
    expect((await world.say(machine, 'show')).status).toBe(403);
    expect(bot.heard).toEqual([expect.objectContaining({ what: 'away', why: 'bot' })]);
    expect(world.messages(machine)).toEqual([]);
  });

  test.each([
    ['{}', '{}', 400],
    ['an array', '[]', 400],
    ['broken JSON', '{"type":', 400],
    ['text', '"hello"', 400],
    ['nothing', '', 400],
    ['a number for a type', '{"type":5,"channelId":"msteams"}', 400],
    ['another channel', '{"type":"message","channelId":"emulator","serviceUrl":"http://x.example"}', 400],
    ['1 MB', JSON.stringify({ text: 'x'.repeat(1_000_000) }), 413],
    ['2 MB of brackets', '['.repeat(2_000_000), 413],
  ])('[6.4] %s is refused without a word about the inside', async (_, body, status) => {
    expect(await world.post(body)).toEqual({ status, body: '' });
    expect(bot.heard).toEqual([]);
  });

  test.each([
    { text: 5 },
    { from: null },
    { from: { id: 7 } },
    { conversation: 'x' },
    { recipient: {} },
    { recipient: { id: '28:x', name: [] } },
    { conversation: { id: 'x', isGroup: 'yes' } },
    { entities: {} },
    { id: null },
  ])('[6.4] a field of a wrong type (%j) is refused', async (wrong) => {
    expect(await world.post({ ...message(), ...wrong })).toEqual({ status: 400, body: '' });
    expect(bot.heard).toEqual([]);
  });

  test('[6.4] malformed mentions and client facts are passed over', async () => {
    const entities = [
      null,
      5,
      { type: 'mention' },
      { type: 'mention', text: '(((', mentioned: null },
      { type: 'clientInfo', timezone: 5 },
    ];
    expect((await world.post({ ...message(), entities })).status).toBe(200);
    expect(bot.last('say').text).toBe('show');
  });

  test('[6.4] without an app id there is only the sandbox, for its own clients alone', async () => {
    const open = { ...world.config, appId: '', appPassword: '', issuer: null };
    const parts = {
      logger: createLogger('silent'),
      language: 'en',
      token: () => 't',
      dispatch: bot.dispatch,
    } as const;
    expect(() => createTeams({ ...parts, config: open })).toThrow('sandbox');
    const sandbox = createTeams({
      ...parts,
      config: { ...open, sandboxServiceUrls: ['http://127.0.0.1:1/_connector'] },
    });
    const sandboxServer = await listen(express().use(sandbox.router));
    const post = (serviceUrl: string) =>
      fetch(`${sandboxServer.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...world.activity(ann, { type: 'installationUpdate', action: 'remove' }),
          serviceUrl,
        }),
      });
    expect((await post('http://evil.example')).status).toBe(403);
    expect((await post('http://127.0.0.1:1/_connector/')).status).toBe(200);
    await sandboxServer.stop();
  });
});

describe('the directory', () => {
  test.each([
    ['a member', {}, 'member', 'dora@example.org'],
    ['a guest', { role: 'guest' as const }, 'guest', null],
    ['a guest by their address', { email: 'dora_x#EXT#@example.org' }, 'guest', null],
    ['somebody anonymous', { role: 'anonymous' as const }, 'external', null],
    ['somebody of another tenant', { tenant: 'other-tenant' }, 'external', null],
  ])('[3.1] %s is known as such', async (_, other, kind, email) => {
    const dora = world.user('Dora', other);
    await world.say(ann, `who ${dora.aadObjectId}`);
    expect(bot.last('found').profile).toMatchObject({ userId: dora.aadObjectId, name: 'Dora', kind, email });
  });

  test('[3.1] the caller is found by what Teams calls them', async () => {
    await world.say(ann, `who ${ann.aadObjectId}`);
    expect(bot.last('found').profile).toMatchObject({
      userId: ann.aadObjectId,
      email: ann.email,
      kind: 'member',
    });
  });
});
