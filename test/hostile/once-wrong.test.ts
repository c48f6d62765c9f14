import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readText } from '../../src/chat/slack/text.ts';
import { readValues } from '../../src/chat/slack/values.ts';
import { readActivity, wordsOf } from '../../src/chat/teams/activity.ts';
import { findAccount } from '../../src/features/people/index.ts';
import { noteOf } from '../support/answers.ts';
import { createWorld, type Someone, type World } from '../support/world.ts';

/* What hostile input has found, once each. */

let world: World;
let ann: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  rae = await world.person('Rae');
  await world.room({ name: 'Alps', reviewers: [rae] });
});
afterEach(() => world.stop());

/** A fault would be answered by a code. */
const faults = () => world.outcomes.filter((it) => it.outcome === 'fault');

test('[6.4] a client that names a time zone which is none is not believed, and nobody is locked out by it', async () => {
  const { caller } = ann;
  for (const zone of ['Nowhere/None', '', '\u200b', '+99:99', 'x'.repeat(70_000)]) {
    const answered = await world.dispatch.say({ ...caller, zone }, 'tomorrow 3pm 1h review', zone);
    expect(answered.answer.kind).toBe('card');
  }
  expect((await findAccount(world.db.read, caller))?.zone).toBeNull();
  expect(faults()).toEqual([]);
});

const unsearchable = [
  `rooms ${'a '.repeat(5_000)}`,
  `rooms ${'x'.repeat(70_000)}`,
  `records @${'x'.repeat(70_000)}`,
  'records 9999-12-31',
  'records 0000-00-00',
  'records 9999-12',
  'stats 9999-12',
  'stats 0000-01-01 to 9999-12-31',
];

test.each(unsearchable.map((text) => [text.slice(0, 30), text] as const))(
  '[2.6] words that no search can hold are answered in words: %s',
  async (_, text) => {
    await world.say(ann, text);
    expect(faults()).toEqual([]);
  },
);

test('[2.6] a forged button with days that are none finds what it can', async () => {
  await world.act(ann, { command: 'records.list', data: { from: 'x', until: '9999-12-31' } });
  await world.act(ann, { command: 'rooms.list', data: { text: 'x '.repeat(50_000) } });
  expect(faults()).toEqual([]);
});

test('[5.3] approving several, somebody who may not is not told what they are about', async () => {
  const booking = await world.book(ann, {
    topic: 'Merger',
    date: '2026-12-03',
    start: '10:00',
    confidential: true,
  });
  const eve = await world.person('Eve');
  const chosen = {
    command: 'approval.approveSeveral',
    data: { token: 't' },
    values: { chosen: [`${booking} 1`] },
  };
  const { answer } = await world.act(eve, chosen);
  expect(JSON.stringify(answer)).toContain('reviewers');
  expect(JSON.stringify(answer)).not.toContain('Merger');
  expect(JSON.stringify((await world.act(rae, chosen)).answer)).toContain('Merger');
});

test('[6.4] names that mean something to a program are names like any other', () => {
  const { named } = readText('hi <@U1|__proto__> <#C1|__proto__>', 'T1');
  expect(Object.entries(named.mentions)).toEqual([['__proto__', 'U1']]);
  expect(Object.keys(named.channels)).toEqual(['__proto__']);
  const values = readValues(
    JSON.parse('{"values":{"__proto__":{"value":{"type":"multi_users_select","selected_users":["U1"]}}}}'),
  );
  expect(Object.entries(values)).toEqual([['__proto__', ['U1']]]);
  expect(Array.isArray(Object.getPrototypeOf(values))).toBe(false);
});

test('[6.4] mentions can not blow a text up, and are taken letter by letter', () => {
  const grows = (text: string, name: string) => ({ type: 'mention', text, mentioned: { id: '29:x', name } });
  const of = (text: string, entities: unknown[]) =>
    wordsOf({ recipient: { id: '28:bot' }, text, entities } as unknown as Parameters<typeof wordsOf>[0]);
  const many = Array.from({ length: 300 }, () => grows('a', 'a'.repeat(5_000)));
  expect(of('a'.repeat(20_000), many).text.length).toBeLessThanOrEqual(10_000);
  expect(of('hi <at>x</at>', [grows('<at>x</at>', "$& $' x")])).toEqual({
    text: "hi  @$&_$'_x",
    mentions: { "$&_$'_x": '29:x' },
  });
});

test('[6.4] who says too much is told so in words', async () => {
  for (let n = 0; n < 60; n++) await world.say(ann, 'help');
  expect(noteOf(await world.say(ann, 'help'))).toContain('Please wait a minute');
});

test.each([
  ['the conversation', { conversation: { id: 'a:\ud83d' } }],
  ['the conversation, in a header', { conversation: { id: 'a:預約' } }],
  ['the tenant, in a header', { conversation: { id: 'a:1', tenantId: '預約' } }],
  ['the message', { replyToId: '\ud83d' }],
])('[6.4] an id that can be no part of an address is refused at the door: of %s', (_, wrong) => {
  const activity = {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://teams.example.org',
    id: 'f:1',
    from: { id: '29:1' },
    recipient: { id: '28:1' },
    conversation: { id: 'a:1' },
  };
  expect(readActivity(activity as never)).not.toBeNull();
  expect(readActivity({ ...activity, ...wrong } as never)).toBeNull();
});
