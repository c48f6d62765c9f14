import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { type SlackUser, type SlackWorld, startSlack, textOf } from '../../../test/support/slack.ts';
import { createDesk, note, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';
import type { Answer, Card, Form } from '../../core/view.ts';

const card = (title: string, more: Partial<Card> = {}): Card => ({
  layout: 'general',
  tone: 'good',
  title,
  ...more,
});
const form = (more: Partial<Form> = {}): Form => ({
  layout: 'general',
  title: 'Book a room',
  command: 'booking.request',
  submit: 'Request',
  cancel: 'Cancel',
  data: { token: 't1' },
  fields: [
    { kind: 'text', name: 'topic', label: 'Topic', required: true },
    { kind: 'people', name: 'attendees', label: 'Attendees', multiple: true },
    { kind: 'choice', name: 'room', label: 'Room', options: [], source: 'rooms' },
    { kind: 'toggle', name: 'confidential', label: 'Confidential', text: 'Hide topic' },
    { kind: 'number', name: 'headcount', label: 'Headcount', value: '3' },
    { kind: 'date', name: 'date', label: 'Date' },
  ],
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

describe('[2.1] what is typed', () => {
  test('a slash command, known or not, reaches dispatch without its slash and is answered to its caller alone', async () => {
    desk.answer = { kind: 'card', card: card('My bookings') };
    const shown = await world.command(ann, '/bookings past &amp; gone');
    expect(desk.said).toMatchObject([
      { text: 'bookings past & gone', caller: { platform: 'slack', tenant: world.team, userId: ann.id } },
    ]);
    expect(textOf(shown)).toContain('My bookings');
    expect(textOf(world.ephemerals(ann).at(-1))).toContain('My bookings');
    expect(await world.chat(ann)).toEqual([]);
  });

  test('a form opens', async () => {
    desk.answer = { kind: 'form', form: form() };
    await world.command(ann, '/book');
    expect(textOf(world.view(ann))).toContain('Attendees');
  });

  test('a form that comes too late for the click is offered with a button, which opens it', async () => {
    desk.answer = { kind: 'form', form: form() };
    world.fail({ method: 'views.open', error: 'expired_trigger_id' });
    const shown = await world.command(ann, '/book a room');
    expect(shown.kind).toBe('message');
    expect((await world.click(ann, 'Book a room')).kind).toBe('view');
    expect(desk.said.map((it) => it.text)).toEqual(['book a room', 'book a room']);
  });

  test('a message to the bot is answered in the chat, and a live card is followed from there', async () => {
    const message = await messageTo(ann, { kind: 'card', card: card('Booking 7'), live }, 'show &lt;7&gt;');
    expect(desk.said[0]?.text).toBe('show <7>');
    expect((await world.chat(ann)).at(-1)?.text).toContain('Booking 7');
    await eventually(() => expect(desk.shown).toEqual([{ conversation: ann.chat, message: message.ts }]));
  });

  test('a form asked for in a message is offered with a button', async () => {
    await messageTo(ann, { kind: 'form', form: form() }, 'book');
    expect((await world.click(ann, 'Book a room')).kind).toBe('view');
  });

  test('an event delivered again carries the same id, and its repeated answer is not posted again', async () => {
    const event = { type: 'message', channel_type: 'im', user: ann.id, channel: ann.chat, text: 'again' };
    desk.answer = { kind: 'card', card: card('Once') };
    const first = world.next(ann);
    await world.event(event, { event_id: 'Ev-again' });
    await first;
    const before = (await world.chat(ann)).length;
    desk.repeated = true;
    await world.event(event, { event_id: 'Ev-again' });
    await eventually(() => expect(desk.said.map((it) => it.id)).toEqual(['Ev-again', 'Ev-again']));
    await bot.slack.stop();
    expect(await world.chat(ann)).toHaveLength(before);
  });

  test('a mention in a channel is answered to that person alone, without the mention', async () => {
    desk.answer = note('Only for you');
    // The emulator's own member of the channel: nobody else is in it.
    const admin: SlackUser = { id: 'U000000001', name: 'admin', email: '', chat: '' };
    await world.say(admin, 'rooms for <@U7>', 'C000000001');
    expect(desk.said[0]?.text).toBe('rooms for @U7');
    expect(textOf(world.ephemerals(admin))).toContain('Only for you');
  });

  test('edits, and what bots write, are no messages to it', async () => {
    const event = { type: 'message', channel_type: 'im', user: ann.id, channel: ann.chat, text: 'x' };
    await world.event({ ...event, subtype: 'message_changed' });
    await world.event({ ...event, bot_id: 'B1' });
    await world.event({ ...event, channel_type: 'channel' });
    await world.event({ type: 'app_mention', bot_id: 'B9', channel: 'C000000001', text: 'x' });
    await eventually(() => expect(desk.turnedAway).toMatchObject([{ userId: 'B9', why: 'bot' }]));
    expect(desk.said).toEqual([]);
  });

  test('who opens the bot is welcomed, once', async () => {
    desk.answer = { kind: 'card', card: card('Welcome') };
    const opened = { type: 'app_home_opened', user: ann.id, channel: ann.chat, tab: 'messages' };
    const first = world.next(ann);
    await world.event(opened);
    expect(textOf(await first)).toContain('Welcome');
    const before = (await world.chat(ann)).length;
    await world.event(opened);
    await world.event({ ...opened, tab: 'home' });
    await bot.slack.stop();
    expect(desk.said).toHaveLength(2);
    expect(await world.chat(ann)).toHaveLength(before);
  });
});

describe('[2.1] a submitted form', () => {
  const open = async (shape = form()) => {
    desk.answer = { kind: 'form', form: shape };
    await world.command(ann, '/book');
  };

  test('brings command, data and values', async () => {
    await open();
    desk.answer = { kind: 'card', card: card('Booking 8'), live };
    const filled = { topic: 'Plan', attendees: [ann.id], room: 'r1', confidential: true, date: '2026-11-24' };
    const ended = await world.submit(ann, filled);
    expect(desk.acts).toMatchObject([
      {
        act: {
          command: 'booking.request',
          data: { token: 't1' },
          values: { ...filled, headcount: '3' },
        },
      },
    ]);
    expect(textOf(ended)).toContain('Booking 8');
    expect(JSON.stringify(ended)).not.toContain('"actions"');
  });

  test('wrong input comes back on its field, and what was typed stays', async () => {
    await open();
    const [topic, ...others] = form().fields;
    if (!topic) throw new Error('no field');
    desk.answer = { kind: 'invalid', form: form({ fields: [{ ...topic, error: 'Too long' }, ...others] }) };
    expect(await world.submit(ann, { topic: 'x' })).toEqual({ errors: { topic: 'Too long' } });
  });

  test('what is wrong with the whole comes back above the fields, with everything typed', async () => {
    await open();
    const fields = [{ kind: 'text' as const, name: 'topic', label: 'Topic', value: 'Plan' }];
    const banner = { tone: 'bad' as const, text: 'Taken meanwhile' };
    desk.answer = { kind: 'invalid', form: form({ banner, fields }) };
    const ended = await world.submit(ann, { topic: 'Plan' });
    expect(textOf(ended)).toContain('Taken meanwhile');
    expect(world.view(ann).blocks.at(-1)).toMatchObject({ element: { initial_value: 'Plan' } });
  });

  test('a sentence stands in its place', async () => {
    await open();
    desk.answer = { kind: 'note', tone: 'neutral', text: 'That is over' };
    expect(textOf(await world.submit(ann, { topic: 'x' }))).toContain('That is over');
  });

  test('where nothing could be done, the sentence stands at the first field, and what was typed stays', async () => {
    await open();
    desk.answer = note('Please try again');
    expect(await world.submit(ann, { topic: 'x' })).toEqual({ errors: { topic: 'Please try again' } });
  });

  test('a decision that takes long is waited for in the form, errors and all', async () => {
    await open();
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.slow = promise;
    const fields = [{ kind: 'text' as const, name: 'topic', label: 'Topic', value: 'x', error: 'Too short' }];
    desk.answer = { kind: 'invalid', form: form({ fields }) };
    expect(textOf(await world.submit(ann, { topic: 'x' }))).toContain('One moment');
    const next = world.next(ann);
    resolve();
    expect(textOf(await next)).toContain('Too short');
    expect(world.view(ann).blocks[0]).toMatchObject({ element: { initial_value: 'x' } });
  });

  test('options are looked up while typing; where that fails there are none', async () => {
    await open();
    expect(await world.search(ann, 'room', 'atl')).toEqual([{ value: 'r1', label: 'rooms: atl' }]);
    expect(await world.search(ann, 'room', 'broken')).toEqual([]);
  });
});
