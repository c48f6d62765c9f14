import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, textOf } from '../../../test/support/answers.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { BookingId } from '../../core/ids.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let cem: Someone;
let rae: Someone;
let roy: Someone;
let booking: BookingId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
  ben = await world.person('Ben');
  cem = await world.person('Cem');
  rae = await world.person('Rae');
  roy = await world.person('Roy');
  await world.person('Ada');
  await world.room({ name: 'Alps', reviewers: [rae] });
  booking = await world.book(ann, {
    topic: 'Review',
    date: '2026-12-04',
    start: '10:00',
    attendees: [ben.profile.userId, cem.profile.userId],
  });
});
afterEach(() => world.stop());

const approve = (by = rae) => world.act(by, { command: 'approval.approve', data: { booking, asOf: '1' } });
const show = async (by = ann) => cardOf(await world.act(by, { command: 'booking.show', data: { booking } }));
const offer = async (to: Someone) => world.press(ann, await show(), 'Hand over', { to: [to.profile.userId] });
const asked = (who: Someone) => world.sent(who, 'change.handover', { booking });
const host = async () => (await bookingsIn(world.db))[0]?.host;

describe('[2.4] handing a booking over', () => {
  test('asks them; until they accept, it stays the host’s', async () => {
    await approve();
    const told = await world.told(async () => {
      const card = cardOf(await offer(cem));
      expect(card.banner?.text).toBe('Asked; until they accept, it stays yours.');
      expect(textOf(card)).toContain('Cem has been asked to take this booking over.');
    });
    expect(told).toEqual(['Cem: change.handover']);
    expect((await asked(cem))?.title).toBe('Ann asks you to take over #1001');
    expect([await asked(ben), await host()]).toEqual([null, ann.person]);
  });

  test('accepted, it is theirs: old host and attendees hear it, and nothing of it is the old host’s any more', async () => {
    await approve();
    await offer(cem);
    const card = await asked(cem);
    const told = await world.told(async () => {
      const answer = cardOf(await world.press(cem, card ?? {}, 'Take it over'));
      expect(answer.banner?.text).toBe('The booking is yours now.');
      expect(labelsOf(answer)).toContain('Cancel booking');
    });
    expect(told).toEqual(['Ann: booking.word', 'Ben: booking.word']);
    const [row] = (await world.outbox()).filter((it) => it.name === 'booking.word');
    expect((await world.sent(ben, 'booking.word', row?.data ?? {}))?.title).toBe(
      '#1001 is now hosted by Cem',
    );
    expect(await host()).toBe(cem.person);
    const waiting = await world.waiting();
    expect(waiting.filter((it) => it === 'Ann: reminder.card')).toEqual([]);
    expect(waiting.filter((it) => it === 'Cem: reminder.card')).toHaveLength(2);

    const [annsCard, cemsCard] = [
      await world.sent(ann, 'booking.host', { booking }),
      await world.sent(cem, 'booking.invited', { booking }),
    ];
    expect([labelsOf(annsCard ?? {}), annsCard?.text]).toEqual([[], ['#1001 is now hosted by Cem']]);
    expect(labelsOf(cemsCard ?? {})).toContain('Cancel booking');
    expect(noteOf(await world.press(cem, card ?? {}, 'No, thanks'))).toContain(
      'not asked to take this booking over',
    );
  });

  test('declined, it stays as it was, and the host hears it', async () => {
    await approve();
    await offer(cem);
    const card = await asked(cem);
    const told = await world.told(async () => {
      expect(noteOf(await world.press(cem, card ?? {}, 'No, thanks'))).toBe('You don’t take it over.');
    });
    expect([told, await host()]).toEqual([['Ann: booking.word'], ann.person]);
    const late = cardOf(await world.press(cem, card ?? {}, 'Take it over'));
    expect(late.banner?.text).toContain('You are not asked to take this booking over any more.');
  });

  test('[3.1] only to a full member who is somebody else', async () => {
    await approve();
    const gus = await world.person('Gus', { kind: 'guest' });
    expect(noteOf(await offer(gus))).toContain('Gus');
    expect(cardOf(await offer(ann)).banner?.text).toContain('This booking is yours already');
    expect(noteOf(await world.press(ann, await show(), 'Hand over'))).toBe(
      'Please choose who is to take it over.',
    );
  });

  test('asking another takes the first back; a booking that ends asks nobody any more', async () => {
    await approve();
    await offer(cem);
    await offer(ben);
    expect([await asked(cem), (await asked(ben)) !== null]).toEqual([null, true]);
    await world.act(rae, { command: 'cancel.request', data: { booking }, values: { reason: 'Pipes' } });
    expect(await asked(ben)).toBeNull();
  });

  test('[2.2] a request taken over by its only reviewer goes to the admins', async () => {
    await offer(rae);
    const told = await world.told(async () => world.press(rae, (await asked(rae)) ?? {}, 'Take it over'));
    expect(told).toContain('Ada: approval.request');
    expect(noteOf(await approve())).toContain('Nobody decides their own request');
  });

  test('[2.2] an old host who reviews the room is asked; those who were asked already are not again', async () => {
    const fuji = await world.room({ name: 'Fuji', reviewers: [ann, roy] });
    booking = await world.book(ann, { room: fuji, topic: 'Second', date: '2026-12-05', start: '10:00' });
    await offer(cem);
    const told = await world.told(async () => world.press(cem, (await asked(cem)) ?? {}, 'Take it over'));
    expect(told).toEqual(['Ann: approval.request', 'Ann: booking.word']);
    expect(cardOf(await approve(ann)).badge).toBe('Approved');
  });
});
