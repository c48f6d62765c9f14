import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { type SlackUser, type SlackWorld, startSlack, textOf } from '../../../test/support/slack.ts';
import { createDesk, note, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';
import type { Answer, Card } from '../../core/view.ts';

const card = (title: string, more: Partial<Card> = {}): Card => ({
  layout: 'general',
  tone: 'good',
  title,
  ...more,
});
const live = { view: 'booking.card', subject: 'booking:1', revision: 1, data: {} };

let world: SlackWorld;
let bot: SlackBot;
let ann: SlackUser;
const desk = createDesk();

beforeAll(async () => {
  world = await startSlack({ people: [{ name: 'ann' }] });
  ann = world.user('ann');
  bot = await startSlackBot(world, desk);
});
beforeEach(() => desk.clear());
afterAll(async () => {
  await bot.stop();
  await world.stop();
});

const messageTo = async (user: SlackUser, answer: Answer, text = 'show') => {
  desk.answer = answer;
  const shown = await world.say(user, text);
  if (shown.kind !== 'message') throw new Error('no message');
  return shown.message;
};

describe('[2.2] a button', () => {
  const act = { kind: 'command' as const, label: 'Approve', command: 'approval.approve', data: { id: 'b1' } };
  const reject = {
    ...act,
    label: 'Reject',
    command: 'approval.reject',
    ask: {
      title: 'Reject',
      submit: 'Reject',
      cancel: 'Back',
      fields: [{ kind: 'text' as const, name: 'reason', label: 'Reason', required: true }],
    },
  };
  const request = (...actions: NonNullable<Card['actions']>) =>
    messageTo(ann, { kind: 'card', card: card('Request', { actions }) });

  test('sends its command, and the answer takes the place of the card', async () => {
    const message = await request(act);
    desk.answer = { kind: 'card', card: card('Approved'), live };
    await world.click(ann, 'Approve');
    expect(desk.acts[0]?.act).toEqual({ command: 'approval.approve', data: { id: 'b1' }, values: {} });
    const now = (await world.chat(ann)).find((it) => it.ts === message.ts);
    expect(now?.text).toContain('Approved');
    await eventually(() =>
      expect(desk.shown).toContainEqual({ conversation: ann.chat, message: message.ts }),
    );
  });

  test('whose answer is a card of its own leaves the first one', async () => {
    const message = await request({ ...act, label: 'Details', answer: 'new' });
    desk.answer = { kind: 'card', card: card('Details of it') };
    const shown = await world.click(ann, 'Details');
    expect(shown.kind === 'message' && shown.message.ts).not.toBe(message.ts);
    expect((await world.chat(ann)).find((it) => it.ts === message.ts)?.text).toContain('Request');
  });

  test('whose answer is a sentence tells it to that person alone, and leaves the card', async () => {
    const message = await request(act);
    desk.answer = note('Bo decided first');
    await world.click(ann, 'Approve');
    expect(textOf(world.ephemerals(ann).at(-1))).toContain('Bo decided first');
    expect((await world.chat(ann)).find((it) => it.ts === message.ts)?.text).toContain('Request');
  });

  test('of a message that only one person sees changes that message', async () => {
    desk.answer = { kind: 'card', card: card('Page 1', { actions: [{ ...act, label: 'Next' }] }) };
    await world.command(ann, '/rooms');
    const before = world.ephemerals(ann).length;
    desk.answer = { kind: 'card', card: card('Page 2') };
    await world.click(ann, 'Next');
    expect(world.ephemerals(ann)).toHaveLength(before);
    expect(textOf(world.ephemerals(ann).at(-1))).toContain('Page 2');
  });

  test('that has to ask first opens a form, whose answer takes the place of the card', async () => {
    const message = await request(reject);
    expect((await world.click(ann, 'Reject')).kind).toBe('view');
    desk.answer = { kind: 'card', card: card('Rejected'), live };
    expect(await world.submit(ann, { reason: 'Full' })).toEqual({ closed: true });
    expect(desk.acts.at(-1)?.act).toMatchObject({
      command: 'approval.reject',
      data: { id: 'b1' },
      values: { reason: 'Full' },
    });
    await eventually(async () => {
      expect((await world.chat(ann)).find((it) => it.ts === message.ts)?.text).toContain('Rejected');
      expect(desk.shown).toContainEqual({ conversation: ann.chat, message: message.ts });
    });
  });

  test('that has to ask first, clicked too long ago, offers a button that asks', async () => {
    await request(reject);
    world.fail({ method: 'views.open', error: 'expired_trigger_id' });
    expect((await world.click(ann, 'Reject')).kind).toBe('message');
    expect((await world.click(ann, 'Reject')).kind).toBe('view');
    expect(desk.acts).toEqual([]);
  });

  test('that is no longer known asks dispatch, which says that it is out of date', async () => {
    await request(act);
    desk.answer = note('Out of date');
    const click = (action: object) => {
      const next = world.next(ann);
      const container = { type: 'message', message_ts: '1.1', channel_id: ann.chat };
      const response_url = `${world.config.apiUrl?.replace('/api', '')}/responses/${ann.id}/${ann.chat}/`;
      const payload = { type: 'block_actions', container, response_url, actions: [action] };
      return world.interaction(ann, payload).then(() => next);
    };
    for (const value of ['{"old":1}', 'not json', undefined])
      expect(textOf(await click({ type: 'button', action_id: '0', block_id: 'b', value }))).toContain(
        'Out of date',
      );
    expect(desk.acts.map((it) => it.act.command)).toEqual(['', '', '']);
  });
});
