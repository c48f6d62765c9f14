import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SlackUser, type SlackWorld, startSlack, textOf } from '../../../test/support/slack.ts';
import { MessageGone, RateLimited, Unreachable } from '../../core/errors.ts';
import { createLogger } from '../../core/logger.ts';
import type { Card } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Messenger } from '../ports.ts';
import { createMessenger } from './messenger.ts';
import { createWorkspaces } from './workspaces.ts';

const reader = createReader('en', 'UTC', 0);
const card = (title: string): Card => ({ layout: 'general', tone: 'neutral', title });

let world: SlackWorld;
let messenger: Messenger;
let ann: SlackUser;
const to = (userId = ann.id) => ({
  platform: 'slack' as const,
  tenant: world.team,
  userId,
  conversation: null,
});
const first = (id: string) => ({ id, again: false });

beforeAll(async () => {
  world = await startSlack({ people: [{ name: 'ann' }] });
  ann = world.user('ann');
  const installations = {
    save: async () => undefined,
    fetch: async () => null,
    remove: async () => undefined,
  };
  messenger = createMessenger(createWorkspaces(world.config, installations, createLogger('silent')));
});
afterAll(() => world.stop());

describe('[2.7] a message sent later', () => {
  test('reaches the chat with the person, and can be changed there', async () => {
    const at = await messenger.send(to(), card('Tomorrow'), reader, first('d1'));
    expect(at.conversation).toBe(ann.chat);
    await messenger.update({ tenant: world.team, ...at }, card('Today'), reader);
    expect(textOf((await world.chat(ann)).find((it) => it.ts === at.message))).toContain('Today');
  });

  test('carries what people typed as text alone', async () => {
    const { message } = await messenger.send(to(), card('<!channel> :tada:'), reader, first('d2'));
    expect((await world.chat(ann)).find((it) => it.ts === message)?.text).toBe('&lt;!channel&gt; :tada:');
  });

  test('that got through although its answer was lost is not sent twice', async () => {
    world.fail({ method: 'chat.postMessage', status: 500, lost: true });
    await expect(messenger.send(to(), card('Once'), reader, first('d3'))).rejects.toThrow();
    const again = await messenger.send(to(), card('Once'), reader, { id: 'd3', again: true });
    const found = (await world.chat(ann)).filter((it) => it.text === 'Once');
    expect(found.map((it) => it.ts)).toEqual([again.message]);
  });

  test('that did not get through is sent at the next try', async () => {
    world.fail({ method: 'chat.postMessage', status: 500 });
    await expect(messenger.send(to(), card('Late'), reader, first('d4'))).rejects.toThrow();
    await messenger.send(to(), card('Late'), reader, { id: 'd4', again: true });
    expect((await world.chat(ann)).filter((it) => it.text === 'Late')).toHaveLength(1);
  });

  test('waits as long as Slack says, and is tried once only by the client', async () => {
    const before = world.calls.length;
    world.fail({ method: 'chat.postMessage', status: 429, retryAfter: 7 });
    const failure = await messenger
      .send(to(), card('x'), reader, first('d5'))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimited);
    expect(failure).toMatchObject({ retryAfterMs: 7000 });
    expect(world.calls.length - before).toBe(1);
  });

  test.each(['user_not_found', 'cannot_dm_bot', 'account_inactive', 'messages_tab_disabled'])(
    'is given up where there is nobody to reach: %s',
    async (error) => {
      world.fail({ method: 'chat.postMessage', error });
      await expect(messenger.send(to(), card('x'), reader, first('d6'))).rejects.toThrow(Unreachable);
    },
  );

  test('is given up where the person is unknown', async () => {
    await expect(messenger.send(to('U0'), card('x'), reader, first('d7'))).rejects.toThrow(Unreachable);
  });

  test('a change of a message that is gone is given up', async () => {
    const at = { tenant: world.team, conversation: ann.chat, message: '1.1' };
    await expect(messenger.update(at, card('x'), reader)).rejects.toThrow(MessageGone);
  });

  test('another failure is worth another try', async () => {
    world.fail({ method: 'chat.postMessage', error: 'internal_error' });
    const failure = await messenger
      .send(to(), card('x'), reader, first('d8'))
      .catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(Unreachable);
  });
});
