import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TeamsUser, type TeamsWorld, textOf } from '../../../test/support/teams.ts';
import { card, reader, startTeamsBot, type TeamsBot } from '../../../test/support/teams-bot.ts';
import { MessageGone, RateLimited, Unreachable } from '../../core/errors.ts';

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

describe('messages later', () => {
  const address = (user: TeamsUser, conversation: string | null = null) =>
    ({ platform: 'teams', tenant: world.tenant, userId: user.aadObjectId, conversation }) as const;
  const send = (user: TeamsUser, conversation?: string | null) =>
    bot.teams.messenger.send(address(user, conversation), card, reader, { id: 'o1', again: false });

  test('[2.7] somebody who never wrote is written to, and the reference is worth keeping', async () => {
    await world.say(ann, 'help');
    const ben = world.user('Ben');
    const sent = await send(ben);
    expect(world.last(ben)).toMatchObject({ id: sent.message, summary: 'B-7' });
    await send(ben, sent.reference);
    expect(world.messages(ben)).toHaveLength(2);
  });

  test('[2.7] a reference that leads nowhere is replaced by a new chat', async () => {
    await world.say(ann, 'help');
    const { conversation } = await send(ann);
    world.fail({ status: 404 });
    expect((await send(ann, conversation)).conversation).toBe(conversation);
    await send(ann, 'no reference of ours');
    expect(world.messages(ann)).toHaveLength(4);
  });

  test('[2.7] who has not installed the app is unreachable', async () => {
    await world.say(ann, 'help');
    await expect(send(world.user('Carla', { installed: false }))).rejects.toBeInstanceOf(Unreachable);
    const { conversation } = bot.last('say').caller;
    ann.installed = false;
    await expect(send(ann, conversation)).rejects.toBeInstanceOf(Unreachable);
    ann.installed = true;
  });

  test('[2.7] being asked to wait is passed on at once', async () => {
    await world.say(ann, 'help');
    world.fail({ status: 429, retryAfter: 90 }, { status: 429 });
    await expect(send(ann, bot.last('say').caller.conversation)).rejects.toMatchObject({
      retryAfterMs: 90_000,
    });
    await expect(send(ann)).rejects.toBeInstanceOf(RateLimited);
  });

  test('[2.7] an outage is neither of these, so that it is tried again', async () => {
    await world.say(ann, 'help');
    world.fail({ status: 503, retryAfter: 60 });
    await expect(send(ann)).rejects.toThrow('the connector answered 503');
  });

  test('[2.6] a card that was sent is changed in place', async () => {
    await world.say(ann, 'help');
    const sent = await send(ann);
    const at = { tenant: world.tenant, conversation: sent.conversation, message: sent.message };
    await bot.teams.messenger.update(at, { ...card, badge: 'Approved' }, reader);
    expect(textOf(world.last(ann).card)).toContain('Approved');
    await expect(bot.teams.messenger.update({ ...at, message: 'gone' }, card, reader)).rejects.toBeInstanceOf(
      MessageGone,
    );
    await expect(
      bot.teams.messenger.update({ ...at, conversation: 'x' }, card, reader),
    ).rejects.toBeInstanceOf(MessageGone);
  });
});

test('[6.4] when the answer can not be sent, the process says so and lives', async () => {
  world.fail({ status: 500 });
  expect(await world.say(ann, 'show')).toEqual({ status: 500, body: '' });
});
