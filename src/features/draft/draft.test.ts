import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buttonOf,
  cardOf,
  errorsOf,
  formOf,
  labelsOf,
  noteOf,
  rowOf,
  textOf,
  valuesOf,
} from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Card, Values } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import { pruneDrafts } from './index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld();
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  rae = await world.person('Rae');
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
});
afterEach(() => world.stop());

const typed = { topic: 'Review', date: '2026-12-02', start: '10:00', duration: '60' };
const submit = async (who: Someone, its: Values) =>
  world.submit(who, formOf(await world.act(who, { command: 'booking.open' })), { ...typed, ...its });
const book = (who: Someone, its: Values = {}) => world.book(who, { ...typed, room: alps, ...its });
/** Ben has the room; Ann asks for it too. */
const refused = async (its: Values = {}): Promise<Card> => {
  await book(ben);
  return cardOf(await submit(ann, { room: alps, ...its }));
};
const rowsOf = (card: Card) => (card.rows ?? []).map((row) => `${row.title}, ${row.text?.split('\n')[0]}`);

describe('[2.1] a request for a room that is taken', () => {
  test('is answered by what holds it and until when, and by what is free instead', async () => {
    await world.room({ name: 'Cellar', capacity: 9, reviewers: [rae] });
    await world.room({ name: 'Tiny', capacity: 1, reviewers: [rae] });
    const card = await refused({ headcount: '3' });
    expect(textOf(card)).toContain('Alps is taken until Wed, Dec 2, 2026, 11:00. (rule 2.1)');
    expect(card.text).toContain('10:00 – 11:00: Review (Ben)');
    expect(rowsOf(card)).toEqual([
      'Alps · Berlin, floor 3, Wed, Dec 2, 2026, 09:00 – 10:00 (Central European Time)',
      'Alps · Berlin, floor 3, Wed, Dec 2, 2026, 11:00 – 12:00 (Central European Time)',
      'Alps · Berlin, floor 3, Wed, Dec 2, 2026, 08:00 – 09:00 (Central European Time)',
      'Cellar · Berlin, floor 3, Wed, Dec 2, 2026, 10:00 – 11:00 (Central European Time)',
    ]);
    expect(labelsOf(card)).toEqual(['Join the waitlist', 'Edit']);
    expect(await bookingsIn(world.db)).toHaveLength(1);
  });

  test('names nothing of what is confidential, unless one takes part in it', async () => {
    const cy = await world.person('Cy');
    await book(ben, { confidential: true, attendees: [cy.caller.userId], topic: 'Merger' });
    const card = cardOf(await submit(ann, { room: alps }));
    expect(card.text).toContain('10:00 – 11:00: busy');
    expect(JSON.stringify(card)).not.toMatch(/Merger|Ben/);
    const theirs = cardOf(await submit(cy, { room: alps }));
    expect(theirs.text).toContain('10:00 – 11:00: Merger (Ben)');
  });

  test('keeps all that was typed: Edit opens it, and what is sent from there replaces it', async () => {
    const card = await refused({ attendees: [rae.caller.userId], note: 'Quiet', equipment: ['projector'] });
    const form = formOf(await world.press(ann, card, 'Edit'));
    expect(valuesOf(form)).toMatchObject({
      ...typed,
      room: alps,
      attendees: [rae.caller.userId],
      headcount: '',
      equipment: ['projector'],
      confidential: false,
      note: 'Quiet',
    });
    const again = await world.submit(ann, form, { start: '10:30' });
    expect(cardOf(again).facts?.find((it) => it.label === 'When')?.value).toContain('10:30 – 11:30');
    const fine = formOf(await world.press(ann, cardOf(again), 'Edit'));
    expect(errorsOf(await world.submit(ann, fine, { start: '21:00' }))).toHaveProperty('start');
    const late = formOf(await world.press(ann, cardOf(again), 'Edit'));
    expect(cardOf(await world.submit(ann, late, { start: '14:00' })).title).toBe('Booking #1002');
    expect(textOf(cardOf(await world.press(ann, card, 'Edit')))).toContain('was booked already');
  });

  test('an alternative is booked with everything else as it was; its card then offers nothing more', async () => {
    const card = await refused({ attendees: [rae.caller.userId], note: 'Quiet' });
    const row = card.rows?.[1] ?? {};
    const host = cardOf(await world.press(ann, row, 'Alps, tomorrow 11:00'));
    expect(host.title).toBe('Booking #1002');
    expect((await bookingsIn(world.db))[1]).toMatchObject({
      start: at('2026-12-02T11:00'),
      end: at('2026-12-02T12:00'),
      topic: 'Review',
      note: 'Quiet',
      headcount: 2,
    });
    const late = cardOf(await world.press(ann, card.rows?.[0] ?? {}, 'Alps, tomorrow 09:00'));
    expect([late.title, late.banner?.text]).toEqual([
      'Booking #1002',
      'This was booked already, so nothing was booked again.',
    ]);
    expect(await bookingsIn(world.db)).toHaveLength(2);
    const { draft = '' } = buttonOf(card, 'Edit').data;
    const scope = { tx: world.db.read, now: world.now(), purpose: 'update', recipient: ann.person } as const;
    const reader = createReader('en', 'Europe/Berlin', world.now());
    const shown = await world.registry.views.get('draft.card')?.({ ...scope, reader }, { draft });
    expect([shown?.card.title, shown?.live?.revision]).toEqual(['This has been booked', 2]);
    expect(await world.sent(ann, 'draft.card', { draft })).toBeNull();
  });

  test('an alternative that was taken meanwhile is said so, with what is free now', async () => {
    const card = await refused();
    await book(ben, { start: '11:00' });
    const again = cardOf(await world.press(ann, card.rows?.[1] ?? {}, 'Alps, tomorrow 11:00'));
    expect(again.banner?.text).toBe('That has just been taken. Here is what is free now.');
    expect(rowsOf(again).join()).not.toContain('11:00 – 12:00');
    // The card that was there before is out of date: its buttons say so, and book nothing.
    const old = cardOf(await world.press(ann, card.rows?.[0] ?? {}, 'Alps, tomorrow 09:00'));
    expect(old.banner?.text).toContain('has changed since you saw it');
    expect(await bookingsIn(world.db)).toHaveLength(2);
    expect(cardOf(await world.press(ann, old.rows?.[0] ?? {}, 'Alps, tomorrow 09:00')).title).toBe(
      'Booking #1003',
    );
  });

  test('a place that was never offered is judged like any other', async () => {
    const card = await refused();
    const { data } = buttonOf(card.rows?.[0] ?? {}, 'Alps, tomorrow 09:00');
    const night = { start: String(at('2026-12-02T03:00')), end: String(at('2026-12-02T04:00')) };
    const again = cardOf(await world.act(ann, { command: 'draft.take', data: { ...data, ...night } }));
    expect(again.banner?.text).toContain('is open from 08:00 to 20:00');
    expect(noteOf(await world.act(rae, { command: 'draft.take', data }))).toContain('out of date');
  });
});

describe('[2.1] find me one, where nothing is free', () => {
  test('offers other times, the rooms taking turns', async () => {
    const hall = await world.room({ name: 'Hall', reviewers: [rae] });
    await book(ben);
    await book(ben, { room: hall });
    const card = cardOf(await submit(ann, { room: 'any' }));
    expect(textOf(card)).toContain('No room for 1 person with this equipment is free then');
    expect(rowsOf(card).map((it) => it.replace(/ · .*?2026,| \(.*/g, ''))).toEqual([
      'Alps 09:00 – 10:00',
      'Hall 09:00 – 10:00',
      'Alps 11:00 – 12:00',
      'Hall 11:00 – 12:00',
      'Alps 08:00 – 09:00',
    ]);
    expect(labelsOf(card)).toEqual(['Edit']);
  });

  test('says so where there is nothing at all', async () => {
    const card = cardOf(await submit(ann, { headcount: '50' }));
    expect([card.rows, card.text?.at(-1)]).toEqual([
      [],
      'I found nothing else that is free near then. Please try another day.',
    ]);
  });
});

describe('[2.5] a booking that was lost', () => {
  test('becomes a draft of its host’s, with what else is free', async () => {
    const lost = await book(ann, { note: 'Quiet' });
    await world.act(rae, { command: 'approval.reject', data: { booking: lost }, values: { reason: 'No' } });
    await book(ben);
    const news = await world.sent(ann, 'booking.news', { booking: lost, news: 'rejected' });
    const card = cardOf(await world.press(ann, news ?? {}, 'What else is free?'));
    expect([card.title, card.rows?.length]).toEqual(['This can’t be booked as it is', 3]);
    expect(cardOf(await world.press(ann, rowOf(card, 'Alps'), 'Alps, tomorrow 09:00')).title).toBe(
      'Booking #1003',
    );
    expect(noteOf(await world.act(ben, { command: 'draft.fromBooking', data: { booking: lost } }))).toContain(
      'out of date',
    );
  });

  test('that is free again can be booked as it was', async () => {
    const lost = await book(ann);
    await world.act(rae, { command: 'approval.reject', data: { booking: lost }, values: { reason: 'No' } });
    const card = cardOf(await world.act(ann, { command: 'draft.fromBooking', data: { booking: lost } }));
    expect([card.title, labelsOf(card)]).toEqual(['Book this?', ['Book it', 'Edit']]);
    const host = cardOf(await world.press(ann, card, 'Book it'));
    expect([host.title, host.badge]).toEqual(['Booking #1002', 'Waiting for approval']);
    expect(cardOf(await world.press(ann, card, 'Book it')).banner?.text).toContain('booked already');
  });
});

test('[2.1] a draft is read on the clock by which it was typed, wherever its owner is by now', async () => {
  const card = await refused();
  const far = {
    ...ann,
    caller: { ...ann.caller, lookup: async () => ({ ...ann.profile, zone: 'Asia/Taipei' }) },
  };
  world.moveTo(world.now() + day / 2);
  const form = formOf(await world.press(far, card, 'Edit'));
  expect(valuesOf(form)).toMatchObject({ date: '2026-12-02', start: '17:00' });
});

test('[2.1] a draft that nobody has touched for a week is gone, and its buttons say so', async () => {
  const card = await refused();
  await world.db.transact((tx) => pruneDrafts(tx, world.now() + 7 * day));
  expect(formOf(await world.press(ann, card, 'Edit')).title).toBe('Book a room');
  await world.db.transact((tx) => pruneDrafts(tx, world.now() + 7 * day + 1));
  expect(noteOf(await world.press(ann, card, 'Edit'))).toContain('out of date');
});
