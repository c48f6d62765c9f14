import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import {
  buttonOf,
  cardOf,
  errorsOf,
  fieldOf,
  formOf,
  labelsOf,
  noteOf,
  textOf,
  valuesOf,
} from '../../test/support/answers.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../test/support/world.ts';
import { liveCard } from '../db/schema.ts';

let world: World;
let ann: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
  rae = await world.person('Rae');
  await world.room({ name: 'Alps', reviewers: [rae] });
});
afterEach(() => world.stop());

const tomorrow = { topic: 'Design review', date: '2026-12-02', start: '10:00' };
const numbers = async () => (await bookingsIn(world.db)).map((it) => it.number);
const open = async (who = ann) => formOf(await world.say(who, '/book'));

describe('[2.1] a form that comes back', () => {
  test('has what is wrong at its fields and everything typed; sent again, corrected, it is taken', async () => {
    const form = await open();
    const typed = {
      topic: '  ',
      date: '2026-12-02',
      start: '10:00',
      duration: '45',
      attendees: [rae.profile.userId],
      headcount: '1.5',
      equipment: ['projector'],
      confidential: true,
      note: '*bold* <!channel> @everyone \u202Egnp',
    };
    const back = await world.submit(ann, form, typed);
    expect(errorsOf(back)).toEqual({
      topic: 'Please write what the meeting is about.',
      headcount: 'Please enter how many people will be there, as a whole number.',
    });
    expect(valuesOf(formOf(back))).toEqual({ ...valuesOf(form), ...typed });
    expect(formOf(back).data).toEqual(form.data);

    const done = await world.submit(ann, formOf(back), { topic: 'Ok', headcount: '2' });
    expect(textOf(cardOf(done))).toContain('Booking #1001');
    expect(await bookingsIn(world.db)).toMatchObject([
      { topic: 'Ok', headcount: 2, note: typed.note, confidential: true },
    ]);
  });
});

describe('[2.1] what is delivered again acts once and gets the first answer', () => {
  test('a submission, whatever the id of the event', async () => {
    const form = await open();
    const first = await world.submit(ann, form, tomorrow, 'one');
    const again = await world.submit(ann, form, tomorrow, 'two');
    expect([first.repeated, again.repeated]).toEqual([false, true]);
    expect(again.answer).toEqual(first.answer);
    expect(await numbers()).toEqual([1001]);
  });

  test('a submission many times at once', async () => {
    const form = await open();
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.submit(ann, form, tomorrow)));
    expect(new Set(answers.map((it) => textOf(cardOf(it)))).size).toBe(1);
    expect(answers.filter((it) => !it.repeated)).toHaveLength(1);
    expect(await numbers()).toEqual([1001]);
    expect(await world.waiting()).toEqual([
      'Ann: booking.host',
      'Rae: approval.request',
      'approval.escalate',
      'approval.remind',
      'booking.expire',
    ]);
  });

  test('a click, by the id of the event', async () => {
    const booking = await world.book(ann, tomorrow);
    const click = () => world.act(rae, { command: 'approval.approve', data: { booking } }, 'click-1');
    const first = await click();
    const again = await click();
    expect(again.answer).toEqual(first.answer);
    expect([first.repeated, again.repeated]).toEqual([false, true]);
  });

  test('a double click, which has two ids: the second is told how it stands', async () => {
    const booking = await world.book(ann, tomorrow);
    const clicks = ['a', 'b'].map((id) =>
      world.act(rae, { command: 'approval.approve', data: { booking } }, id),
    );
    const [first, second] = await Promise.all(clicks);
    expect(cardOf(first ?? null).banner).toBeUndefined();
    expect(cardOf(second ?? null).banner?.text).toContain('has been decided already');
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'approved', revision: 2 }]);
  });

  test('two clicks with the same id on different buttons are two', async () => {
    const first = await world.book(ann, tomorrow);
    const second = await world.book(ann, { ...tomorrow, start: '12:00' });
    for (const booking of [first, second])
      await world.act(rae, { command: 'approval.approve', data: { booking } }, 'view-7');
    expect((await bookingsIn(world.db)).map((it) => it.stateKind)).toEqual(['approved', 'approved']);
  });

  test('somebody else’s event with the same id is another one', async () => {
    const ben = await world.person('Ben');
    for (const who of [ann, ben]) await world.say(who, 'language zh-TW', 'event-of-two');
    const asked = await Promise.all([ann, ben].map((who) => world.say(who, 'language')));
    expect(asked.map((it) => it.reader.language)).toEqual(['zh-TW', 'zh-TW']);
  });
});

describe('[2.1] an answer to a form', () => {
  test('is sent as a message on Slack, where the form vanishes; on Teams it stands there already', async () => {
    await world.book(ann, tomorrow);
    expect(await world.waiting()).toContain('Ann: booking.host');
    const tom = await world.person('Tom', { platform: 'teams' });
    await world.book(tom, { ...tomorrow, start: '12:00' });
    expect(await world.waiting()).not.toContain('Tom: booking.host');
  });

  test('is kept in step with its subject once it was shown', async () => {
    const answered = await world.submit(ann, await open(), tomorrow);
    await answered.shown({ conversation: 'C1', message: 'M1' });
    const [booking] = await bookingsIn(world.db);
    expect(await world.db.read.select().from(liveCard)).toMatchObject([
      {
        person: ann.person,
        conversation: 'C1',
        message: 'M1',
        view: 'booking.host',
        subject: `booking:${booking?.id}`,
        revision: 1,
      },
    ]);
  });

  test('a card that was overtaken before it was shown is brought up to date', async () => {
    const answered = await world.submit(ann, await open(), tomorrow);
    const [booking] = await bookingsIn(world.db);
    await world.act(rae, { command: 'approval.approve', data: { booking: booking?.id ?? '' } });
    const refreshes = async () => (await world.waiting()).filter((it) => it === 'refresh').length;
    const before = await refreshes();
    await answered.shown({ conversation: 'C1', message: 'M1' });
    expect(await refreshes()).toBe(before + 1);
  });
});

describe('[2.1] whatever comes in', () => {
  test('an unknown text gets help that quotes it as it was typed', async () => {
    const card = cardOf(await world.say(ann, '/bokk *tomorrow* <!here>'));
    expect(textOf(card)).toContain('“/bokk *tomorrow* <!here>”');
    expect(card.rows?.map((row) => row.title)).toContain('/book');
    expect(textOf(cardOf(await world.say(ann, '😀'.repeat(500))))).toContain(`“${'😀'.repeat(60)}”`);
  });

  test('with or without slash, in any case, the words are understood', async () => {
    for (const text of ['/rooms', 'rooms', ' ROOMS ', '/Rooms'])
      expect(cardOf(await world.say(ann, text)).title).toBe('Rooms');
  });

  test('/book with more than a topic can hold opens the form with what it can', async () => {
    const form = formOf(await world.say(ann, `book ${'x'.repeat(5000)}`));
    expect(fieldOf(form, 'topic').value).toBe('x'.repeat(150));
  });

  const stale = 'This button is out of date. Type /book, /bookings or /help to start afresh.';
  test.each<[string, Record<string, string>, Record<string, string | string[] | boolean>]>([
    ['nobody.knows', {}, {}],
    ['__proto__', {}, {}],
    ['approval.approve', {}, {}],
    ['approval.approve', { booking: 'gone' }, {}],
    ['approval.reject', { booking: "'; DROP TABLE booking; --" }, { reason: 'x' }],
    ['booking.withdraw', { booking: 'gone' }, {}],
    ['booking.list', { list: 'everybody' }, {}],
    ['booking.list', { page: '0' }, {}],
    ['booking.list', { page: 'NaN' }, {}],
    ['booking.request', {}, {}],
    ['booking.request', { token: 't' }, { equipment: 'not a list' }],
    ['booking.open', {}, { date: ['a', 'b'] }],
  ])('a stale or forged %s %j %j is told so', async (command, data, values) => {
    expect(noteOf(await world.act(ann, { command, data, values }))).toBe(stale);
  });

  test('a form of a room that is gone comes back', async () => {
    const back = await world.submit(ann, await open(), { ...tomorrow, room: 'gone' });
    expect(errorsOf(back)).toEqual({ room: 'Please choose a room, or “Find me one”.' });
  });

  test('a page far beyond the last gives the last', async () => {
    await world.book(ann, tomorrow);
    for (const page of ['99', '9007199254740991'])
      for (const command of ['booking.list', 'rooms.list', 'approval.list']) {
        const card = cardOf(await world.act(ann, { command, data: { page } }));
        if (command === 'booking.list') expect(textOf(card)).toContain('#1001');
      }
  });

  test('a fault is told with a code, and nothing was done', async () => {
    await world.db.transact(async (tx) => tx.run(sql`ALTER TABLE rules_version RENAME TO lost`));
    expect(noteOf(await world.say(ann, 'book'))).toMatch(/^Something went wrong .* code [0-9a-f]{8}\.$/);
    await world.db.transact(async (tx) => tx.run(sql`ALTER TABLE lost RENAME TO rules_version`));
    expect((await world.say(ann, 'book')).answer.kind).toBe('form');
  });
});

test('[2.1] options are looked up while somebody types, by those who may', async () => {
  const { dispatch } = world;
  const names = async (who: Someone, source: string, query: string) =>
    (await dispatch.suggest(who.caller, source, query)).map((it) => it.label);
  expect(await names(ann, 'bookable', '')).toEqual(['Find me one', 'Alps · Berlin · 8']);
  expect(await names(ann, 'bookable', 'alp')).toEqual(['Alps · Berlin · 8']);
  expect(await names(ann, 'nothing', 'alp')).toEqual([]);
  const guest = await world.person('Gus', { kind: 'guest' });
  expect(await names(guest, 'bookable', '')).toEqual([]);
});

test('[2.1] buttons of a card can be pressed as they are', async () => {
  const help = cardOf(await world.say(ann, 'help'));
  for (const row of help.rows ?? [])
    for (const label of labelsOf(row)) {
      const { answer } = await world.press(ann, row, label);
      // Where nobody can reach us from outside, the calendar says so.
      if (row.title === '/calendar') expect(answer).toMatchObject({ kind: 'note', tone: 'bad' });
      else expect(['card', 'form']).toContain(answer.kind);
      expect(buttonOf(row, label).answer).toBe('new');
    }
});
