import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createSeriesWorld, type SeriesWorld, weekly } from '../../../test/support/series-world.ts';
import { bookingsIn, type Someone, type World } from '../../../test/support/world.ts';

let it: SeriesWorld;
let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;

beforeEach(async () => {
  it = await createSeriesWorld();
  ({ world, ann, ben, rae } = it);
});
afterEach(() => world.stop());

describe('[2.1] planning a series', () => {
  test('the form asks how it repeats, by the first day, and until when it can', async () => {
    const form = formOf(await it.open(await it.draft()));
    expect(form.banner?.text).toBe('It begins on Wed, Dec 2, 2026.');
    const choices = form.fields.flatMap((it) =>
      it.kind === 'choice' ? [it.options.map(({ label }) => label)] : [],
    );
    expect(choices[0]).toEqual([
      'By the day',
      'By the week',
      'By the month, on day 2',
      'By the month, on the first Wednesday',
    ]);
    expect(form.fields.find((it) => it.name === 'until')).toMatchObject({
      max: '2027-01-30',
      value: '2027-01-30',
    });
  });

  test('every field that is wrong is named at once, with the nearest that is possible', async () => {
    expect(errorsOf(await it.plan({}, { ...weekly, interval: 'x', days: [], count: '1' }))).toEqual({
      interval: 'Please enter a whole number from 1 to 52.',
      days: 'Please choose at least one day of the week.',
      count: 'Please enter a whole number from 2 to 1000.',
    });
    expect(errorsOf(await it.plan({}, { ...weekly, count: '30' }))).toEqual({
      count:
        'That goes on beyond Sat, Jan 30, 2027, and further ahead no room can be booked. (rule 2.1) At most 9 dates are possible.',
    });
  });

  test('a sentence that says it all leads to the dates at once', async () => {
    const repeats = { rule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=3', choices: {} };
    expect(cardOf(await it.open(await it.draft({ repeats }))).rows).toHaveLength(3);
  });

  test('one that does not say when it ends, or goes too far, leads to the form with what was said', async () => {
    const endless = formOf(
      await it.open(await it.draft({ repeats: { rule: 'FREQ=MONTHLY;BYDAY=1WE', choices: {} } })),
    );
    expect(endless.fields.find((it) => it.name === 'pattern')).toMatchObject({ value: 'nth' });
    const tooFar = { rule: 'FREQ=DAILY;UNTIL=20281231', choices: {} };
    expect(formOf(await it.open(await it.draft({ repeats: tooFar }))).banner?.text).toContain(
      'beyond Sat, Jan 30, 2027',
    );
  });

  test('the booking form asks whether it repeats, and goes on to how', async () => {
    const form = formOf(await world.say(ann, 'book'));
    const values = {
      room: it.alps,
      topic: 'Stand-up',
      date: '2026-12-02',
      start: '10:00',
      duration: '60',
      recurring: true,
    };
    const card = cardOf(await world.submit(ann, form, values));
    expect(card.title).toBe('A series: which dates?');
    expect(formOf(await world.press(ann, card, 'Repeat …')).title).toBe('Repeat a booking');
    expect(await bookingsIn(world.db)).toEqual([]);
  });

  test('a sentence that says how it repeats leads to its dates', async () => {
    const said = cardOf(await world.say(ann, 'book every Wednesday 10am 1h stand-up in Alps 3 times'));
    expect(textOf(said)).toContain('Repeats: every week on Wednesday, 3 times');
    const card = cardOf(await world.press(ann, said, 'Show the dates'));
    expect(card.rows?.map((it) => it.title)).toEqual([
      'Wed, Dec 2, 2026, 10:00 – 11:00',
      'Wed, Dec 9, 2026, 10:00 – 11:00',
      'Wed, Dec 16, 2026, 10:00 – 11:00',
    ]);
  });

  test('how it repeats is not lost where the form has to ask for the rest', async () => {
    const form = formOf(await world.say(ann, 'book 每周二上午10点'));
    const card = cardOf(await world.submit(ann, form, { topic: '周会' }));
    expect(textOf(card)).toContain('Repeats: every week on Tuesday');
  });

  test('a draft that can’t be read, is somebody else’s or is gone is none to go on from', async () => {
    expect(noteOf(await it.open(await it.draft({ topic: '' })))).toContain('what the meeting is about');
    const theirs = await it.draft();
    expect(noteOf(await world.act(ben, { command: 'series.open', data: { draft: theirs } }))).toContain(
      'out of date',
    );
  });

  test('where any room will do, it is the one that is free on most dates', async () => {
    const eiger = await world.room({ name: 'Eiger', capacity: 6, reviewers: [rae] });
    await it.taken('2026-12-09', '10:00', eiger);
    const card = await it.preview({ room: 'any' });
    expect(textOf(card)).toContain('Room: Alps · Berlin');
    expect(textOf(card)).toContain('4 of 4 dates can be booked.');
  });
});

describe('[2.1] the dates before they are sent', () => {
  test('each is free, taken until a time, or against a rule', async () => {
    await it.taken('2026-12-09');
    await world.room({ name: 'Tiny', capacity: 1, reviewers: [rae] });
    const card = await it.preview();
    expect(textOf(card)).toContain('Series: Stand-up');
    expect(textOf(card)).toContain(
      'When: every week on Wednesday, 4 times, 10:00, 1 h (Central European Time)',
    );
    expect(card.rows?.map((it) => [it.title, it.badge])).toEqual([
      ['Wed, Dec 2, 2026, 10:00 – 11:00', 'Free'],
      ['Wed, Dec 9, 2026, 10:00 – 11:00', 'Taken'],
      ['Wed, Dec 16, 2026, 10:00 – 11:00', 'Free'],
      ['Wed, Dec 23, 2026, 10:00 – 11:00', 'Free'],
    ]);
    expect(rowOf(card, 'Dec 9').text).toBe(
      'Alps · Berlin, floor 3 is taken until Wed, Dec 9, 2026, 11:00. (rule 2.1)'.replace(
        ' · Berlin, floor 3',
        '',
      ),
    );
    // The room for one is none for two.
    expect(labelsOf(rowOf(card, 'Dec 9'))).toEqual(['11:00 – 12:00', 'Leave out']);
    expect(textOf(card)).toContain('3 of 4 dates can be booked.');
  });

  test('another room, another time, or leaving it out is one click, and so is taking it back', async () => {
    await world.room({ name: 'Eiger', capacity: 6, reviewers: [rae] });
    await it.taken('2026-12-09');
    await it.taken('2026-12-16');
    const card = await it.preview();
    const other = cardOf(await world.press(ann, rowOf(card, 'Dec 9'), 'Eiger'));
    expect(rowOf(other, 'Dec 9')).toMatchObject({
      badge: 'Chosen',
      text: expect.stringContaining('In Eiger'),
    });
    const moved = cardOf(await world.press(ann, rowOf(other, 'Dec 16'), '11:00 – 12:00'));
    expect(rowOf(moved, 'Dec 16')).toMatchObject({
      title: 'Wed, Dec 16, 2026, 11:00 – 12:00',
      badge: 'Chosen',
    });
    const skipped = cardOf(await world.press(ann, rowOf(moved, 'Dec 23'), 'Leave out'));
    expect(rowOf(skipped, 'Dec 23').badge).toBe('Left out');
    const undone = cardOf(await world.press(ann, rowOf(skipped, 'Dec 9'), 'Undo'));
    expect(rowOf(undone, 'Dec 9').badge).toBe('Taken');
    expect(labelsOf(undone)[0]).toBe('Request 2 dates');
  });

  test('a click on a card that has been overtaken, or on what has just been taken, chooses nothing', async () => {
    const eiger = await world.room({ name: 'Eiger', capacity: 6, reviewers: [rae] });
    await it.taken('2026-12-09');
    const card = await it.preview();
    await it.taken('2026-12-09', '10:00', eiger);
    const late = cardOf(await world.press(ann, rowOf(card, 'Dec 9'), 'Eiger'));
    expect(late.banner?.text).toContain('Eiger is taken until');
    expect(rowOf(late, 'Dec 9').badge).toBe('Taken');
    await world.press(ann, rowOf(late, 'Dec 2'), 'Leave out');
    const stale = cardOf(await world.press(ann, rowOf(late, 'Dec 16'), 'Leave out'));
    expect(stale.banner?.text).toContain('changed since you saw it');
    expect(rowOf(stale, 'Dec 16').badge).toBe('Free');
  });

  test('many dates come in pages, and a choice stays on its page', async () => {
    const card = await it.preview({}, { ...weekly, count: '9' });
    expect([card.rows?.length, card.footnote]).toEqual([6, 'Page 1 of 2']);
    const second = cardOf(await world.press(ann, card, 'Next page'));
    const after = cardOf(await world.press(ann, rowOf(second, 'Jan 20'), 'Leave out'));
    expect([after.footnote, rowOf(after, 'Jan 20').badge]).toEqual(['Page 2 of 2', 'Left out']);
  });

  test('09:00 stays 09:00 over a change of the clock, and a time that it skips is said', async () => {
    world.moveTo(at('2027-03-10T09:00'));
    const sundays = { ...weekly, days: ['7'], count: '3' };
    const room = await world.room({ name: 'Night', opens: 0, closes: 1440, reviewers: [rae] });
    const card = await it.preview({ room, date: '2027-03-21', start: '09:00' }, sundays);
    expect(card.rows?.map((it) => it.title.slice(-13))).toEqual(Array(3).fill('09:00 – 10:00'));
    await it.sendAll(card);
    expect(await it.booked()).toEqual([
      '2027-03-21 09:00 requested',
      '2027-03-28 09:00 requested',
      '2027-04-04 09:00 requested',
    ]);
  });
});
