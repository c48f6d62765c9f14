import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
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
import { createSeriesWorld, type SeriesWorld, weekly } from '../../../test/support/series-world.ts';
import type { Someone, World } from '../../../test/support/world.ts';
import type { Values } from '../../core/view.ts';
import { findBooking } from '../booking/index.ts';

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

describe('[2.4] changing a series', () => {
  const change = async (values: Values) => {
    const card = await it.shown();
    return world.submit(ann, formOf(await world.press(ann, card, 'Change the series')), values);
  };
  /** Changes one date by hand. */
  const byHand = async (day: string, values: Values) => {
    const booking = (await it.made()).find((it) => it.occurrence === day)?.id ?? '';
    const form = formOf(await world.act(ann, { command: 'change.open', data: { booking } }));
    return world.submit(ann, form, values);
  };

  test('what is not material applies at once to this and those after it; attendees hear of it once', async () => {
    await it.approved();
    const told = await it.told();
    const card = cardOf(await change({ topic: 'Weekly', from: '2026-12-16' }));
    expect(card.text).toEqual(['2 of 2 dates would change. Nothing is changed yet.']);
    expect(textOf(card)).toContain('Topic: Stand-up → Weekly');
    const after = cardOf(await world.press(ann, card, 'Change 2 dates'));
    expect(after.banner?.text).toContain('2 dates are changed');
    expect((await it.made()).map((it) => it.topic)).toEqual(['Stand-up', 'Stand-up', 'Weekly', 'Weekly']);
    expect((await it.told()).filter((it) => !told.includes(it))).toEqual(['Ben: series.changed']);
  });

  test('an attendee whom this platform can’t show stays invited', async () => {
    const tea = await world.person('Tea', { platform: 'teams', tenant: 'T2' });
    await world.say(tea, 'help');
    await it.send({ attendees: [ben.person, tea.person] });
    const form = formOf(await world.press(ann, await it.shown(), 'Change the series'));
    expect(valuesOf(form).attendees).toEqual([ben.profile.userId]);
    const card = cardOf(await world.submit(ann, form, { topic: 'Weekly' }));
    expect(textOf(card)).not.toContain('Attendees');
    await world.press(ann, card, 'Change 4 dates');
    for (const { id } of await it.made())
      expect((await findBooking(world.db.read, id))?.attendees.toSorted()).toEqual(
        [ben.person, tea.person].toSorted(),
      );
  });

  test('what is material waits for one decision, while the old dates stand', async () => {
    await it.approved();
    const card = cardOf(await change({ start: '11:00' }));
    await world.press(ann, card, 'Change 4 dates');
    expect((await it.booked())[0]).toBe('2026-12-02 10:00 approved');
    const review = await it.seen(rae, 'series.review');
    expect(review.title).toBe('Ann asks to change a series: Stand-up');
    for (const card of [review, await it.shown()]) {
      expect(card.tone).toBe('warning');
      expect(textOf(card)).toContain('A change of 4 dates waits for a reviewer');
      expect(textOf(card)).toContain('Change asked for: When: 10:00 – 11:00 → 11:00 – 12:00');
      expect(textOf(card)).toContain('every week on Wednesday, 4 times, 10:00, 1 h');
    }
    await world.press(rae, review, 'Approve 4 dates');
    expect(textOf(await it.shown())).toContain('every week on Wednesday, 4 times, 11:00, 1 h');
    expect(await it.booked()).toEqual([
      '2026-12-02 11:00 approved',
      '2026-12-09 11:00 approved',
      '2026-12-16 11:00 approved',
      '2026-12-23 11:00 approved',
    ]);
    expect((await it.told()).filter((it) => it === 'Ben: series.changed')).toHaveLength(1);
  });

  test('an exception made by hand survives, and the preview says what would override it', async () => {
    await it.approved();
    await byHand('2026-12-09', { topic: 'Retrospective', note: 'Bring notes' });
    const card = cardOf(await change({ topic: 'Weekly' }));
    expect(card.text).toEqual(['3 of 4 dates would change. Nothing is changed yet.']);
    expect(rowOf(card, 'Dec 9').text).toBe('Keeps what you changed by hand: Topic.');
    expect(labelsOf(card)).toEqual(['Change 3 dates', 'Change 4 dates, exceptions too']);
    await world.press(ann, card, 'Change 3 dates');
    expect((await it.made()).map((it) => it.topic)).toEqual(['Weekly', 'Retrospective', 'Weekly', 'Weekly']);
    const again = cardOf(await change({ topic: 'Sync' }));
    await world.press(ann, again, 'Change 4 dates, exceptions too');
    expect((await it.made()).map((it) => it.topic)).toEqual(Array(4).fill('Sync'));
  });

  test('a date that can’t follow stays as it is, and says why', async () => {
    await it.approved();
    await it.taken('2026-12-16', '11:00');
    const card = cardOf(await change({ start: '11:00' }));
    expect(rowOf(card, 'Dec 16').text).toContain('Stays as it is. Alps is taken until');
    await world.press(ann, card, 'Change 3 dates');
    await world.press(rae, await it.seen(rae, 'series.review'), 'Approve 3 dates');
    expect((await it.booked()).map((it) => it.slice(5, 16))).toEqual([
      '12-02 11:00',
      '12-09 11:00',
      '12-16 10:00',
      '12-23 11:00',
    ]);
  });

  test('rejected, the old dates stand as they were', async () => {
    await it.approved();
    await world.press(ann, cardOf(await change({ start: '11:00' })), 'Change 4 dates');
    await world.press(rae, await it.seen(rae, 'series.review'), 'Reject the change', { reason: 'Too busy' });
    expect((await it.booked()).every((it) => it.endsWith('10:00 approved'))).toBe(true);
    expect(textOf(await it.shown())).toContain('every week on Wednesday, 4 times, 10:00, 1 h');
  });

  test('09:00 moved to 10:00 is 10:00 on both sides of a change of the clock', async () => {
    world.moveTo(at('2027-03-10T09:00'));
    const sundays = { ...weekly, days: ['7'], count: '3' };
    await it.sendAll(await it.preview({ date: '2027-03-21', start: '09:00' }, sundays));
    await world.press(ann, cardOf(await change({ start: '10:00' })), 'Change 3 dates');
    expect((await it.booked()).map((it) => it.slice(5, 16))).toEqual([
      '03-21 10:00',
      '03-28 10:00',
      '04-04 10:00',
    ]);
  });

  test('nothing different, what can’t be read, and a second click change nothing', async () => {
    await it.approved();
    expect(formOf(await change({})).banner?.text).toContain('Nothing is different');
    expect(Object.keys(errorsOf(await change({ topic: ' ' })))).toEqual(['topic']);
    const card = cardOf(await change({ topic: 'Weekly' }));
    await world.press(ann, card, 'Change 4 dates');
    expect(cardOf(await world.press(ann, card, 'Change 4 dates')).banner?.text).toContain(
      'been made already',
    );
    expect(
      noteOf(await world.act(ben, { command: 'series.change', data: { series: await it.series() } })),
    ).toContain('out of date');
  });
});

describe('[2.4] letting a series repeat differently', () => {
  const pattern = async (values: Values) =>
    world.submit(ann, formOf(await world.press(ann, await it.shown(), 'Change how it repeats')), values);

  test('shows which dates stay, end and are new, and makes them so', async () => {
    await it.approved();
    await it.taken('2026-12-17');
    const card = cardOf(await pattern({ days: ['3', '4'], ends: 'until', until: '2026-12-17' }));
    expect(card.text).toEqual(['Dates that stay: 3. New: 2. Ending: 1. Nothing is changed yet.']);
    expect(card.rows?.map((row) => [row.title.slice(0, 11), row.badge])).toEqual([
      ['Thu, Dec 3,', 'New'],
      ['Thu, Dec 10', 'New'],
      ['Thu, Dec 17', 'Left out'],
      ['Wed, Dec 23', 'Ends'],
    ]);
    const told = await it.told();
    const after = cardOf(await world.press(ann, card, 'Repeat it like this'));
    expect(textOf(after)).toContain('every week on Wednesday and Thursday until Thu, Dec 17, 2026');
    expect((await it.told()).filter((row) => !told.includes(row))).toEqual(['Rae: series.review']);
    await world.press(rae, await it.seen(rae, 'series.review'), 'Approve 2 dates, cancel 1');
    expect((await it.booked()).sort()).toEqual([
      '2026-12-02 10:00 approved',
      '2026-12-03 10:00 approved',
      '2026-12-09 10:00 approved',
      '2026-12-10 10:00 approved',
      '2026-12-16 10:00 approved',
      '2026-12-23 10:00 cancelled',
    ]);
  });

  test('exceptions survive: what was changed by hand stays, and a cancelled date does not come back', async () => {
    await it.approved();
    const [first, second] = await it.made();
    const change = formOf(
      await world.act(ann, { command: 'change.open', data: { booking: second?.id ?? '' } }),
    );
    await world.submit(ann, change, { topic: 'Retrospective' });
    await world.act(ann, {
      command: 'cancel.request',
      data: { booking: first?.id ?? '' },
      values: { reason: 'Holiday' },
    });
    await world.act(rae, { command: 'cancel.confirm', data: { booking: first?.id ?? '', asOf: '3' } });
    const card = cardOf(await pattern({ days: ['4'], ends: 'until', until: '2026-12-24' }));
    expect(rowOf(card, 'Dec 9').badge).toBe('Exception');
    expect(rowOf(card, 'Dec 16').badge).toBe('Ends');
    await world.press(ann, card, 'Repeat it like this');
    expect(cardOf(await world.press(ann, card, 'Repeat it like this')).banner?.text).toContain(
      'been made already',
    );
    const states = Object.fromEntries((await it.made()).map((made) => [made.occurrence, made.stateKind]));
    expect(states).toMatchObject({
      '2026-12-02': 'cancelled',
      '2026-12-09': 'approved',
      '2026-12-10': 'requested',
    });
  });

  test('the form is about what is left: untouched, it changes nothing', async () => {
    await it.approved();
    world.moveTo(at('2026-12-09T12:00'));
    const form = async () => formOf(await world.press(ann, await it.shown(), 'Change how it repeats'));
    const { title, banner, ...its } = await form();
    expect([title, banner?.text]).toEqual([
      'Change how it repeats',
      'This is about the dates from Wed, Dec 16, 2026 on.',
    ]);
    expect(its.fields.find(({ name }) => name === 'count')?.value).toBe('2');
    const nothing = 'Dates that stay: 2. New: 0. Ending: 0. Nothing is changed yet.';
    expect(cardOf(await pattern({})).text).toEqual([nothing]);
    world.moveTo(at('2026-12-16T12:00'));
    expect(valuesOf(await form())).toMatchObject({ ends: 'until', until: '2026-12-23', count: '' });
  });

  test('what can’t be read is said at its field', async () => {
    await it.approved();
    expect(Object.keys(errorsOf(await pattern({ days: [], count: '1', ends: 'count' })))).toEqual([
      'days',
      'count',
    ]);
  });
});
