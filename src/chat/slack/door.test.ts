import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import {
  type SlackUser,
  type SlackWorld,
  signature,
  startSlack,
  textOf,
} from '../../../test/support/slack.ts';
import { createDesk, note, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';

let world: SlackWorld;
let bot: SlackBot;
let ann: SlackUser;
const desk = createDesk();

beforeAll(async () => {
  world = await startSlack({
    people: [
      { name: 'ann', profile: { locale: 'zh-TW', tz: 'Asia/Taipei' } },
      { name: 'guest', profile: { is_restricted: true } },
    ],
  });
  ann = world.user('ann');
  bot = await startSlackBot(world, desk);
});
beforeEach(() => {
  desk.clear();
  bot.connect();
});
afterAll(async () => {
  await bot.stop();
  await world.stop();
});

describe('[6.4] the door', () => {
  const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event: { type: 'x' }, event_id: 'e' });
  const now = Math.floor(Date.now() / 1000);

  test.each<[string, Record<string, string>]>([
    ['no signature', { 'x-slack-signature': '' }],
    ['a wrong signature', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
    ["another app's secret", signature(body, `${now}`, 'another secret')],
    ['a time stamp six minutes old', signature(body, `${now - 360}`)],
    ['a time stamp six minutes ahead', signature(body, `${now + 360}`)],
    ['a time stamp that is none', signature(body, 'soon')],
    ['no time stamp', { ...signature(body, ''), 'x-slack-request-timestamp': '' }],
    ['the signature of another body', signature(`${body} `, `${now}`)],
    [
      'another moment than was signed',
      { ...signature(body, `${now - 10}`), 'x-slack-request-timestamp': `${now}` },
    ],
    [
      'another kind of signature',
      { 'x-slack-signature': signature(body, `${now}`)['x-slack-signature'].replace('v0', 'v1') },
    ],
  ])('%s is refused', async (_, headers) => {
    expect((await world.post(body, headers)).status).toBe(401);
    expect(desk.turnedAway).toEqual([]);
  });

  test.each<[string, string, number]>([
    ['broken JSON', '{"type":', 400],
    ['nothing', 'null', 400],
    ['a list', '[]', 404],
    [
      'actions that are none',
      '{"type":"block_actions","actions":5,"user":{"id":"U1"},"team":{"id":"T1"}}',
      400,
    ],
    ['an event of nobody', '{"event":{"type":"message"}}', 200],
    ['a megabyte', `{"event":{"type":"message","text":"${'x'.repeat(1_100_000)}"}}`, 413],
  ])('what can not be read gets an answer, and the next request is served: %s', async (_, raw, status) => {
    expect((await world.post(raw)).status).toBe(status);
    desk.answer = note('Still here');
    expect(textOf(await world.command(ann, '/help'))).toContain('Still here');
  });

  test('a submission without anything in it does no harm', async () => {
    const { status } = await world.interaction(ann, { type: 'view_submission', view: { id: 'V1' } });
    expect(status).toBe(400);
    expect(desk.acts).toEqual([]);
  });

  const foreign = { team: { id: 'TFOREIGN', domain: 'x' }, user: { id: 'U9', team_id: 'TFOREIGN' } };
  test.each<[string, () => Promise<{ status: number; body: unknown }>, string]>([
    [
      'command',
      () =>
        world.post('command=%2Fbook&text=&team_id=TFOREIGN&user_id=U9&trigger_id=1&response_url=http://x', {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      'its own organisation',
    ],
    [
      'submission',
      () => world.interaction(ann, { ...foreign, type: 'view_submission', view: { id: 'V1', state: {} } }),
      'its own organisation',
    ],
    [
      'search',
      () =>
        world.interaction(ann, {
          ...foreign,
          type: 'block_suggestion',
          action_id: 'source:rooms',
          value: '',
        }),
      '',
    ],
    [
      'event',
      () => world.event({ type: 'message', user: 'U9' }, { team_id: 'TFOREIGN', authorizations: [] }),
      '',
    ],
  ])('from another workspace, a %s is refused in one sentence, and recorded', async (_, send, sentence) => {
    const { status, body } = await send();
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain(sentence);
    await eventually(() =>
      expect(desk.turnedAway).toEqual([
        { platform: 'slack', tenant: 'TFOREIGN', userId: 'U9', why: 'workspace' },
      ]),
    );
    expect([desk.said, desk.acts]).toEqual([[], []]);
  });

  test('a click of another workspace is refused in one sentence, and recorded', async () => {
    const next = world.next(ann);
    const response_url = `${world.config.apiUrl?.replace('/api', '')}/responses/${ann.id}/C1/`;
    const actions = [{ type: 'button', action_id: '0', block_id: 'b' }];
    await world.interaction(ann, { ...foreign, type: 'block_actions', response_url, actions });
    expect(textOf(await next)).toContain('its own organisation');
    await eventually(() => expect(desk.turnedAway).toHaveLength(1));
  });

  test('the allow-list decides where there is one', async () => {
    const other = await startSlackBot(world, desk, { config: { ...world.config, allowedTeams: ['TELSE'] } });
    await world.event({ type: 'message', channel_type: 'im', user: ann.id, channel: ann.chat, text: 'x' });
    await eventually(() => expect(desk.turnedAway).toMatchObject([{ tenant: world.team }]));
    await other.stop();
  });

  test('while Slack can not say whose workspace the token is, nobody is let in, and events are asked for again', async () => {
    // It is asked at the start, and again by whoever comes first.
    const failure = { method: 'auth.test', status: 500 };
    world.fail(failure, failure);
    const other = await startSlackBot(world, desk);
    const event = { type: 'message', channel_type: 'im', user: ann.id, channel: ann.chat, text: 'hello' };
    expect((await world.event(event)).status).toBe(503);
    expect(desk.said).toEqual([]);
    await eventually(async () => expect((await world.event(event)).status).toBe(200));
    await eventually(() => expect(desk.said.map((it) => it.text)).toEqual(['hello']));
    await other.stop();
  });

  test('the directory says who is a guest, in which language and zone', async () => {
    await world.say(ann, 'x');
    const caller = desk.said[0]?.caller;
    expect(await caller?.lookup(ann.id)).toEqual({
      userId: ann.id,
      name: 'ann',
      email: 'ann@example.org',
      kind: 'member',
      locale: 'zh-TW',
      zone: 'Asia/Taipei',
    });
    expect(await caller?.lookup(world.user('guest').id)).toMatchObject({ kind: 'guest', email: null });
    await expect(caller?.lookup('U0')).rejects.toThrow('user_not_found');
  });
});
