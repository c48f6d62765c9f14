import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';
import { addRules, defaultRules } from '../rules/index.ts';

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

const book = (typed: Values = {}) =>
  world.book(ann, { topic: 'Design review', date: '2026-12-02', start: '10:00', duration: '60', ...typed });
const request = async (who: Someone, booking: BookingId): Promise<Card> => {
  const card = await world.sent(who, 'approval.request', { booking });
  if (!card) throw new Error(`${who.name} gets no card`);
  return card;
};
const approved = async (typed: Values = {}) => {
  const booking = await book(typed);
  await world.press(rae, await request(rae, booking), 'Approve');
  return booking;
};
const longer = (booking: BookingId, until = '2026-12-02T12:00') =>
  world.act(ann, { command: 'change.end', data: { booking, end: String(at(until)), token: randomUUID() } });
const cancel = (booking: BookingId) =>
  world.act(ann, { command: 'cancel.request', data: { booking }, values: { reason: 'No time' } });
const states = async () =>
  (await bookingsIn(world.db)).map(({ stateKind, start, end }) => [stateKind, (end - start) / minute]);
const list = async (who: Someone) => cardOf(await world.say(who, 'approvals'));

describe('[2.4] a change that waits', () => {
  test('is put before the reviewers with old and new side by side', async () => {
    const booking = await approved();
    await longer(booking);
    const card = await request(roy, booking);
    expect([card.title, card.badge]).toEqual([
      'Ann wants to change a booking of Alps',
      'Change waits for approval',
    ]);
    const when = (card.facts ?? []).filter((it) => it.label === 'When');
    expect(when.map((it) => it.value)).toEqual([expect.stringMatching(/10:00 – 11:00.* → .*10:00 – 12:00/s)]);
    expect(labelsOf(card)).toEqual(['Approve', 'Reject']);
    expect(rowOf(await list(roy), 'Design review')).toMatchObject({
      badge: 'Change',
      text: expect.stringContaining('→'),
    });
  });

  test('is approved, or rejected with a reason, from the card', async () => {
    const booking = await approved();
    await longer(booking);
    const rejected = await world.press(roy, await request(roy, booking), 'Reject', { reason: 'Too long' });
    expect(cardOf(rejected).badge).toBe('Approved');
    expect(await states()).toEqual([['approved', 60]]);
    await longer(booking);
    await world.press(roy, await request(roy, booking), 'Approve');
    expect(await states()).toEqual([['approved', 120]]);
  });
});

describe('[2.5] a cancellation that waits', () => {
  test('is put before the reviewers with the reason, and confirmed from the card', async () => {
    const booking = await approved();
    await cancel(booking);
    const card = await request(roy, booking);
    expect([card.title, card.badge, labelsOf(card)]).toEqual([
      'Ann cancels Alps',
      'Being cancelled',
      ['Confirm cancellation'],
    ]);
    expect(textOf(card)).toContain('No time');
    const after = cardOf(await world.press(roy, card, 'Confirm cancellation'));
    expect([after.badge, labelsOf(after)]).toEqual(['Cancelled', []]);
    expect(await states()).toEqual([['cancelled', 60]]);
  });

  test('is confirmed from the list, which stays', async () => {
    const booking = await approved();
    await book({ topic: 'Another', start: '14:00' });
    await cancel(booking);
    const row = rowOf(await list(rae), 'Design review');
    expect([row.badge, labelsOf(row)]).toEqual(['Cancellation', ['Confirm cancellation', 'Open']]);
    const after = cardOf(await world.press(rae, row, 'Confirm cancellation'));
    expect(after.rows?.map((it) => it.title)).toEqual(['#1002 Another']);
  });

  test('a reviewer ends an approved booking themselves, with a reason, before it begins', async () => {
    const booking = await book();
    const card = cardOf(await world.press(rae, await request(rae, booking), 'Approve'));
    const without = cardOf(await world.press(rae, card, 'Cancel booking', { reason: ' ' }));
    expect(without.banner?.text).toContain('Please give a reason');
    const after = cardOf(await world.press(rae, card, 'Cancel booking', { reason: 'Pipes' }));
    expect([after.badge, labelsOf(after)]).toEqual(['Cancelled', []]);
    const told = await world.sent(ann, 'booking.news', { booking, news: 'cancelled' });
    expect(told?.text?.join()).toContain('Cancelled by Rae on Tue, Dec 1, 2026, 09:00: Pipes');
    expect(labelsOf(told ?? {})).toContain('What else is free?');
    const begun = await approved({ start: '12:00' });
    world.moveTo(at('2026-12-02T12:00'));
    const shown = cardOf(await world.act(rae, { command: 'approval.show', data: { booking: begun } }));
    expect(labelsOf(shown)).toEqual([]);
  });

  test('[2.2] how the host has kept bookings so far is on the next card', async () => {
    const late = await approved({ date: '2026-12-01', start: '10:00' });
    await approved({ date: '2026-12-01', start: '12:00' });
    await cancel(late);
    world.moveTo(at('2026-12-01T13:00'));
    await world.run('cancel.confirm', { booking: late, asOf: '3' });
    expect(textOf(await request(rae, await book()))).toContain(
      'The host so far: Bookings: 1 · cancelled late in the last 90 days: 1',
    );
  });
});

describe('[2.2] what a reviewer saw', () => {
  const move = async (booking: BookingId) => {
    await world.act(ann, { command: 'change.open', data: { booking } }).then(async ({ answer }) => {
      if (answer.kind !== 'form') throw new Error(`no form: ${JSON.stringify(answer)}`);
      await world.submit(ann, answer.form, { start: '14:00' });
    });
  };

  test('is what they decide: a click on an older form says what has changed, and decides nothing', async () => {
    const booking = await book();
    const card = await request(rae, booking);
    await move(booking);
    for (const label of ['Approve', 'Reject', 'Ask a question…']) {
      const stale = cardOf(await world.press(rae, card, label, { reason: 'No', text: 'Why?' }));
      expect(stale.banner?.text).toMatch(
        /has changed since you saw it.*\nWhen: .*10:00 – 11:00.* → .*14:00/s,
      );
    }
    expect(await states()).toEqual([['requested', 60]]);
    await world.press(rae, await request(rae, booking), 'Approve');
    expect(await states()).toEqual([['approved', 60]]);
  });

  test('[6.2] is not opened for somebody else', async () => {
    const booking = await book();
    const eve = await world.person('Eve');
    const show = (who: Someone) => world.act(who, { command: 'approval.show', data: { booking } });
    expect(noteOf(await show(eve))).toContain('out of date');
    expect(noteOf(await show(ann))).toContain('out of date');
    const opened = await world.press(rae, rowOf(await list(rae), 'Design review'), 'Open');
    expect(opened.answer).toMatchObject({ live: { view: 'approval.request' } });
  });
});

describe('[2.2] where two have to approve', () => {
  beforeEach(async () => {
    const approval = [{ name: 'Two', when: {}, decision: 'askTwo' as const }];
    const document = { organisation: { ...defaultRules, approval }, sites: {} };
    await world.db.transact((tx) => addRules(tx, { by: rae.person, from: 0, document }));
  });

  test('each approves once, the card says who has, and the second decides', async () => {
    const booking = await book();
    const card = await request(rae, booking);
    expect(textOf(card)).toContain('Two approvals are needed.');
    // Nobody can promise another place alone.
    expect(labelsOf(card)).toEqual(['Approve', 'Reject', 'Ask a question…']);
    const after = cardOf(await world.press(rae, card, 'Approve'));
    expect([after.badge, labelsOf(after)]).toEqual(['Waiting for approval', ['Reject', 'Ask a question…']]);
    expect(textOf(after)).toContain('Rae approved; one more approval is needed.');
    expect(cardOf(await world.press(rae, card, 'Approve')).banner?.text).toContain('approved this already');
    expect((await list(rae)).rows).toEqual([]);
    expect(await world.sent(rae, 'approval.reminder', { booking })).toBeNull();
    expect(await states()).toEqual([['requested', 60]]);
    await world.press(roy, await request(roy, booking), 'Approve');
    expect(await states()).toEqual([['approved', 60]]);
  });

  test('a request for a room with a single reviewer is refused', async () => {
    const room = await world.room({ name: 'Den', reviewers: [rae] });
    await expect(book({ room })).rejects.toThrow(/only one/);
  });
});
