import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, cardOf, labelsOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { Unreachable } from '../../core/errors.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld();
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  await world.room({
    name: 'Alps',
    reviewers: [rae],
    kind: 'hybrid',
    joinLink: 'https://meet.example.org/alps',
  });
  for (const who of [ann, ben, rae]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (topic: string, start: string, date = '2026-12-02', who = ann) =>
  world.book(who, {
    topic,
    date,
    start,
    attendees: [(who === ann ? ben : ann).profile.userId],
    headcount: '',
  });
const approve = (booking: string) => world.act(rae, { command: 'approval.approve', data: { booking } });
const list = async (who: Someone, text = 'bookings') => cardOf(await world.say(who, text));
const titles = async (who: Someone, text?: string) => (await list(who, text)).rows?.map((row) => row.title);

describe('[2.6] /bookings', () => {
  test('shows what one hosts in every state, and what one is invited to once it is approved', async () => {
    const first = await book('First', '10:00');
    await book('Second', '12:00');
    await approve(first);
    expect(await titles(ann)).toEqual(['#1001 First', '#1002 Second']);
    expect(await titles(ben)).toEqual(['#1001 First']);
    expect(await titles(rae)).toEqual([]);
    const card = await list(ann);
    expect([rowOf(card, 'First').badge, rowOf(card, 'Second').badge]).toEqual([
      'Approved',
      'Waiting for approval',
    ]);
    expect(labelsOf(rowOf(card, 'First'))).toEqual(['Join', 'Open', 'Cancel booking']);
    expect(labelsOf(rowOf(card, 'Second'))).toEqual(['Open', 'Withdraw']);
    expect(labelsOf(rowOf(await list(ben), 'First'))).toEqual(['Join']);
    expect(rowOf(await list(ben), 'First').text).toContain('Ann');
  });

  test('who was invited before they first opened the bot finds it there once they do', async () => {
    const lookup = async (userId: string) => {
      if (userId === ann.profile.userId) return ann.profile;
      throw new Unreachable(userId);
    };
    const inviting = { ...ann, caller: { ...ann.caller, lookup } };
    const typed = { topic: 'First', date: '2026-12-02', start: '10:00', attendees: ['U-new'] };
    await approve(await world.book(inviting, typed));
    expect(rowOf(await list(ann), 'First').title).toBe('#1001 First');
    expect(await titles(ben)).toEqual([]);

    const { email } = ben.profile;
    const elsewhere = await world.person('Ben', { userId: 'U-new', email });
    expect(await titles(elsewhere)).toEqual(['#1001 First']);
    expect(await titles(ben)).toEqual(['#1001 First']);
  });

  test('the next comes first; the past is a list of its own, the last first', async () => {
    await book('Later', '15:00');
    await book('Sooner', '10:00');
    expect(await titles(ann)).toEqual(['#1002 Sooner', '#1001 Later']);
    world.moveTo(at('2026-12-02T10:15'));
    expect(await titles(ann)).toEqual(['#1002 Sooner', '#1001 Later']);
    world.moveTo(at('2026-12-02T16:00'));
    expect([await titles(ann), await titles(ann, 'bookings past')]).toEqual([
      [],
      ['#1001 Later', '#1002 Sooner'],
    ]);
    expect(textOf(await list(ann))).toContain('Nothing is booked. Type /book to change that.');
    expect(textOf(await list(ben, 'bookings past'))).toContain('Nothing is past or closed yet.');
  });

  test('is turned a page at a time, to and fro, and from upcoming to past', async () => {
    for (let n = 0; n < 12; n++) await book(`Topic ${n}`, `${String(8 + n).padStart(2, '0')}:00`);
    const first = await list(ann);
    expect([first.rows?.length, first.footnote, labelsOf(first)]).toEqual([
      5,
      'Page 1 of 3',
      ['Next page', 'Past and closed', 'Book a room'],
    ]);
    const second = cardOf(await world.press(ann, first, 'Next page'));
    const third = cardOf(await world.press(ann, second, 'Next page'));
    expect([third.rows?.length, labelsOf(third)]).toEqual([
      2,
      ['Previous page', 'Past and closed', 'Book a room'],
    ]);
    const all = [first, second, third].flatMap((card) => card.rows?.map((row) => row.title) ?? []);
    expect(all).toEqual(Array.from({ length: 12 }, (_, n) => `#${1001 + n} Topic ${n}`));
    expect(cardOf(await world.press(ann, third, 'Previous page'))).toEqual(second);
    expect(cardOf(await world.press(ann, second, 'Past and closed')).title).toBe('Past and closed');
  });

  test('withdrawing there leaves one where one was, and the booking is found among the closed ones', async () => {
    for (let n = 0; n < 7; n++) await book(`Topic ${n}`, `${10 + n}:00`);
    const second = cardOf(await world.press(ann, await list(ann), 'Next page'));
    const after = cardOf(await world.press(ann, rowOf(second, 'Topic 5'), 'Withdraw'));
    expect([after.footnote, after.rows?.map((row) => row.title), after.banner?.text]).toEqual([
      'Page 2 of 2',
      ['#1007 Topic 6'],
      '#1006 is withdrawn. It is listed under “Past and closed” now.',
    ]);
    expect(rowOf(await list(ann, 'bookings past'), 'Topic 5').badge).toBe('Withdrawn');
    const again = cardOf(await world.press(ann, rowOf(second, 'Topic 5'), 'Withdraw'));
    expect(again.banner?.text).toBe('This booking has ended already. (rule 2.5)');
  });

  test('asks before it withdraws', async () => {
    await book('First', '10:00');
    const { confirm } = buttonOf(rowOf(await list(ann), 'First'), 'Withdraw');
    expect(confirm?.text).toContain('#1001');
  });
});
