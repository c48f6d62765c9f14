import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonsOf,
  inputValue,
  type TeamsUser,
  type TeamsWorld,
  textOf,
} from '../../../test/support/teams.ts';
import { form, startTeamsBot, type TeamsBot } from '../../../test/support/teams-bot.ts';
import type { Form } from '../../core/view.ts';

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

describe('what people type', () => {
  test.each(['/book', 'book', '/ book', '  book '])('[2.1] "%s" is the command book', async (text) => {
    expect(await world.say(ann, text, { id: `id-${text}` })).toMatchObject({ status: 200 });
    expect(bot.last('say')).toMatchObject({ text: 'book', id: `id-${text}` });
    expect(bot.last('say').caller).toMatchObject({
      platform: 'teams',
      tenant: world.tenant,
      userId: ann.aadObjectId,
      locale: 'en-US',
      zone: 'Asia/Taipei',
    });
    expect(textOf(world.last(ann).card)).toContain('Book a room');
    expect(world.last(ann).summary).toBe('Book a room');
  });

  test('[2.6] a live card says where it was shown', async () => {
    await world.say(ann, 'show');
    expect(bot.shown).toEqual([
      { conversation: bot.last('say').caller.conversation, message: world.last(ann).id },
    ]);
  });

  test('[2.2] a message that Teams delivers again is answered once', async () => {
    await world.say(ann, 'show', { id: 'again' });
    await world.say(ann, 'show', { id: 'again' });
    expect(world.messages(ann)).toHaveLength(1);
  });

  test('[3.5] a note shows as typed', async () => {
    await world.say(ann, 'help');
    expect(textOf(world.last(ann).card)).toBe('Type **/book**');
  });

  test('[5.3] in a channel the answer goes to the private chat', async () => {
    await world.say(ann, '/show', { channel: true });
    expect(bot.last('say').text).toBe('show');
    expect(textOf(world.last(ann).card)).toContain('B-7');
    expect(JSON.parse(bot.last('say').caller.conversation ?? '')).toMatchObject({
      conversation: { id: world.last(ann).conversation },
    });
    expect(textOf(world.channel().at(-1)?.card)).toBe('I have answered you in our own chat.');
    expect(JSON.stringify(world.channel())).not.toContain('B-7');
  });

  test('[5.3] in a channel, somebody without the app is asked to install it, and nothing is done', async () => {
    const ben = world.user('Ben', { installed: false });
    await world.say(ben, '/show', { channel: true });
    expect(bot.heard).toEqual([]);
    expect(textOf(world.channel().at(-1)?.card)).toContain('Please install');
  });
});

describe('buttons', () => {
  test('[2.2] the answer replaces the card, and its place is told', async () => {
    await world.say(ann, 'show');
    const message = world.last(ann);
    await world.click(ann, message, 'Withdraw');
    expect(bot.last('act').act).toEqual({
      command: 'booking.withdraw',
      data: { booking: '7' },
      values: {},
    });
    expect(textOf(message.card)).toContain('Withdrawn');
    expect(world.messages(ann)).toHaveLength(1);
    expect(bot.shown.at(-1)).toEqual({
      conversation: bot.last('act').caller.conversation,
      message: message.id,
    });
  });

  test('[2.2] an answer may come as a message of its own, and the card stays', async () => {
    await world.say(ann, 'show');
    const message = world.last(ann);
    expect((await world.click(ann, message, 'Show')).status).toBe(200);
    expect(message.changes).toBe(0);
    expect(textOf(world.last(ann).card)).toContain('Shown anew');
  });

  test('[2.2] a required reason is asked for, and a refusal leaves the card as it is', async () => {
    await world.say(ann, 'show');
    const message = world.last(ann);
    await expect(world.click(ann, message, 'Reject')).rejects.toThrow('asks for reason');
    await world.click(ann, message, 'Reject', { reason: 'too **late**' });
    expect(bot.last('act').act.values).toEqual({ reason: 'too **late**' });
    expect(message.changes).toBe(0);
    expect(textOf(world.last(ann).card)).toBe('Ben decided first');
  });

  test('[2.2] two clicks on one button have one id, another rendering has another', async () => {
    await world.say(ann, 'show');
    const message = { ...world.last(ann) };
    const before = { ...message };
    await world.click(ann, message, 'Show');
    const first = bot.last('act').id;
    await world.click(ann, before, 'Show');
    expect(bot.last('act').id).toBe(first);
    expect(world.messages(ann).filter(({ card: it }) => textOf(it).includes('Shown anew'))).toHaveLength(1);
    await world.say(ann, 'show');
    await world.click(ann, { ...world.last(ann), id: message.id }, 'Show');
    expect(bot.last('act').id).not.toBe(first);
  });

  test.each([
    ['a verb that nobody knows', { action: { type: 'Action.Execute', verb: 'no.such', data: { act: 5 } } }],
    ['no data', { action: { type: 'Action.Execute', verb: 'no.such' } }],
    ['no action', {}],
    ['no value', null],
  ])('[6.4] %s is answered in words', async (_, value) => {
    const answer = await world.post(
      world.activity(ann, { type: 'invoke', name: 'adaptiveCard/action', replyToId: 'm1', value }),
    );
    expect(answer.status).toBe(200);
    expect(textOf(world.last(ann).card)).toContain('Unknown');
  });
});

describe('forms', () => {
  const submit = (inputs: Record<string, string | string[]>) =>
    world.click(ann, world.last(ann), 'Send', inputs);

  test('[2.1] what was filled in arrives, people as ids', async () => {
    const ben = world.user('Ben');
    await world.say(ann, 'book');
    await submit({ topic: 'Retro', attendees: [ben.aadObjectId] });
    expect(bot.last('act')).toMatchObject({
      id: `${world.last(ann).id}:booking.request:form-1`,
      act: {
        command: 'booking.request',
        data: { token: 'form-1' },
        values: { topic: 'Retro', attendees: [ben.aadObjectId] },
      },
    });
    expect(textOf(world.last(ann).card)).toContain('B-7');
  });

  test('[2.1] wrong input comes back on the field, with what was typed', async () => {
    await world.say(ann, 'book');
    const fields: Form['fields'] = [
      { kind: 'text', name: 'topic', label: 'Topic', value: '<b>x</b>', error: 'Too vague' },
      { kind: 'people', name: 'attendees', label: 'Attendees', value: [ann.aadObjectId] },
    ];
    bot.answers['booking.request'] = { kind: 'invalid', form: form({ fields }) };
    await submit({ topic: '<b>x</b>' });
    const { card: again } = world.last(ann);
    expect(inputValue(again, 'topic')).toBe('<b>x</b>');
    expect(textOf(again)).toContain('Too vague');
    expect(inputValue(again, 'attendees')).toBe(ann.aadObjectId);
    expect(JSON.stringify(again)).toContain('"title":"Ann Chen"');
    expect(world.messages(ann)).toHaveLength(1);
  });

  test('[2.1] cancelling works with required fields empty and asks nobody', async () => {
    await world.say(ann, 'book');
    bot.forget();
    await world.click(ann, world.last(ann), 'Cancel');
    expect(bot.heard).toEqual([]);
    expect(textOf(world.last(ann).card)).toBe('Cancelled. Nothing was changed.');
    expect(buttonsOf(world.last(ann).card)).toEqual([]);
  });

  test('[2.1] options are looked up while typing', async () => {
    const { body } = await world.search(ann, 'rooms', 'aur');
    expect(bot.last('suggest')).toEqual({ what: 'suggest', source: 'rooms', query: 'aur' });
    expect(body).toMatchObject({
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: [{ value: 'r1', title: 'Aurora · 12 people' }] },
    });
  });
});

test('[2.1] an installation is welcomed once', async () => {
  await world.install(ann);
  expect(bot.heard.map(({ what }) => what)).toEqual(['arrive', 'arrive']);
  expect(world.messages(ann).map(({ card: it }) => textOf(it).split('\n')[0])).toEqual(['Hello']);
});
