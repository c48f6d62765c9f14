import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, formOf, labelsOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { type BookingId, bookingSubject, type RoomId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae], tentative: true, buffer: 15 });
  for (const who of [ann, ben, rae]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (who: Someone, topic: string, typed: Values = {}) =>
  world.book(who, { topic, room: alps, date: '2026-12-02', start: '10:00', duration: '60', ...typed });
const request = async (booking: BookingId): Promise<Card> => {
  const card = await world.sent(rae, 'approval.request', { booking });
  if (!card) throw new Error('no card');
  return card;
};
const states = async () => (await bookingsIn(world.db)).map((it) => `${it.topic} ${it.stateKind}`);

describe('[2.2] requests for one slot, where the room allows it', () => {
  test('are shown side by side, with what tells them apart', async () => {
    const first = await book(ann, 'First', { headcount: '3' });
    world.moveTo(at('2026-12-01T09:30'));
    const second = await book(ben, 'Second', { start: '10:30', headcount: '5' });
    await book(ben, 'Later', { start: '14:00' });
    const card = await request(first);
    expect(textOf(card)).toContain('1 other request is for the same slot. Approving one ends the others.');
    const row = rowOf(card, '#1002 Second (Ben)');
    expect(row.text).toMatch(/10:30 – 11:30/);
    expect(row.text).toContain('5 of at most 8');
    expect(row.text).toContain('Asked for on Tue, Dec 1, 2026, 09:30');
    expect(labelsOf(row)).toEqual(['Approve']);
    expect(rowOf(await request(second), '#1001 First (Ann)').text).toContain('3 of at most 8');
  });

  test('compete also where there would be no time for tidying up between them', async () => {
    const first = await book(ann, 'First');
    await book(ben, 'Right after', { start: '11:00' });
    await book(ben, 'In time', { start: '11:15' });
    expect((await request(first)).rows?.map((row) => row.title)).toEqual(['#1002 Right after (Ben)']);
  });

  test('end when one of them is approved: on its own card', async () => {
    const first = await book(ann, 'First');
    await book(ben, 'Second');
    await world.press(rae, await request(first), 'Approve');
    expect(await states()).toEqual(['First approved', 'Second rejected']);
    const told = (await world.outbox()).filter((row) => row.name === 'booking.news');
    expect(told.map((row) => [row.person, row.data.news])).toEqual(
      expect.arrayContaining([
        [ann.person, 'approved'],
        [ben.person, 'rejected'],
      ]),
    );
  });

  test('end when one of them is approved: beside another, whose card says so', async () => {
    const first = await book(ann, 'First');
    const second = await book(ben, 'Second');
    const news = { booking: first, news: 'rejected' };
    const card = await request(first);
    const after = cardOf(await world.press(rae, rowOf(card, 'Second'), 'Approve'));
    expect([after.title, after.badge]).toEqual(['Ann asks for Alps', 'Rejected']);
    expect(textOf(after)).toContain('Another request for this slot was approved on');
    expect(await states()).toEqual(['First rejected', 'Second approved']);
    const told = await world.sent(ann, 'booking.news', news);
    expect(labelsOf(told ?? {})).toContain('What else is free?');
    expect(await world.sent(rae, 'approval.request', { booking: second })).toBeNull();
  });

  test('the cards of the others follow when one comes, moves or goes', async () => {
    const first = await book(ann, 'First');
    const refreshed = async () =>
      (await world.outbox()).filter((row) => row.kind === 'refresh' && row.subject === bookingSubject(first))
        .length;
    const revision = async () => {
      const { answer } = await world.act(rae, { command: 'approval.show', data: { booking: first } });
      return answer.kind === 'card' ? answer.live?.revision : undefined;
    };
    const [before, earlier] = [await refreshed(), await revision()];
    const second = await book(ben, 'Second');
    expect(await refreshed()).toBe(before + 1);
    expect(await revision()).toBeGreaterThan(earlier ?? Number.NaN);
    const change = formOf(await world.act(ben, { command: 'change.open', data: { booking: second } }));
    await world.submit(ben, change, { start: '14:00' });
    expect(await refreshed()).toBe(before + 2);
    expect((await request(first)).rows).toEqual([]);
    await world.act(ben, { command: 'booking.withdraw', data: { booking: second } });
    expect(await refreshed()).toBe(before + 2);
  });

  test('a proposal is held there too, and ends what competes with it when it is accepted', async () => {
    const first = await book(ann, 'First');
    await book(ben, 'Second', { start: '14:00' });
    const form = formOf(await world.press(rae, await request(first), 'Propose another…'));
    await world.submit(rae, form, { start: '14:30' });
    const other = (await bookingsIn(world.db)).find((it) => it.topic === 'Second')?.id as BookingId;
    const late = cardOf(await world.press(rae, await request(other), 'Approve'));
    expect(late.banner?.text).toContain('Somebody else has got this slot');
    const proposal = await world.sent(ann, 'approval.proposal', { booking: first });
    await world.press(ann, proposal ?? {}, 'Accept');
    expect(await states()).toEqual(['First approved', 'Second rejected']);
  });

  test('the reviewer’s own request is shown to them, but not to decide', async () => {
    const roy = await world.person('Roy');
    const room = await world.room({ name: 'Den', reviewers: [rae, roy], tentative: true });
    const first = await book(ann, 'First', { room });
    await book(rae, 'Own', { room });
    expect(labelsOf(rowOf(await request(first), 'Own'))).toEqual([]);
  });
});

test('[2.2] other rooms have one request for a slot, and no such rows', async () => {
  const room = await world.room({ name: 'Den', reviewers: [rae] });
  const first = await book(ann, 'First', { room });
  await book(ben, 'Second', { room });
  expect(await states()).toEqual(['First requested']);
  expect((await request(first)).rows).toEqual([]);
});
