import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type SlackUser, type SlackWorld, startSlack, textOf } from '../../../test/support/slack.ts';
import { createDesk, type Desk, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';
import { RateLimited, Unreachable } from '../../core/errors.ts';
import type { Card } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import { readText } from './text.ts';

const channel = 'C000000001';
const reader = createReader('en', 'UTC', 0);
const card = (title: string): Card => ({ layout: 'list', tone: 'neutral', title });

let world: SlackWorld;
let desk: Desk;
let bot: SlackBot;
let ann: SlackUser;
beforeAll(async () => {
  world = await startSlack({ people: [{ name: 'ann' }] });
  ann = world.user('ann');
  desk = createDesk();
  bot = await startSlackBot(world, desk);
});
beforeEach(() => desk.clear());
afterAll(async () => {
  await bot.stop();
  await world.stop();
});

const place = (conversation: string, name?: string) => ({
  platform: 'slack',
  tenant: world.team,
  conversation,
  ...(name && { name }),
});

describe('[2.8] where something was typed', () => {
  test('in a channel it is that channel', async () => {
    await world.command(ann, '/stats weekly');
    expect(desk.said[0]?.caller.place).toEqual(place(channel));
    await world.command(ann, '/stats weekly', 'G7');
    expect(desk.said[1]?.caller.place).toEqual(place('G7'));
  });

  test('in the chat with the bot it is none', async () => {
    await world.command(ann, '/stats weekly', ann.chat);
    await world.say(ann, 'stats weekly');
    expect(desk.said.map((it) => it.caller.place ?? null)).toEqual([null, null]);
  });

  test('a mention is in its channel', async () => {
    const admin: SlackUser = { id: 'U000000001', name: 'admin', email: '', chat: '' };
    await world.say(admin, 'stats weekly', channel);
    expect(desk.said[0]).toMatchObject({ text: 'stats weekly', caller: { place: place(channel) } });
  });
});

describe('[2.8] a channel that is named', () => {
  test('comes as a plain word, with what it stands for', () => {
    const { text, named } = readText('weekly <#C7|設施-berlin> Alps &amp; <#G8>', 'T1');
    expect(text).toBe('weekly #設施-berlin Alps & #G8');
    const at = { platform: 'slack', tenant: 'T1' };
    expect(named.channels).toEqual({
      '設施-berlin': { ...at, conversation: 'C7', name: '#設施-berlin' },
      G8: { ...at, conversation: 'G8' },
    });
    expect(named.mentions).toEqual({});
  });

  test('is not made up by who types its markup', () => {
    expect(readText('weekly &lt;#C7|x&gt;', 'T1')).toEqual({
      text: 'weekly <#C7|x>',
      named: { mentions: {}, channels: {} },
    });
  });
});

describe('[2.8] a card for a channel', () => {
  const post = (title: string, delivery: { id: string; again: boolean }) =>
    bot.slack.messenger.post?.(
      { platform: 'slack', tenant: world.team, conversation: channel },
      card(title),
      reader,
      delivery,
    );
  const posted = (title: string) => world.posts(channel).filter((it) => textOf(it).includes(title));

  test('is posted there, as text alone', async () => {
    await post('<!here> :tada:', { id: 'p1', again: false });
    expect(posted('&lt;!here&gt; :tada:')).toHaveLength(1);
  });

  test.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    'where the bot may not write (%s), it says so',
    async (error) => {
      world.fail({ method: 'chat.postMessage', error });
      await expect(post('Barred', { id: 'p2', again: false })).rejects.toBeInstanceOf(Unreachable);
      expect(posted('Barred')).toEqual([]);
    },
  );

  test('waits as long as Slack says', async () => {
    world.fail({ method: 'chat.postMessage', status: 429, retryAfter: 3 });
    await expect(post('Later', { id: 'p3', again: false })).rejects.toBeInstanceOf(RateLimited);
  });

  test('that may have got through is looked for where the bot may read, and posted again where it may not', async () => {
    world.fail({ method: 'chat.postMessage', status: 500 });
    await expect(post('Again', { id: 'p4', again: false })).rejects.toThrow();
    world.fail({ method: 'conversations.history', error: 'missing_scope' });
    await post('Again', { id: 'p4', again: true });
    expect(posted('Again')).toHaveLength(1);
    expect(world.calls).toContain('conversations.history');
  });
});
