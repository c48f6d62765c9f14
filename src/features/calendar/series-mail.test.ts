import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, formOf, rowOf } from '../../../test/support/answers.ts';
import { mailTo, openPostOffice, sender } from '../../../test/support/post-office.ts';
import { createSeriesWorld, type SeriesWorld } from '../../../test/support/series-world.ts';
import type { Someone } from '../../../test/support/world.ts';
import { minute } from '../../core/clock.ts';
import { Unreachable } from '../../core/errors.ts';

let it: SeriesWorld;
let post: ReturnType<typeof openPostOffice>;

beforeEach(async () => {
  it = await createSeriesWorld({ sender });
  post = openPostOffice(it.world);
});
afterEach(() => it.world.stop());

async function switchOn(who: Someone) {
  const row = rowOf(cardOf(await it.world.say(who, 'calendar')), 'Invitations by e-mail');
  await it.world.press(who, row, 'Switch e-mail on');
}

const days = (mail: ReturnType<typeof mailTo>) => mail.dates.map(({ wall }) => wall.slice(5));

async function changeOne(command: Parameters<typeof it.world.bookings.change>[2]) {
  const { world, ann } = it;
  world.moveTo(world.now() + minute);
  const [, , third] = await it.made();
  if (!third) throw new Error('a series of fewer than three');
  const origin = { now: world.now(), actor: ann.person, source: 'slack' };
  await world.db.transact((tx) => world.bookings.change({ ...origin, tx }, third.id, command));
  return third;
}

async function cancelOne() {
  const third = await changeOne({ type: 'cancel', by: it.ann.person, reason: 'Holidays' });
  await changeOne({ type: 'confirmCancel', by: it.rae.person, asOf: third.revision + 1 });
}

async function cancelAll() {
  const { world, ann, rae } = it;
  world.moveTo(world.now() + minute);
  await world.press(ann, await it.shown(), 'Cancel the series', { from: '2026-12-02', reason: 'It is over' });
  await world.press(rae, await it.seen(rae, 'series.review'), 'Confirm the cancellation of 3 dates');
}

test('[2.3] a series is one mail and one appointment that repeats, for host and attendees', async () => {
  await switchOn(it.ann);
  await switchOn(it.ben);
  await it.approved();
  const mails = await post.deliver();
  expect(mails).toHaveLength(2);
  const his = mailTo(it.ben, mails);
  expect(days(his)).toEqual(['12-02T10:00', '12-09T10:00', '12-16T10:00', '12-23T10:00']);
  expect(his).toMatchObject({
    method: 'REQUEST',
    subject: 'Invitation: Stand-up, Wed, Dec 2, 2026, 10:00',
    organizer: 'mailto:ann@example.org',
    rsvp: 'TRUE',
  });
  expect(his.text).toMatch(/When: every week on Wednesday, 4 times, 10:00/);
  expect(mailTo(it.ann, mails)).toMatchObject({ organizer: 'mailto:rooms@example.org', rsvp: 'FALSE' });
});

test('[2.5] one date that is cancelled leaves the same series, and the end of all takes it out', async () => {
  await switchOn(it.ben);
  await it.approved();
  const first = mailTo(it.ben, await post.deliver());
  await cancelOne();
  const fewer = mailTo(it.ben, await post.deliver());
  expect([fewer.method, days(fewer)]).toEqual(['REQUEST', ['12-02T10:00', '12-09T10:00', '12-23T10:00']]);
  expect(fewer.subject).toMatch(/^Changed: /);
  await cancelAll();
  const gone = mailTo(it.ben, await post.deliver());
  expect(gone).toMatchObject({ method: 'CANCEL', subject: expect.stringMatching(/^Cancelled: /) });
  const all = [first, fewer, gone];
  expect(new Set(all.map((mail) => mail.first?.uid)).size).toBe(1);
  const sequences = all.map((mail) => mail.first?.sequence ?? 0);
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
});

test('[2.4] a series to which somebody is no longer invited leaves their calendar as a whole', async () => {
  await switchOn(it.ben);
  const shown = await it.approved();
  const first = mailTo(it.ben, await post.deliver());
  it.world.moveTo(it.world.now() + minute);
  const form = formOf(await it.world.press(it.ann, shown, 'Change the series'));
  const preview = await it.world.submit(it.ann, form, { attendees: [], topic: 'Weekly' });
  await it.world.press(it.ann, cardOf(preview), 'Change 4 dates');
  const gone = mailTo(it.ben, await post.deliver());
  expect(gone).toMatchObject({
    method: 'CANCEL',
    subject: expect.stringMatching(/^No longer invited: /),
    attendees: ['ben@example.org'],
  });
  expect(gone.first?.uid).toBe(first.first?.uid);
  expect(gone.first?.sequence).toBeGreaterThan(first.first?.sequence ?? 0);
  expect(gone.event?.getFirstPropertyValue('status')).toBe('CANCELLED');
});

test('[2.3] whoever can’t be reached in chat gets the series by mail, and the host hears nothing of it', async () => {
  post.leave(it.ben);
  await it.approved();
  expect(days(mailTo(it.ben, await post.deliver()))).toHaveLength(4);
  await cancelOne();
  expect(days(mailTo(it.ben, await post.deliver()))).toHaveLength(3);
  expect(post.readBy(it.ann)).not.toContain('could not be reached');
});

test('[2.3] whom neither chat nor mail reaches about a series, the host has to tell', async () => {
  post.leave(it.ben);
  post.fail(new Unreachable('550'));
  await it.approved();
  await post.deliver();
  expect(post.readBy(it.ann)).toContain('my e-mail to them could not be delivered either');
});
