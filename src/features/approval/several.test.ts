import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, fieldOf, formOf, labelsOf, rowOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Card, Field, Form, Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let rae: Someone;
let roy: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, rae, roy] = [await world.person('Ann'), await world.person('Rae'), await world.person('Roy')];
  await world.room({ name: 'Alps', reviewers: [rae, roy] });
  for (const who of [ann, rae, roy]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (topic: string, start: string, typed: Values = {}) =>
  world.book(ann, { topic, date: '2026-12-02', start, duration: '60', ...typed });
const list = async (who: Someone) => cardOf(await world.say(who, 'approvals'));
const open = async (who: Someone, on?: Card) =>
  formOf(await world.press(who, on ?? (await list(who)), 'Approve several…'));
const optionsOf = (form: Form) =>
  (fieldOf(form, 'chosen') as Extract<Field, { kind: 'choices' }>).options.map((it) => it.value);
const states = async () => (await bookingsIn(world.db)).map((it) => `${it.topic} ${it.stateKind}`);
const results = (card: Card) => (card.rows ?? []).map((row) => `${row.title} ${row.badge}`);

describe('[2.2] approving several in one go', () => {
  test('offers what is on this page, and answers with the result of each', async () => {
    for (let n = 0; n < 7; n++) await book(`Topic ${n}`, `${String(8 + n).padStart(2, '0')}:00`);
    const second = cardOf(await world.press(rae, await list(rae), 'Next page'));
    const form = await open(rae, second);
    expect(fieldOf(form, 'chosen')).toMatchObject({
      options: [
        { label: '#1006 Topic 5', description: expect.stringMatching(/13:00 – 14:00 · Alps · Ann$/) },
        { label: '#1007 Topic 6' },
      ],
    });
    const result = cardOf(await world.submit(rae, form, { chosen: optionsOf(form) }));
    expect(result.title).toBe('Result of 2');
    expect(results(result)).toEqual(['#1006 Topic 5 Approved', '#1007 Topic 6 Approved']);
    expect((await states()).filter((it) => it.endsWith('approved'))).toEqual([
      'Topic 5 approved',
      'Topic 6 approved',
    ]);
    const left = cardOf(await world.press(rae, result, 'What still waits'));
    expect(left.title).toBe('5 requests wait for you');
  });

  test('judges each by itself', async () => {
    const first = await book('First', '10:00');
    const moved = await book('Moved', '12:00');
    await book('Third', '14:00');
    const form = await open(rae);
    await world.act(roy, { command: 'approval.reject', data: { booking: first }, values: { reason: 'No' } });
    const change = formOf(await world.act(ann, { command: 'change.open', data: { booking: moved } }));
    await world.submit(ann, change, { start: '16:00' });
    const result = cardOf(await world.submit(rae, form, { chosen: optionsOf(form) }));
    expect(results(result)).toEqual([
      '#1001 First Not approved',
      '#1002 Moved Not approved',
      '#1003 Third Approved',
    ]);
    expect(rowOf(result, 'First').text).toContain('decided already');
    expect(rowOf(result, 'Moved').text).toContain('changed since you saw it');
    expect(await states()).toEqual(['First rejected', 'Moved requested', 'Third approved']);
  });

  test('acts once, however often it is sent', async () => {
    await book('First', '10:00');
    await book('Second', '12:00');
    const form = await open(rae);
    const typed = { chosen: optionsOf(form) };
    const once = cardOf(await world.submit(rae, form, typed));
    expect(cardOf(await world.submit(rae, form, typed))).toEqual(once);
    expect(await bookingsIn(world.db)).toMatchObject([{ revision: 2 }, { revision: 2 }]);
  });

  test('wants at least one, and the form comes back to choose', async () => {
    await book('First', '10:00');
    await book('Second', '12:00');
    const back = await world.submit(rae, await open(rae), { chosen: [] });
    expect(errorsOf(back)).toEqual({ chosen: 'Please choose at least one.' });
    const result = await world.submit(rae, formOf(back), { chosen: optionsOf(formOf(back)).slice(0, 1) });
    expect(results(cardOf(result))).toEqual(['#1001 First Approved']);
  });

  test('[6.2] approves nothing for somebody who does not review the room, nor for the host', async () => {
    await book('First', '10:00');
    await world.book(rae, { topic: 'Own', date: '2026-12-02', start: '12:00', duration: '60' });
    const form = await open(roy);
    const typed = { chosen: optionsOf(form) };
    const eve = await world.person('Eve');
    const foreign = cardOf(await world.submit(eve, { ...form, data: { ...form.data, token: 'eve' } }, typed));
    expect(results(foreign)).toEqual(['– Not approved', '– Not approved']);
    const own = cardOf(await world.submit(rae, { ...form, data: { ...form.data, token: 'rae' } }, typed));
    expect(rowOf(own, 'Own').text).toContain('Nobody decides their own request');
    expect(await states()).toEqual(['First approved', 'Own requested']);
  });

  test('is not offered for a single one, nor for cancellations', async () => {
    const first = await book('First', '10:00');
    expect(labelsOf(await list(rae))).toEqual([]);
    await book('Second', '12:00');
    expect(labelsOf(await list(rae))).toEqual(['Approve several…']);
    await world.act(rae, { command: 'approval.approve', data: { booking: first } });
    const reason = { reason: 'No time' };
    await world.act(ann, { command: 'cancel.request', data: { booking: first }, values: reason });
    const both = await list(rae);
    expect([both.rows?.length, labelsOf(both)]).toEqual([2, []]);
  });

  test('what has begun meanwhile is refused', async () => {
    await book('First', '10:00');
    await book('Second', '12:00');
    const form = await open(rae);
    world.moveTo(at('2026-12-02T11:00'));
    const result = cardOf(await world.submit(rae, form, { chosen: optionsOf(form) }));
    expect(results(result)).toEqual(['#1001 First Not approved', '#1002 Second Approved']);
  });
});
