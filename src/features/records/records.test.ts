import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, formOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import { findBooking } from '../booking/index.ts';
import { giveRole } from '../people/index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let sue: Someone;
let ada: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  [sue, ada] = [await world.person('Sue'), await world.person('Ada')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  await world.room({ name: 'Rhine', site: 'Cologne', reviewers: [ada] });
  for (const somebody of [ann, ben, rae, sue, ada]) await world.say(somebody, 'help');
  await world.db.transact((tx) =>
    giveRole(tx, { person: sue.person, role: 'supervisor', by: ada.person, since: 0 }),
  );
});
afterEach(() => world.stop());

const plan = { room: '', date: '2026-12-02', start: '10:00', duration: '30', headcount: '2' };
const book = (topic: string, its = {}) =>
  world.book(ann, { ...plan, room: alps, topic, attendees: [ben.profile.userId], ...its });
const titles = (card: Card): string[] => (card.rows ?? []).map((row) => row.title);
const search = async (who: Someone, words: string) => cardOf(await world.say(who, `records ${words}`));
const history = async (who: Someone, text = '#1001') => cardOf(await world.say(who, `history ${text}`));
const reject = async (id: BookingId, reason: string) =>
  world.act(rae, {
    command: 'approval.reject',
    data: { booking: id, revision: '1', asOf: '1' },
    values: { reason },
  });

describe('[2.6] the history of a booking', () => {
  test('says who did what, when, from where, why, and under which rules', async () => {
    const id = await book('Design review');
    world.moveTo(at('2026-12-01T11:30'));
    await reject(id, 'Kept for the board');
    const card = await history(ann);
    expect(card.title).toBe('History of #1001');
    expect(titles(card)).toEqual(['Ann asked for the room', 'Rae rejected']);
    expect(rowOf(card, 'Rae rejected').text).toBe(
      'Reason: Kept for the board\nTue, Dec 1, 2026, 11:30 · Slack · rules version 1',
    );
  });

  test('says what changed, from what to what', async () => {
    const id = await book('Design review');
    const form = formOf(await world.act(ann, { command: 'change.open', data: { booking: id } }));
    await world.submit(ann, form, { topic: 'Budget review', start: '11:00' });
    const text = rowOf(await history(ann), 'Ann changed the request').text ?? '';
    expect(text).toContain('Topic: Design review → Budget review');
    expect(text).toMatch(/When: .*10:00.* → .*11:00/s);
  });

  test('is for the host, those invited, the reviewers of the room, supervisors and admins', async () => {
    await book('Design review');
    for (const somebody of [ann, ben, rae, sue, ada])
      expect(titles(await history(somebody))).toEqual(['Ann asked for the room']);
    const eve = await world.person('Eve');
    await world.say(eve, 'help');
    expect(noteOf(await world.say(eve, 'history #1001'))).toBe(noteOf(await world.say(eve, 'history #1001')));
    expect(noteOf(await world.say(eve, 'history 1001')).replace('1001', '')).toBe(
      noteOf(await world.say(eve, 'history 2002')).replace('2002', ''),
    );
  });

  test('shows attendees neither the note nor what the reviewers ask', async () => {
    const id = await book('Design review', { note: 'For the reviewer' });
    await world.act(rae, {
      command: 'approval.ask',
      data: { booking: id, asOf: '1' },
      values: { text: 'Is a smaller room enough?' },
    });
    const form = formOf(await world.act(ann, { command: 'change.open', data: { booking: id } }));
    await world.submit(ann, form, { note: 'For the reviewer, again', headcount: '3' });
    expect(textOf(await history(ann))).toMatch(/smaller room[\s\S]*again/);
    expect(textOf(await history(ben))).not.toMatch(/smaller room|reviewer, again/);
    expect(textOf(await history(ben))).toContain('Headcount: ');
  });

  test('of a confidential booking tells supervisors and admins nothing of what it is about', async () => {
    const id = await book('Merger', { confidential: true });
    await reject(id, 'No merger talks here');
    for (const somebody of [sue, ada]) {
      const text = textOf(await history(somebody));
      expect(text).toContain('Confidential');
      expect(text).toContain('Rae rejected');
      expect(text).not.toMatch(/merger/i);
    }
    for (const somebody of [ann, ben, rae]) expect(textOf(await history(somebody))).toContain('Merger');
  });

  test('asks for the number where none was given', async () => {
    expect(noteOf(await world.say(ann, 'history'))).toContain('/history #1042');
  });
});

describe('[2.6] /records', () => {
  test('finds by state, period and room in one line of words', async () => {
    const id = await book('Design review');
    await book('Budget', { start: '12:00' });
    await reject(id, 'Full');
    world.moveTo(at('2027-01-05T09:00'));
    for (const words of ['rejected last month Alps', '上個月 Alps 已駁回', '上个月驳回的 Alps'])
      expect(titles(await search(ann, words))).toEqual(['#1001 Design review']);
    expect(titles(await search(ann, 'rejected this month Alps'))).toEqual([]);
    expect(titles(await search(ann, 'rejected last month Cologne'))).toEqual([]);
  });

  test.each([
    ['預算會議', '預算'],
    ['預算會議', '會議'],
    ['預算會議', '预算'],
    ['預算會議', '議'],
    ['Q3預算會議', 'q3 會議'],
    ['Design Reviews', 'review'],
    ['Café', 'cafe'],
  ])('finds the topic %s by %s', async (topic, words) => {
    await book(topic);
    await book('Something else', { start: '12:00' });
    expect(titles(await search(ann, words))).toEqual([`#1001 ${topic}`]);
  });

  test('finds by the topic that a booking has now, not by the one that it had', async () => {
    const id = await book('Design review');
    const form = formOf(await world.act(ann, { command: 'change.open', data: { booking: id } }));
    await world.submit(ann, form, { topic: 'Budget' });
    expect(titles(await search(ann, 'budget'))).toEqual(['#1001 Budget']);
    expect(titles(await search(ann, 'design'))).toEqual([]);
  });

  test('finds by number and by person', async () => {
    await book('Design review');
    await book('Budget', { start: '12:00', attendees: [] });
    expect(titles(await search(sue, '#1002'))).toEqual(['#1002 Budget']);
    expect(titles(await search(sue, 'ben'))).toEqual(['#1001 Design review']);
    expect(titles(await search(sue, '@ann'))).toEqual(['#1002 Budget', '#1001 Design review']);
  });

  test('shows employees what is theirs, reviewers their rooms, supervisors all', async () => {
    await book('Design review', { attendees: [] });
    const elsewhere = await world.act(rae, { command: 'booking.open', data: {} });
    await world.submit(rae, formOf(elsewhere), { ...plan, room: 'any', topic: 'Own', start: '15:00' });
    expect(titles(await search(ben, 'review'))).toEqual([]);
    expect(titles(await search(ann, 'Berlin Cologne own'))).toEqual([]);
    expect(titles(await search(rae, 'design'))).toEqual(['#1001 Design review']);
    expect(titles(await search(sue, 'this month'))).toHaveLength(2);
  });

  test('does not tell by what it finds that a confidential topic holds a word', async () => {
    await book('Merger', { confidential: true });
    expect(titles(await search(ann, 'merger'))).toEqual(['#1001 Merger']);
    expect(titles(await search(rae, 'merger'))).toEqual(['#1001 Merger']);
    expect(titles(await search(sue, 'merger'))).toEqual([]);
    expect(titles(await search(sue, 'ben'))).toEqual([]);
    expect(titles(await search(sue, 'Alps'))).toEqual(['#1001 Confidential']);
  });

  test('goes through pages, and to the history of what was found', async () => {
    for (let n = 0; n < 6; n++) await book(`Meeting ${n}`, { start: `1${n}:00` });
    const first = await search(ann, 'Alps');
    expect(titles(first)).toHaveLength(5);
    const second = cardOf(await world.press(ann, first, 'Next page'));
    expect(titles(second)).toEqual(['#1001 Meeting 0']);
    expect(labelsOf(second)).toContain('Previous page');
    const log = cardOf(await world.press(ann, rowOf(second, 'Meeting 0'), 'History'));
    expect(log.title).toBe('History of #1001');
  });

  test('without words opens the form, which finds the same and comes back with what is wrong', async () => {
    await book('Design review');
    const form = formOf(await world.say(ann, 'records'));
    const found = await world.submit(ann, form, {
      person: [ben.profile.userId],
      state: 'requested',
      from: '2026-12-01',
    });
    expect(titles(cardOf(found))).toEqual(['#1001 Design review']);
    const wrong = await world.submit(ann, form, { from: '2026-12-05', until: '2026-12-01' });
    expect(wrong.answer.kind).toBe('invalid');
    const again = formOf(await world.press(ann, cardOf(found), 'Change the search'));
    const person = again.fields.find((field) => field.name === 'person');
    expect(person?.kind === 'people' && person.value).toEqual([ben.profile.userId]);
  });

  test('asks for the form where several go by a name', async () => {
    for (const name of ['Kim Lee', 'Kim Park']) await world.say(await world.person(name), 'help');
    expect(noteOf(await world.say(sue, 'records @kim'))).toContain('kim');
  });

  test('what ended stays', async () => {
    const id = await book('Design review');
    await reject(id, 'Full');
    expect((await findBooking(world.db.read, id))?.state.kind).toBe('rejected');
    expect(titles(await search(ann, 'design'))).toEqual(['#1001 Design review']);
  });
});
