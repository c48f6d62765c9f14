import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TeamsUser, type TeamsWorld, textOf } from '../../../test/support/teams.ts';
import { card, reader, startTeamsBot, type TeamsBot } from '../../../test/support/teams-bot.ts';
import { RateLimited, Unreachable } from '../../core/errors.ts';
import type { Place } from '../../core/feature.ts';

let bot: TeamsBot;
let world: TeamsWorld;
let ann: TeamsUser;
beforeAll(async () => {
  bot = await startTeamsBot();
  world = bot.world;
});
beforeEach(() => {
  bot.forget();
  ann = world.user('Ann Chen');
});
afterAll(() => bot.stop());

/** Types something in a conversation, and gives the place that came with it. */
async function placeOf(conversation: object, channelData: object = {}): Promise<Place | null | undefined> {
  const activity = world.activity(ann, {
    type: 'message',
    text: 'help',
    conversation: { tenantId: ann.tenant, ...conversation },
    channelData: { tenant: { id: ann.tenant }, ...channelData },
  });
  expect((await world.post(activity)).status).toBe(200);
  return bot.last('say').caller.place;
}
const inChannel = { id: '19:c@thread.tacv2;messageid=1700', conversationType: 'channel', isGroup: true };

describe('[2.8] where something was typed', () => {
  test('in a channel it is the channel, not the thread', async () => {
    const place = await placeOf(inChannel, { channel: { id: '19:c@thread.tacv2', name: 'Facilities' } });
    expect(place).toMatchObject({ platform: 'teams', tenant: ann.tenant, name: 'Facilities' });
    expect(JSON.parse(place?.conversation ?? '')).toMatchObject({
      channelId: 'msteams',
      conversation: { id: '19:c@thread.tacv2' },
    });
  });

  test('in a group chat it is that chat; what it is called is not always known', async () => {
    const chat = { id: '19:g@thread.v2', conversationType: 'groupChat', isGroup: true };
    expect((await placeOf({ ...chat, name: 'Movers' }))?.name).toBe('Movers');
    expect(await placeOf(chat)).not.toHaveProperty('name');
  });

  test('in one’s own chat it is none, whatever the chat is called', async () => {
    await world.say(ann, 'help');
    expect(bot.last('say').caller.place ?? null).toBeNull();
    expect(await placeOf({ id: `a:chat-${ann.aadObjectId}`, conversationType: 'meeting' })).toBeNull();
  });
});

describe('[2.8] a card for a channel', () => {
  const post = async () => {
    const place = await placeOf(inChannel);
    return bot.teams.messenger.post?.(place as Place, card, reader, { id: 'p1', again: false });
  };
  const posted = () => world.all.filter((it) => it.conversation === '19:c@thread.tacv2');

  test('is a message of its own there', async () => {
    await post();
    expect(posted().map((it) => it.summary)).toEqual(['B-7']);
    expect(textOf(posted()[0]?.card)).toContain('B-7');
  });

  test.each([403, 404])('where the bot may not write (%d), it says so', async (status) => {
    const place = await placeOf(inChannel);
    world.fail({ status });
    const attempt = bot.teams.messenger.post?.(place as Place, card, reader, { id: 'p2', again: false });
    await expect(attempt).rejects.toBeInstanceOf(Unreachable);
  });

  test('waits as long as Teams says, and knows no place that is not its own', async () => {
    const place = await placeOf(inChannel);
    const send = (to: Place) => bot.teams.messenger.post?.(to, card, reader, { id: 'p3', again: false });
    world.fail({ status: 429, retryAfter: 3 });
    await expect(send(place as Place)).rejects.toBeInstanceOf(RateLimited);
    await expect(send({ ...(place as Place), conversation: 'C1' })).rejects.toBeInstanceOf(Unreachable);
  });
});
