import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at } from '../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../test/support/world.ts';
import { day, hour, minute } from './core/clock.ts';
import type { BookingId } from './core/ids.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let booking: BookingId;

const start = at('2026-12-04T10:00');

beforeEach(async () => {
  world = await createWorld();
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  const roy = await world.person('Roy');
  await world.room({ name: 'Alps', reviewers: [rae, roy] });
  booking = await world.book(ann, {
    topic: 'Review',
    date: '2026-12-04',
    start: '10:00',
    attendees: [ben.profile.userId],
  });
});
afterEach(() => world.stop());

const approve = () => world.act(rae, { command: 'approval.approve', data: { booking } });
const reject = () =>
  world.act(rae, { command: 'approval.reject', data: { booking }, values: { reason: 'No' } });
const withdraw = () => world.act(ann, { command: 'booking.withdraw', data: { booking } });
const expire = () => world.run('booking.expire', { booking });

/** When the rows of that name are due, before the start. */
const leads = async (name: string) =>
  (await world.outbox())
    .filter((row) => row.name === name && row.state === 'waiting')
    .map((row) => start - row.dueAt)
    .sort((a, b) => b - a);

describe('[2.2] [2.3] who is told what', () => {
  test('a request: each who may decide, at once; they are reminded, it escalates, and expires at its start', async () => {
    expect(await world.waiting()).toEqual([
      // Slack’s form leaves nothing behind: the host’s own card comes as a message.
      'Ann: booking.host',
      'Rae: approval.request',
      'Roy: approval.request',
      'approval.escalate',
      'approval.remind',
      'booking.expire',
    ]);
    expect([await leads('approval.request'), await leads('booking.expire')]).toEqual([
      [start - world.now(), start - world.now()],
      [0],
    ]);
  });

  test('an approval: host and attendees; reviewers who were not asked yet are not asked any more', async () => {
    expect(await world.told(approve)).toEqual([
      'Ann: booking.news',
      'Ann: reminder.card',
      'Ann: reminder.card',
      'Ben: booking.invited',
      'Ben: reminder.card',
      'Ben: reminder.card',
    ]);
    const waiting = await world.waiting();
    for (const over of ['Rae: approval.request', 'approval.remind', 'approval.escalate', 'booking.expire'])
      expect(waiting).not.toContain(over);
  });

  test('a rejection: the host alone', async () => {
    expect(await world.told(reject)).toEqual(['Ann: booking.news']);
  });

  test('a withdrawal before the decision: nobody, but the cards are brought up to date', async () => {
    const refreshes = async () => (await world.waiting()).filter((it) => it === 'refresh').length;
    const before = await refreshes();
    expect(await world.told(withdraw)).toEqual([]);
    expect(await refreshes()).toBe(before + 1);
    expect(await world.waiting()).not.toContain('Rae: approval.request');
  });

  test('news of what is over by now is not sent', async () => {
    await approve();
    await world.act(rae, { command: 'cancel.request', data: { booking }, values: { reason: 'Pipes' } });
    expect(await world.sent(ann, 'booking.news', { booking, news: 'approved' })).toBeNull();
    expect(await world.sent(ben, 'booking.invited', { booking })).toBeNull();
    expect((await world.sent(ben, 'booking.news', { booking, news: 'cancelled' }))?.title).toBe(
      '#1001 is cancelled: Alps',
    );
  });

  test('an expiry: the host', async () => {
    world.moveTo(start);
    expect(await world.told(expire)).toEqual(['Ann: booking.news']);
    expect((await world.sent(ann, 'booking.news', { booking, news: 'expired' }))?.text).toEqual([
      'Nobody decided before the start, so the request expired on Fri, Dec 4, 2026, 10:00.',
    ]);
  });

  test('an expiry that comes after the decision, or again, changes nothing', async () => {
    await approve();
    const before = await world.outbox();
    world.moveTo(start);
    await expire();
    await world.run('booking.expire', { booking: 'gone' });
    expect(await world.outbox()).toEqual(before);
  });

  test('what is refused tells nobody anything', async () => {
    await approve();
    const before = await world.outbox();
    for (const again of [approve, reject]) await again();
    expect(await world.outbox()).toEqual(before);
  });
});

describe('[2.7] reminders', () => {
  test('are due a day and a quarter of an hour before, for host and attendees', async () => {
    await approve();
    expect(await leads('reminder.card')).toEqual([day, day, 15 * minute, 15 * minute]);
  });

  test('a lead that has passed when it is approved is left out', async () => {
    world.moveTo(start - hour);
    await approve();
    expect(await leads('reminder.card')).toEqual([15 * minute, 15 * minute]);
  });

  test('say what and when; too late they are not sent, nor after a cancellation', async () => {
    await approve();
    const rows = (await world.outbox()).filter((row) => row.name === 'reminder.card');
    const remind = (lead: number) =>
      world.sent(ben, 'reminder.card', rows.find((row) => row.dueAt === start - lead * minute)?.data ?? {});
    world.moveTo(start - day + 3 * minute);
    expect((await remind(1440))?.title).toBe('In 1 day: Review');
    world.moveTo(start - 14 * minute);
    expect([await remind(1440), (await remind(15))?.title]).toEqual([null, 'In 14 min: Review']);
    world.moveTo(start);
    expect(await remind(15)).toBeNull();
    world.moveTo(start - 14 * minute);
    const cancel = { command: 'cancel.request', data: { booking }, values: { reason: 'Fire drill' } };
    expect((await world.act(rae, cancel)).answer.kind).toBe('card');
    expect(await remind(15)).toBeNull();
  });
});
