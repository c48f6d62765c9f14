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
const asked = ['Rae: approval.request', 'Roy: approval.request', 'booking.expire'];

/** What waits beside the host's own card, which Slack gets as an answer to the form. */
const waiting = async () => (await world.waiting()).filter((it) => it !== 'Ann: booking.host');

/** When the rows of that name are due, before the start. */
const leads = async (name: string) =>
  (await world.outbox())
    .filter((row) => row.name === name && row.state === 'waiting')
    .map((row) => start - row.dueAt)
    .sort((a, b) => b - a);

describe('[2.2] [2.3] who is told what', () => {
  test('a request: each who may decide, at once; and it expires at its start', async () => {
    expect(await waiting()).toEqual(asked);
    expect([await leads('approval.request'), await leads('booking.expire')]).toEqual([
      [start - world.now(), start - world.now()],
      [0],
    ]);
  });

  test('an approval: host and attendees; reviewers who were not asked yet are not asked any more', async () => {
    await approve();
    expect(await waiting()).toEqual([
      'Ann: booking.news',
      'Ann: reminder.card',
      'Ann: reminder.card',
      'Ben: booking.invited',
      'Ben: reminder.card',
      'Ben: reminder.card',
      'refresh',
    ]);
  });

  test('a rejection: the host alone', async () => {
    await reject();
    expect(await waiting()).toEqual(['Ann: booking.news', 'refresh']);
  });

  test('a withdrawal before the decision: nobody, but the cards are brought up to date', async () => {
    await withdraw();
    expect(await waiting()).toEqual(['refresh']);
  });

  test('a withdrawal after the approval: the attendees; reminders and invitations are taken back', async () => {
    await approve();
    await withdraw();
    expect(await waiting()).toEqual(['Ann: booking.news', 'Ben: booking.news', 'refresh', 'refresh']);
    // The host's news is of an approval that is over: it is not sent.
    expect(await world.sent(ann, 'booking.news', { booking, news: 'approved' })).toBeNull();
    expect((await world.sent(ben, 'booking.news', { booking, news: 'withdrawn' }))?.title).toBe(
      '#1001 does not take place: Alps',
    );
  });

  test('an expiry: the host', async () => {
    world.moveTo(start);
    await world.run('booking.expire', { booking });
    expect(await waiting()).toEqual(['Ann: booking.news', 'refresh']);
    expect((await world.sent(ann, 'booking.news', { booking, news: 'expired' }))?.text).toEqual([
      'Nobody decided before the start, so the request expired on Fri, Dec 4, 2026, 10:00.',
    ]);
  });

  test('an expiry that comes after the decision, or again, changes nothing', async () => {
    await approve();
    const before = await world.outbox();
    world.moveTo(start);
    await world.run('booking.expire', { booking });
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

  test('say what and when; too late they are not sent, nor after a withdrawal', async () => {
    await approve();
    const remind = (lead: string) => world.sent(ben, 'reminder.card', { booking, lead });
    world.moveTo(start - day + 3 * minute);
    expect((await remind('1440'))?.title).toBe('In 1 day: Review');
    world.moveTo(start - 14 * minute);
    expect([await remind('1440'), (await remind('15'))?.title]).toEqual([null, 'In 14 min: Review']);
    world.moveTo(start);
    expect(await remind('15')).toBeNull();
    world.moveTo(start - 14 * minute);
    await withdraw();
    expect(await remind('15')).toBeNull();
  });
});
