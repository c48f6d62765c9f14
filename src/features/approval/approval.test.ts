import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { askForSeries } from '../../../test/support/series-request.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Values } from '../../core/view.ts';

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

const book = (typed: Values = {}, who = ann) =>
  world.book(who, { topic: 'Design review', date: '2026-12-02', start: '10:00', duration: '60', ...typed });
const request = async (who: Someone, booking: string) => {
  const card = await world.sent(who, 'approval.request', { booking });
  if (!card) throw new Error(`${who.name} gets no card`);
  return card;
};
const list = async (who: Someone) => cardOf(await world.say(who, 'approvals'));
const approve = (who: Someone, booking: string) =>
  world.act(who, { command: 'approval.approve', data: { booking } });
const states = async () => (await bookingsIn(world.db)).map((it) => it.stateKind);

describe('[2.2] the reviewer’s card', () => {
  test('has all that is needed to judge', async () => {
    await book({ topic: 'Before', start: '08:00' });
    await book({ topic: 'Secret', start: '12:00', confidential: true });
    const booking = await book({
      attendees: [roy.profile.userId],
      headcount: '5',
      equipment: ['projector'],
      note: 'Please *quickly*',
    });
    const card = await request(rae, booking);
    expect(card.title).toBe('Ann asks for Alps');
    const facts = Object.fromEntries((card.facts ?? []).map((it) => [it.label, it.value]));
    expect(facts).toMatchObject({
      Topic: 'Design review',
      When: expect.stringContaining('Wed, Dec 2, 2026, 10:00 – 11:00'),
      Host: 'Ann',
      Attendees: 'Roy',
      Headcount: '5 of at most 8',
      Equipment: 'Projector',
      Note: 'Please *quickly*',
    });
    expect(facts['That day in this room']?.split('\n')).toEqual([
      expect.stringMatching(/08:00 – 09:00.* Before \(Ann\)$/),
      expect.stringMatching(/12:00 – 13:00.* busy$/),
    ]);
    expect(labelsOf(card)).toEqual(['Approve', 'Reject', 'Ask a question…', 'Propose another…']);
    expect(facts['The host so far']).toBe('Bookings: 0 · cancelled late in the last 90 days: 0');
    expect(card.footnote).toBe('Booking #1003, asked for on Tue, Dec 1, 2026, 09:00');
  });

  test('says that nothing else is on that day', async () => {
    await book({ topic: 'The day before', date: '2026-12-01', start: '10:00' });
    expect(textOf(await request(rae, await book()))).toContain('That day in this room: Nothing else');
  });

  test('is not sent any more once it is decided, begun, or no longer theirs', async () => {
    const decided = await book();
    await approve(rae, decided);
    expect(await world.sent(roy, 'approval.request', { booking: decided })).toBeNull();
    const booking = await book({ start: '12:00' });
    expect(await world.sent(ann, 'approval.request', { booking })).toBeNull();
    world.moveTo(at('2026-12-02T12:00'));
    expect(await world.sent(rae, 'approval.request', { booking })).toBeNull();
  });
});

describe('[2.2] deciding', () => {
  test('approving: the card says who and when, and what is left to do', async () => {
    const booking = await book();
    const after = cardOf(await world.press(rae, await request(rae, booking), 'Approve'));
    expect([after.badge, labelsOf(after)]).toEqual(['Approved', ['Cancel booking']]);
    expect(textOf(after)).toContain('Approved by Rae on Tue, Dec 1, 2026, 09:00.');
  });

  test('rejecting asks for a reason, and has it on the card', async () => {
    const booking = await book();
    const card = await request(rae, booking);
    expect(buttonOf(card, 'Reject').ask?.fields).toMatchObject([
      { name: 'reason', required: true, maxLength: 500 },
    ]);
    const without = cardOf(await world.press(rae, card, 'Reject', { reason: '  ' }));
    expect([without.banner?.text, without.badge]).toEqual([
      'Please give a reason of 1 to 500 characters; the host will read it. (rule 2.2)',
      'Waiting for approval',
    ]);
    const after = cardOf(await world.press(rae, card, 'Reject', { reason: ' Cleaning ' }));
    expect(textOf(after)).toContain('Rejected by Rae on Tue, Dec 1, 2026, 09:00: Cleaning');
    expect(await states()).toEqual(['rejected']);
  });

  test('a late click is told who decided, and changes nothing', async () => {
    const booking = await book();
    const card = await request(roy, booking);
    await approve(rae, booking);
    for (const label of ['Approve', 'Reject']) {
      const late = cardOf(await world.press(roy, card, label, { reason: 'No' }));
      expect(late.banner?.text).toBe('This request has been decided already. (rule 2.2)');
      expect(textOf(late)).toContain('Approved by Rae');
    }
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'approved', revision: 2 }]);
  });

  test('of many clicks at once the first one counts', async () => {
    const booking = await book();
    const clicks = [rae, roy, rae, roy].map((who, n) =>
      n % 2 === 0
        ? approve(who, booking)
        : world.act(who, { command: 'approval.reject', data: { booking }, values: { reason: 'No' } }),
    );
    const banners = (await Promise.all(clicks)).map((it) => cardOf(it).banner?.text);
    expect(banners.filter((it) => it === undefined)).toHaveLength(1);
    expect(await bookingsIn(world.db)).toMatchObject([{ revision: 2 }]);
  });

  test('not after the start', async () => {
    const booking = await book();
    const card = await request(rae, booking);
    world.moveTo(at('2026-12-02T10:00'));
    expect(cardOf(await world.press(rae, card, 'Approve')).banner?.text).toContain('The start has passed');
    expect(await states()).toEqual(['requested']);
  });

  test('[6.2] not by somebody who is no reviewer of that room, nor an admin while it has reviewers', async () => {
    const booking = await book();
    const ada = await world.person('Ada');
    for (const who of [await world.person('Eve'), ada])
      expect(noteOf(await approve(who, booking))).toBe(
        'Only the reviewers of this room can decide. (rule 2.2)',
      );
    expect(await states()).toEqual(['requested']);
  });
});

describe('[2.2] nobody decides their own request', () => {
  test('it goes to the other reviewers', async () => {
    const booking = await book({}, rae);
    expect(await world.waiting()).toContain('Roy: approval.request');
    expect(await world.waiting()).not.toContain('Rae: approval.request');
    expect(noteOf(await approve(rae, booking))).toBe(
      'Nobody decides their own request; another reviewer will. (rule 2.2)',
    );
    expect(cardOf(await approve(roy, booking)).badge).toBe('Approved');
  });

  test('else to the admins', async () => {
    const ada = await world.person('Ada');
    const room = await world.room({ name: 'Own', reviewers: [rae] });
    const booking = await book({ room }, rae);
    expect(await world.waiting()).toContain('Ada: approval.request');
    expect(rowOf(await list(ada), 'Design review').text).toContain('Rae');
    expect(cardOf(await approve(ada, booking)).badge).toBe('Approved');
  });
});

describe('[2.2] /approvals', () => {
  test('lists what waits for this reviewer, the most urgent first, and nothing else', async () => {
    const other = await world.room({ name: 'Other', reviewers: [roy] });
    await book({ topic: 'Later', start: '15:00' });
    await book({ topic: 'Sooner', start: '10:00' });
    await book({ topic: 'Mine', start: '12:00' }, rae);
    await book({ topic: 'Elsewhere', room: other });
    const titles = async (who: Someone) => (await list(who)).rows?.map((row) => row.title);
    expect(await titles(rae)).toEqual(['#1002 Sooner', '#1001 Later']);
    expect((await list(roy)).title).toBe('4 requests wait for you');
    expect(textOf(await list(ann))).toContain('Nothing waits for you.');
    world.moveTo(at('2026-12-02T10:00'));
    expect(await titles(rae)).toEqual(['#1001 Later']);
  });

  test('a series is listed once, and opens with all of its dates', async () => {
    const room = await world.room({ name: 'Den', reviewers: [rae, roy] });
    await askForSeries(world, ann, room, 'Stand-up');
    await book({ topic: 'Single', start: '12:00' });
    const card = await list(rae);
    expect(card.title).toBe('2 requests wait for you');
    const row = rowOf(card, 'Stand-up');
    expect(row.badge).toBe('Series');
    expect(row.text).toContain('4 dates wait, the first: Wed, Dec 2, 2026, 10:00 – 11:00');
    const opened = cardOf(await world.press(rae, row, 'Open'));
    expect(opened.title).toBe('Ann asks for a series: Stand-up');
    expect(labelsOf(card)).toEqual([]);
  });

  test('what is decided there leaves the list, which stays where it was', async () => {
    for (let n = 0; n < 7; n++)
      await book({ topic: `Topic ${n}`, start: `${String(8 + n).padStart(2, '0')}:00` });
    const first = await list(rae);
    const second = cardOf(await world.press(rae, first, 'Next page'));
    expect([second.footnote, second.rows?.length]).toEqual(['Page 2 of 2', 2]);
    const after = cardOf(await world.press(rae, rowOf(second, 'Topic 6'), 'Approve'));
    expect([after.title, after.footnote, after.rows?.map((row) => row.title)]).toEqual([
      '6 requests wait for you',
      'Page 2 of 2',
      ['#1006 Topic 5'],
    ]);
    const last = cardOf(await world.press(rae, rowOf(after, 'Topic 5'), 'Reject', { reason: 'No' }));
    expect([last.footnote, last.rows?.length]).toEqual([undefined, 5]);
    const late = cardOf(await world.press(rae, rowOf(after, 'Topic 5'), 'Approve'));
    expect(late.banner?.text).toContain('decided already');
  });
});
