import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonOf,
  cardOf,
  errorsOf,
  fieldOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
} from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';

let world: World;
let ann: Someone;
let rae: Someone;
let roy: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, rae, roy] = [await world.person('Ann'), await world.person('Rae'), await world.person('Roy')];
  alps = await world.room({ name: 'Alps', reviewers: [rae, roy] });
  for (const who of [ann, rae, roy]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (typed: Values = {}, who = ann) =>
  world.book(who, {
    topic: 'Design review',
    room: alps,
    date: '2026-12-02',
    start: '10:00',
    duration: '60',
    ...typed,
  });
const seen = async (who: Someone, view: string, booking: BookingId): Promise<Card> => {
  const card = await world.sent(who, view, { booking });
  if (!card) throw new Error(`${who.name} gets no ${view}`);
  return card;
};
const states = async () => (await bookingsIn(world.db)).map((it) => `${it.stateKind} ${local(it.start)}`);
const waiting = async (who: Someone) =>
  (await world.waiting()).filter((it) => it.startsWith(`${who.name}:`)).map((it) => it.split(': ')[1]);

describe('[2.2] a question about a request', () => {
  const ask = async (who: Someone, booking: BookingId, text = 'Why so many?') =>
    world.press(who, await seen(who, 'approval.request', booking), 'Ask a question…', { text });

  test('reaches the host, is answered, and the request goes on', async () => {
    const booking = await book();
    const after = cardOf(await ask(rae, booking));
    expect(textOf(after)).toContain('Rae asks: Why so many?');
    expect(await waiting(ann)).toContain('approval.question');

    const question = await seen(ann, 'approval.question', booking);
    expect([question.title, question.text]).toEqual(['Rae asks about #1001', ['Why so many?']]);
    expect(buttonOf(question, 'Answer').ask?.fields).toMatchObject([{ name: 'text', required: true }]);
    const answered = cardOf(await world.press(ann, question, 'Answer', { text: 'Two teams' }));
    expect(answered.banner?.text).toBe('Your answer has been passed on.');
    expect(await waiting(rae)).toContain('booking.word');
    expect(textOf(await seen(roy, 'approval.request', booking))).toContain('Answer: Two teams');
    expect(await world.sent(ann, 'approval.question', { booking })).toBeNull();
    await world.press(roy, await seen(roy, 'approval.request', booking), 'Approve');
    expect(await states()).toEqual(['approved 2026-12-02T10:00']);
  });

  test('needs words, and so does the answer', async () => {
    const booking = await book();
    expect(cardOf(await ask(rae, booking, ' ')).banner?.text).toContain('write your question');
    expect(await waiting(ann)).not.toContain('approval.question');
    await ask(rae, booking);
    const question = await seen(ann, 'approval.question', booking);
    const empty = cardOf(await world.press(ann, question, 'Answer', { text: '' }));
    expect(empty.banner?.text).toContain('write your answer');
  });

  test('is asked by reviewers, and answered by the host, once', async () => {
    const booking = await book();
    const eve = await world.person('Eve');
    const data = { booking, asOf: '1' };
    const foreign = await world.act(eve, { command: 'approval.ask', data, values: { text: 'Why?' } });
    expect(noteOf(foreign)).toContain('Only the reviewers of this room');
    const answer = { command: 'approval.answer', data: { booking }, values: { text: 'Because' } };
    expect(cardOf(await world.act(ann, answer)).banner?.text).toContain('There is no open question.');
    await ask(rae, booking);
    expect(noteOf(await world.act(roy, answer))).toContain('Only the host');
    await world.act(ann, answer);
    expect(cardOf(await world.act(ann, answer)).banner?.text).toContain('There is no open question.');
  });
});

describe('[2.2] a proposal', () => {
  let den: RoomId;
  let far: RoomId;
  beforeEach(async () => {
    den = await world.room({ name: 'Den', reviewers: [rae], capacity: 12 });
    far = await world.room({ name: 'Far', reviewers: [roy] });
    await world.room({ name: 'Tiny', reviewers: [rae], capacity: 1 });
  });

  const open = async (who: Someone, booking: BookingId) =>
    formOf(await world.press(who, await seen(who, 'approval.request', booking), 'Propose another…'));
  const propose = async (who: Someone, booking: BookingId, typed: Values = {}) =>
    world.submit(who, await open(who, booking), { room: den, start: '14:00', ...typed });

  test('opens with what was asked for, and the rooms that one may give', async () => {
    const form = await open(rae, await book({ headcount: '3' }));
    expect(form.title).toBe('Propose for #1001');
    expect(form.banner?.text).toContain('Design review, 1 h.');
    expect(fieldOf(form, 'room')).toMatchObject({ value: alps, options: [{ value: alps }, { value: den }] });
    expect([fieldOf(form, 'date').value, fieldOf(form, 'start').value]).toEqual(['2026-12-02', '10:00']);
  });

  test('is held, and accepted in one click: approved at once, in the new place', async () => {
    const booking = await book();
    const after = cardOf(await propose(rae, booking));
    expect(textOf(after)).toContain('Rae proposes Den');
    expect(await waiting(ann)).toContain('approval.proposal');
    await book({ room: den, start: '14:00' }, roy);
    expect(await states()).toEqual(['requested 2026-12-02T10:00']);

    const proposal = await seen(ann, 'approval.proposal', booking);
    expect(proposal.title).toBe('Rae proposes another place for #1001');
    expect(textOf(proposal)).toMatch(/When: .*10:00 – 11:00.* → .*14:00 – 15:00/s);
    expect(labelsOf(proposal)).toEqual(['Accept', 'Decline']);
    const accepted = cardOf(await world.press(ann, proposal, 'Accept'));
    expect(accepted.badge).toBe('Approved');
    expect(await states()).toEqual(['approved 2026-12-02T14:00']);
    // The old place is free again.
    await book({ start: '10:00' }, roy);
  });

  test('declined: the request goes on, and the reviewer hears it', async () => {
    const booking = await book();
    await propose(rae, booking);
    const declined = await world.press(ann, await seen(ann, 'approval.proposal', booking), 'Decline');
    expect(cardOf(declined).banner?.text).toBe('You have declined; your request goes on.');
    expect(await waiting(rae)).toContain('booking.word');
    expect(await world.sent(ann, 'approval.proposal', { booking })).toBeNull();
    await book({ room: den, start: '14:00' }, roy);
    await world.press(roy, await seen(roy, 'approval.request', booking), 'Approve');
    expect(await states()).toContain('approved 2026-12-02T10:00');
  });

  test('one that has taken the place of another is not accepted by a click on that', async () => {
    const booking = await book();
    await propose(rae, booking);
    const first = await seen(ann, 'approval.proposal', booking);
    world.moveTo(at('2026-12-01T10:00'));
    await propose(roy, booking, { room: alps, start: '16:00' });
    for (const label of ['Accept', 'Decline'])
      expect(cardOf(await world.press(ann, first, label)).banner?.text).toContain('changed since you saw it');
    expect(await states()).toEqual(['requested 2026-12-02T10:00']);
    await world.press(ann, await seen(ann, 'approval.proposal', booking), 'Accept');
    expect(await states()).toEqual(['approved 2026-12-02T16:00']);
  });

  test('what is wrong with it is said at its field', async () => {
    const booking = await book();
    await book({ room: den, start: '12:00' }, roy);
    const form = await open(rae, booking);
    const wrong = async (typed: Values) => errorsOf(await world.submit(rae, form, typed));
    expect(await wrong({ room: '', date: '', start: '' })).toEqual({
      room: 'Please choose a room.',
      date: 'Please choose a date.',
      start: 'Please choose a start time.',
    });
    expect(await wrong({})).toMatchObject({ start: expect.stringContaining('That is what was asked for') });
    expect(await wrong({ room: den, start: '12:00' })).toMatchObject({
      room: expect.stringContaining('Den is taken until'),
    });
    expect(await wrong({ room: far })).toMatchObject({ room: expect.stringContaining('don’t review Far') });
    expect(await wrong({ start: '03:00' })).toMatchObject({ start: expect.stringContaining('open from') });
    expect(await states()).toEqual(['requested 2026-12-02T10:00', 'requested 2026-12-02T12:00']);
  });

  test('acts once, however often it is sent, and not for what has been decided', async () => {
    const booking = await book();
    const form = await open(rae, booking);
    const late = await open(roy, booking);
    for (let n = 0; n < 2; n++) await world.submit(rae, form, { room: den, start: '14:00' });
    expect(await bookingsIn(world.db)).toMatchObject([{ revision: 2 }]);
    await world.press(roy, await seen(roy, 'approval.request', booking), 'Approve');
    const after = await world.submit(roy, late, { room: alps, start: '16:00' });
    expect(cardOf(after).banner?.text).toContain('decided already');
    expect(await world.sent(ann, 'approval.proposal', { booking })).toBeNull();
    const gone = { command: 'approval.acceptProposal', data: { booking, proposed: String(world.now()) } };
    expect(cardOf(await world.act(ann, gone)).banner?.text).toContain('There is no proposal any more.');
  });

  test('[6.2] is made by reviewers only', async () => {
    const booking = await book();
    const eve = await world.person('Eve');
    for (const who of [ann, eve])
      expect(
        noteOf(await world.act(who, { command: 'approval.proposeForm', data: { booking, asOf: '1' } })),
      ).toContain('out of date');
  });
});
