import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId } from '../../core/ids.ts';
import { slot } from '../rooms/schema.ts';
import { addRules, rulesAt } from '../rules/index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let ada: Someone;
let booking: BookingId;

const start = at('2026-12-04T10:00');

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  rae = await world.person('Rae');
  ada = await world.person('Ada');
  await world.room({ name: 'Alps', reviewers: [rae] });
  booking = await book();
  await world.act(rae, { command: 'approval.approve', data: { booking, asOf: '1' } });
});
afterEach(() => world.stop());

const book = () =>
  world.book(ann, { topic: 'Review', date: '2026-12-04', start: '10:00', attendees: [ben.profile.userId] });
const show = async () => cardOf(await world.act(ann, { command: 'booking.show', data: { booking } }));
const cancel = async (by = ann, reason = 'Ill') =>
  world.act(by, { command: 'cancel.request', data: { booking }, values: { reason } });
const state = async () => (await bookingsIn(world.db)).find((it) => it.id === booking)?.state;
const pending = async () => {
  const it = await state();
  return it?.kind === 'approved' ? it.cancellation : null;
};
const confirm = async (asOf: number | undefined, by = rae) =>
  world.act(by, { command: 'cancel.confirm', data: { booking, asOf: String(asOf) } });
const isHeld = async () => (await world.db.read.select().from(slot)).length > 0;
const newsTo = (to: Someone) => world.sent(to, 'booking.news', { booking, news: 'cancelled' });

describe('[2.5] the host cancels what was approved', () => {
  test('with a reason; a reviewer is asked, and the room stays held until then', async () => {
    const card = await show();
    const told = await world.told(async () => {
      const after = cardOf(await world.press(ann, card, 'Cancel booking', { reason: 'Ill' }));
      expect(after.banner?.text).toBe(
        'A reviewer will confirm it; it takes effect by Tue, Dec 1, 2026, 09:30 at the latest.',
      );
      expect([after.badge, labelsOf(after)]).toEqual(['Being cancelled', ['Keep it after all', 'History']]);
      expect(textOf(after)).toMatch(/Cancellation asked for; .* Reason: Ill/);
    });
    expect(told).toEqual(['Rae: approval.request', 'cancel.confirm']);
    expect(await isHeld()).toBe(true);
    expect(await world.sent(rae, 'approval.request', { booking })).not.toBeNull();
  });

  test('a reviewer confirms it: the room is free, host and attendees hear it, and no reminder comes', async () => {
    await cancel();
    const asOf = (await pending())?.asOf;
    const told = await world.told(async () => {
      expect(cardOf(await confirm(asOf)).badge).toBe('Cancelled');
    });
    expect(told).toEqual(['Ann: booking.news', 'Ben: booking.news']);
    expect(await isHeld()).toBe(false);
    expect(await state()).toMatchObject({
      kind: 'cancelled',
      by: rae.person,
      asked: ann.person,
      late: false,
    });
    expect(await world.waiting()).not.toContain('Ben: reminder.card');
    expect(await world.waiting()).not.toContain('cancel.confirm');
    const card = await newsTo(ben);
    expect([card?.title, card?.text]).toEqual([
      '#1001 is cancelled: Alps',
      ['Cancelled by Ann on Tue, Dec 1, 2026, 09:00: Ill'],
    ]);
    // It was their own wish: nothing is offered in its place.
    expect(labelsOf((await newsTo(ann)) ?? {})).toEqual([]);
  });

  test('nobody confirms it: it holds when the time has run out', async () => {
    await cancel();
    const [job] = (await world.outbox()).filter((row) => row.name === 'cancel.confirm');
    expect(local(job?.dueAt ?? 0)).toBe('2026-12-01T09:30');
    await world.run('cancel.confirm', job?.data ?? {});
    expect((await state())?.kind).toBe('approved');
    world.moveTo(job?.dueAt ?? 0);
    expect(await world.told(() => world.run('cancel.confirm', job?.data ?? {}))).toEqual([
      'Ann: booking.news',
      'Ben: booking.news',
    ]);
    expect([await isHeld(), await state()]).toMatchObject([
      false,
      { kind: 'cancelled', by: null, asked: ann.person },
    ]);
    expect(await world.told(() => world.run('cancel.confirm', job?.data ?? {}))).toEqual([]);
  });

  test('the host keeps it after all: nothing happens when the time has run out', async () => {
    const card = cardOf(await cancel());
    const [job] = (await world.outbox()).filter((row) => row.name === 'cancel.confirm');
    const asOf = (await pending())?.asOf;
    expect(cardOf(await world.press(ann, card, 'Keep it after all')).banner?.text).toBe('The booking stays.');
    const waiting = await world.waiting();
    expect([waiting.includes('cancel.confirm'), waiting.includes('Rae: approval.request')]).toEqual([
      false,
      false,
    ]);
    world.moveTo(at('2026-12-01T09:30'));
    await world.run('cancel.confirm', job?.data ?? {});
    expect([(await state())?.kind, await isHeld()]).toEqual(['approved', true]);
    expect(cardOf(await confirm(asOf)).banner?.text).toContain('(rule 2.5)');
    expect(cardOf(await world.press(ann, card, 'Keep it after all')).banner?.text).toContain(
      'There is no cancellation that waits.',
    );
  });

  test('asked for again after it was kept, only the new one counts', async () => {
    await cancel();
    const first = (await pending())?.asOf;
    await world.act(ann, { command: 'cancel.keep', data: { booking } });
    await cancel(ann, 'Really');
    await confirm(first);
    expect((await state())?.kind).toBe('approved');
    await confirm((await pending())?.asOf);
    expect(await state()).toMatchObject({ kind: 'cancelled', reason: 'Really' });
  });

  test('needs a reason, and does it once for two clicks', async () => {
    expect(cardOf(await cancel(ann, ' ')).banner?.text).toContain(
      'Please give a reason of 1 to 500 characters',
    );
    expect(await pending()).toBeNull();
    const click = { command: 'cancel.request', data: { booking }, values: { reason: 'Ill' } };
    await world.act(ann, click, 'same');
    expect((await world.act(ann, click, 'same')).repeated).toBe(true);
    expect(cardOf(await cancel()).banner?.text).toContain('This booking is being cancelled.');
    expect((await world.waiting()).filter((it) => it === 'cancel.confirm')).toHaveLength(1);
  });

  test('late, it is marked so for everybody', async () => {
    world.moveTo(start - 119 * minute);
    expect(cardOf(await cancel()).banner?.text).toContain(
      'This is later than 2 h before the start, so it counts as late.',
    );
    await confirm((await pending())?.asOf);
    expect((await newsTo(ben))?.text).toEqual(['Cancelled late by Ann on Fri, Dec 4, 2026, 08:01: Ill']);
  });

  test('in the last minutes the time to confirm ends with the start', async () => {
    world.moveTo(start - 10 * minute);
    await cancel();
    expect((await pending())?.due).toBe(start);
  });

  test('not once it has begun: the button is gone, and an old one is told so', async () => {
    const card = await show();
    world.moveTo(start);
    expect(labelsOf(await show())).not.toContain('Cancel booking');
    expect(cardOf(await world.press(ann, card, 'Cancel booking', { reason: 'Ill' })).banner?.text).toContain(
      'The meeting has begun and can no longer be cancelled.',
    );
  });

  test('in the list, which stays where it was', async () => {
    const list = cardOf(await world.say(ann, 'bookings'));
    const after = cardOf(await world.press(ann, rowOf(list, 'Review'), 'Cancel booking', { reason: 'Ill' }));
    expect([after.title, rowOf(after, 'Review').badge]).toEqual(['Upcoming', 'Being cancelled']);
  });
});

describe('[2.5] at once', () => {
  test('where the rules want no confirmation', async () => {
    await world.db.transact(async (tx) => {
      const { document } = await rulesAt(tx, world.now());
      const organisation = { ...document.organisation, cancelMinutes: 0 };
      await addRules(tx, { by: ada.person, from: world.now(), document: { ...document, organisation } });
    });
    await cancel();
    // It was made under the rules before (10.2).
    expect(await pending()).not.toBeNull();
    await confirm((await pending())?.asOf);
    booking = await book();
    await world.act(rae, { command: 'approval.approve', data: { booking, asOf: '1' } });
    expect(await world.told(() => cancel())).toEqual(['Ben: booking.news']);
    expect([(await state())?.kind, await isHeld()]).toEqual(['cancelled', false]);
  });

  test('where a rule has approved it', async () => {
    await cancel(rae, 'Pipes');
    await world.db.transact(async (tx) => {
      const { document } = await rulesAt(tx, world.now());
      const approval = [{ name: 'All', when: {}, decision: 'approve' as const }];
      const organisation = { ...document.organisation, approval };
      await addRules(tx, { by: ada.person, from: world.now(), document: { ...document, organisation } });
    });
    booking = await book();
    expect(await state()).toMatchObject({ kind: 'approved', by: null, rule: 'All' });
    expect(cardOf(await cancel()).badge).toBe('Cancelled');
    expect(await isHeld()).toBe(false);
  });
});

describe('[2.5] a reviewer or an admin cancels', () => {
  test.each(['Rae', 'Ada'])(
    '%s, with a reason: the host is told who and why, and what else is free',
    async (name) => {
      const by = name === 'Rae' ? rae : ada;
      const told = await world.told(async () => {
        const answer = cardOf(await cancel(by, 'Pipes burst'));
        expect([answer.badge, textOf(answer)]).toEqual(['Cancelled', expect.stringContaining('Pipes burst')]);
      });
      expect(told).toEqual(['Ann: booking.news', 'Ben: booking.news']);
      const card = await newsTo(ann);
      expect(card?.text).toEqual([`Cancelled by ${name} on Tue, Dec 1, 2026, 09:00: Pipes burst`]);
      expect(card?.actions).toMatchObject([{ command: 'draft.fromBooking', data: { booking } }]);
      expect((await newsTo(ben))?.actions).toEqual([]);
      expect(await isHeld()).toBe(false);
    },
  );

  test('nobody else: not an attendee, nor somebody who reviews another room', async () => {
    const eve = await world.person('Eve');
    await world.room({ name: 'Fuji', reviewers: [eve] });
    for (const other of [ben, eve])
      expect(noteOf(await cancel(other, 'x'))).toBe(
        'Only the host, the reviewers of this room and admins can cancel a booking. (rule 2.5)',
      );
    expect((await state())?.kind).toBe('approved');
  });

  test('without a reason nothing happens, and the card says so', async () => {
    expect(cardOf(await cancel(rae, '')).banner?.text).toContain('Please give a reason');
    expect(noteOf(await cancel(ada, ''))).toContain('Please give a reason');
    expect((await state())?.kind).toBe('approved');
  });

  test('a request that waits ends by it too', async () => {
    const other = await world.book(ann, { topic: 'Second', date: '2026-12-04', start: '15:00' });
    await world.act(rae, {
      command: 'cancel.request',
      data: { booking: other },
      values: { reason: 'Pipes' },
    });
    expect((await bookingsIn(world.db)).at(-1)).toMatchObject({
      id: other,
      stateKind: 'cancelled',
      awaits: null,
    });
    expect(await world.waiting()).not.toContain('booking.expire');
  });
});
