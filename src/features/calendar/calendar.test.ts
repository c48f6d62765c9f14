import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { readCalendar } from '../../../test/support/read-calendar.ts';
import { createSeriesWorld } from '../../../test/support/series-world.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day, hour } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import { keepPublicUrl } from '../files/index.ts';
import { createDirectory } from '../people/index.ts';
import { saveSetting } from '../reminder/store.ts';
import { findRoom, saveRoom } from '../rooms/index.ts';
import { type Calendars, createCalendars } from './index.ts';
import { calendarFeed } from './schema.ts';

let world: World;
let calendars: Calendars;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let ida: Someone;
let alps: RoomId;

beforeEach(async () => {
  world = await createWorld({ admins: ['ida@example.org'] });
  [ann, ben, rae, ida] = [
    await world.person('Ann'),
    await world.person('Ben'),
    await world.person('Rae'),
    await world.person('Ida'),
  ];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  await world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
  calendars = calendarsOf(world);
});
afterEach(() => world.stop());

function calendarsOf({ db, now }: World): Calendars {
  const directory = createDirectory({
    adminEmails: ['ida@example.org'],
    language: 'en',
    zone: 'Europe/Berlin',
  });
  return createCalendars({ db, directory, now });
}

const typed = (its: object = {}) => ({
  room: alps,
  topic: 'Design review',
  date: '2026-12-02',
  start: '15:00',
  duration: '60',
  attendees: [ben.caller.userId],
  ...its,
});

async function booked(its: object = {}) {
  const booking = await world.book(ann, typed(its));
  const asked = await world.sent(rae, 'approval.request', { booking });
  if (asked) await world.press(rae, asked, 'Approve');
  return booking;
}

/** The address that a card shows of what is titled so, as the token in it. */
function tokenOf(card: Card, title: string): string {
  const [, token = ''] = /feed\/([\w.-]+)\.ics/.exec(rowOf(card, title).text ?? '') ?? [];
  return token;
}

const say = async (who: Someone, text: string) => cardOf(await world.say(who, text));

async function subscribe(who: Someone, text = 'calendar', title = 'My bookings'): Promise<string> {
  return tokenOf(
    cardOf(await world.press(who, rowOf(await say(who, text), title), 'Make an address')),
    title,
  );
}

async function fetched(token: string) {
  const opened = await calendars.openFeed(token);
  return opened.kind === 'calendar' ? readCalendar(opened.text).dates : opened.kind;
}

const tokenIn = (card: Card | null, label: string): string => {
  const action = card?.actions?.find((it) => it.label === label);
  const [, token = ''] = /calendar\/([\w.-]+)\.ics/.exec(action?.kind === 'link' ? action.url : '') ?? [];
  return token;
};

test('[2.3] where calendars can’t reach the bot, it says so, and no card has the button', async () => {
  await world.db.transact((tx) => keepPublicUrl(tx, null));
  expect(noteOf(await world.say(ann, 'calendar'))).toContain('can’t reach me');
  const booking = await booked();
  expect(labelsOf((await world.sent(ben, 'booking.invited', { booking })) ?? {})).not.toContain(
    'Add to calendar',
  );
});

test('[2.3] one’s own address shows what one hosts and what one comes to, 90 days back and all ahead', async () => {
  const token = await subscribe(ben);
  const booking = await booked();
  await booked({ date: '2026-12-03', attendees: [] });
  await world.book(ann, typed({ date: '2026-12-04' }));
  await world.book(ben, typed({ date: '2026-12-07', attendees: [] }));
  expect(await fetched(token)).toMatchObject([{ summary: 'Design review', start: at('2026-12-02T15:00') }]);
  const invited = await world.sent(ben, 'booking.invited', { booking });
  await world.press(ben, invited ?? {}, 'I can’t come');
  expect(await fetched(token)).toEqual([]);
  const hers = await subscribe(ann);
  world.moveTo(at('2026-12-02T16:00') + 90 * day - hour);
  expect(await fetched(hers)).toHaveLength(2);
  world.moveTo(at('2026-12-02T16:00') + 90 * day);
  expect(await fetched(hers)).toHaveLength(1);
});

test('[2.3] it shows the same address until it is renewed; then only the new one works', async () => {
  const token = await subscribe(ben);
  expect(tokenOf(await say(ben, 'calendar'), 'My bookings')).toBe(token);
  expect(textOf(await say(ben, 'calendar'))).toContain('Not fetched yet.');
  expect(await fetched(token)).toEqual([]);
  expect(textOf(await say(ben, 'calendar'))).toContain('Last fetched on Tue, Dec 1, 2026, 09:00.');
  const renewed = tokenOf(
    cardOf(await world.press(ben, rowOf(await say(ben, 'calendar'), 'My bookings'), 'Renew')),
    'My bookings',
  );
  expect([await fetched(token), await fetched(renewed)]).toEqual(['revoked', []]);
  await world.press(ben, rowOf(await say(ben, 'calendar'), 'My bookings'), 'Remove');
  expect(await fetched(renewed)).toBe('revoked');
  expect((await world.audit()).map((it) => it.kind)).toEqual(
    expect.arrayContaining(['calendar.made', 'calendar.removed']),
  );
});

test('[2.3] nothing that is kept of an address is enough to fetch it', async () => {
  const token = await subscribe(ben);
  const [kept] = await world.db.read.select().from(calendarFeed);
  expect(token.startsWith(`${kept?.id}.`)).toBe(true);
  expect(JSON.stringify(kept)).not.toContain(token.split('.')[1]);
  expect(await fetched(String(kept?.id))).toBe('unknown');
});

test('[6.2] the calendar of a room is for its reviewers and the admins, as long as they are that', async () => {
  await booked();
  expect(textOf(await say(rae, 'calendar'))).toContain('Bookings of Alps');
  expect(textOf(await say(ben, 'calendar'))).not.toContain('Alps');
  expect(noteOf(await world.say(ben, 'calendar alps'))).toContain('no room called “alps”');
  const forged = { command: 'calendar.renew', data: { room: alps, text: '' } };
  expect(noteOf(await world.act(ben, forged))).toContain('for its reviewers');
  const [hers, admins] = [
    await subscribe(rae, 'calendar', 'Bookings of Alps'),
    await subscribe(ida, 'calendar alps', 'Bookings of Alps'),
  ];
  expect([await fetched(hers), await fetched(admins)]).toMatchObject([{ length: 1 }, { length: 1 }]);
  await world.db.transact(async (tx) => {
    const room = await findRoom(tx, alps);
    if (room) await saveRoom(tx, { ...room, reviewers: [ben.person] }, alps);
  });
  expect([await fetched(hers), await fetched(admins)]).toMatchObject(['revoked', { length: 1 }]);
});

test('[6.2] an invitation is of no use to whoever is no longer invited, and no feed’s address opens one', async () => {
  const booking = await booked();
  const card = await world.sent(ben, 'booking.invited', { booking });
  const token = tokenIn(card, 'Add to calendar');
  expect(await calendars.openInvitation(token)).toMatchObject({ kind: 'calendar', person: ben.person });
  expect(await calendars.openInvitation(await subscribe(ben))).toEqual({ kind: 'unknown' });
  expect(await calendars.openFeed(token)).toEqual({ kind: 'unknown' });
  const form = await world.act(ann, { command: 'change.open', data: { booking } });
  if (form.answer.kind !== 'form') throw new Error('no form');
  await world.submit(ann, form.answer.form, { attendees: [] });
  expect(await calendars.openInvitation(token)).toMatchObject({ kind: 'revoked', person: ben.person });
});

test('[2.3] reminders of the calendar are those that the person has chosen', async () => {
  const booking = await booked();
  const token = tokenIn(await world.sent(ben, 'booking.invited', { booking }), 'Add to calendar');
  const triggers = async () => {
    const opened = await calendars.openInvitation(token);
    return opened.kind === 'calendar' ? (opened.text.match(/TRIGGER:.*/g) ?? []) : [];
  };
  expect(await triggers()).toEqual(['TRIGGER:-P1D', 'TRIGGER:-PT15M']);
  await world.db.transact((tx) => saveSetting(tx, ben.person, { leads: [30], quiet: null, digestAt: null }));
  expect(await triggers()).toEqual(['TRIGGER:-PT30M']);
});

test('[2.3] the button of a series gives all of its dates as one appointment, and follows what becomes of them', async () => {
  const series = await createSeriesWorld();
  try {
    await series.world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
    await series.approved();
    const token = tokenIn(await series.seen(series.ben, 'series.invited'), 'Add to calendar');
    const read = async () => {
      const opened = await calendarsOf(series.world).openInvitation(token);
      if (opened.kind !== 'calendar') throw new Error(opened.kind);
      const { method, calendar, dates } = readCalendar(opened.text);
      return { method, calendar, dates, days: dates.map((it) => it.wall) };
    };
    const before = await read();
    expect(before.days).toEqual(['12-02', '12-09', '12-16', '12-23'].map((it) => `2026-${it}T10:00`));
    expect(before.calendar.getAllSubcomponents('vevent')).toHaveLength(1);

    const [, , third] = await series.made();
    const { bookings, now } = series.world;
    await series.world.db.transact(async (tx) => {
      const origin = { tx, now: now(), actor: series.ann.person, source: 'slack' };
      if (!third) throw new Error('a series of fewer than three');
      const { id, revision } = third;
      await bookings.change(origin, id, { type: 'cancel', by: series.ann.person, reason: 'Holidays' });
      await bookings.change(origin, id, { type: 'confirmCancel', by: series.rae.person, asOf: revision + 1 });
    });
    const after = await read();
    expect(after.method).toBe('REQUEST');
    expect(after.days).toEqual(['12-02', '12-09', '12-23'].map((it) => `2026-${it}T10:00`));
    expect(after.dates[0]?.uid).toBe(before.dates[0]?.uid);
    expect(after.dates[0]?.sequence).toBeGreaterThan(before.dates[0]?.sequence ?? 0);
  } finally {
    await series.world.stop();
  }
});
