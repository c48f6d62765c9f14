import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, cardOf, formOf, labelsOf, noteOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createSeriesWorld, type SeriesWorld } from '../../../test/support/series-world.ts';
import type { Someone, World } from '../../../test/support/world.ts';

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

describe('[2.5] ending a series', () => {
  test('from a date on: a reviewer confirms once for all, and attendees hear of it once', async () => {
    const card = await it.approved();
    const told = await it.told();
    const after = cardOf(
      await world.press(ann, card, 'Cancel the series', { from: '2026-12-16', reason: 'Moved online' }),
    );
    expect(after.banner?.text).toContain('2 dates are cancelled, or will be');
    expect((await it.told()).filter((it) => !told.includes(it))).toEqual(['Rae: series.review']);
    await world.press(rae, await it.seen(rae, 'series.review'), 'Confirm the cancellation of 2 dates');
    expect(await it.states()).toEqual(['approved', 'approved', 'cancelled', 'cancelled']);
    expect(await world.waiting()).toContain('Ben: series.cancelled');
    expect(textOf(await it.seen(ben, 'series.cancelled'))).toContain('Moved online');
  });

  test('where no reviewer confirms, it holds once the time is up, for all at once', async () => {
    await world.press(ann, await it.approved(), 'Cancel the series', { from: '2026-12-02', reason: 'Over' });
    const due = (await world.outbox()).filter((it) => it.state === 'waiting' && /confirm/i.test(it.name));
    expect(due.map((it) => [it.name, it.dueAt - world.now()])).toEqual([['series.confirm', 30 * 60_000]]);
    world.moveTo(due[0]?.dueAt ?? 0);
    await world.run('series.confirm', due[0]?.data ?? {});
    expect(await it.states()).toEqual(Array(4).fill('cancelled'));
    const told = (await world.waiting()).filter((it) => it.includes('series.'));
    expect(told).toContain('Ben: series.cancelled');
  });

  test('while it waits to be confirmed, the card says so and offers what can be done', async () => {
    await world.press(ann, await it.approved(), 'Cancel the series', { from: '2026-12-16', reason: 'Moved' });
    const some = await it.shown();
    expect([some.tone, some.text]).toEqual([
      'warning',
      [
        'Approved: 2 · Being cancelled: 2',
        expect.stringMatching(/^Cancellation of 2 dates asked for; .* at the latest\. Reason: Moved$/),
      ],
    ]);
    expect(some.rows?.map((row) => [row.tone, row.badge])).toEqual([
      ['good', 'Approved'],
      ['good', 'Approved'],
      ['warning', 'Being cancelled'],
      ['warning', 'Being cancelled'],
    ]);
    const change = formOf(await world.press(ann, some, 'Change the series'));
    const from = change.fields.find((field) => field.name === 'from');
    expect(from?.kind === 'choice' && from.options.map(({ value }) => value)).toEqual([
      '2026-12-02',
      '2026-12-09',
    ]);
    await world.press(ann, some, 'Cancel the series', { from: '2026-12-02', reason: 'Over' });

    const all = await it.shown();
    expect([all.tone, ...labelsOf(all)]).toEqual(['warning', 'Keep 4 dates after all']);
    expect(textOf(all)).toContain('Cancellation of 2 dates asked for; it takes effect by');
    expect((await it.seen(rae, 'series.review')).title).toBe('Ann cancels dates of a series: Stand-up');
    expect((await it.seen(rae, 'series.review')).text?.join()).toContain('Reason: Over');
    const again = await world.press(ann, some, 'Cancel the series', { from: '2026-12-02', reason: 'Twice' });
    expect(cardOf(again).banner?.text).toContain('This series is being cancelled already.');
    expect(noteOf(await world.press(ann, some, 'Change the series'))).toContain('being cancelled already');
    expect(noteOf(await world.press(ann, some, 'Change how it repeats'))).toContain(
      'being cancelled already',
    );
  });

  test('the host takes it back for all dates at once, and nothing is confirmed any more', async () => {
    const card = await it.approved();
    await world.press(ann, card, 'Cancel the series', { from: '2026-12-16', reason: 'Moved' });
    const old = await it.shown();
    await world.press(ann, card, 'Cancel the series', { from: '2026-12-09', reason: 'Over' });
    expect(cardOf(await world.press(ann, old, 'Keep 2 dates after all')).banner?.text).toContain(
      'has changed',
    );
    const review = await it.seen(rae, 'series.review');
    const theirs = await world.act(ben, buttonOf(await it.shown(), 'Keep 3 dates after all'));
    expect(noteOf(theirs)).toContain('out of date');
    const told = await world.told(async () => {
      const kept = cardOf(await world.press(ann, await it.shown(), 'Keep 3 dates after all'));
      expect([kept.tone, kept.banner?.text, kept.text]).toEqual(['good', '3 dates stay.', ['Approved: 4']]);
    });
    expect(told).toEqual([]);
    expect((await world.waiting()).filter((row) => /confirm|Rae: series.review/.test(row))).toEqual([]);
    const late = cardOf(await world.press(rae, review, 'Confirm the cancellation of 3 dates'));
    expect(late.banner?.text).toContain('decided already');
    expect(await it.states()).toEqual(Array(4).fill('approved'));
  });

  test('a reviewer who has other dates to approve sees which are to be cancelled, also on the button', async () => {
    await world.press(ann, await it.approved(), 'Cancel the series', { from: '2026-12-16', reason: 'Moved' });
    const form = formOf(await world.press(ann, await it.shown(), 'Change the series'));
    const foreseen = cardOf(await world.submit(ann, form, { start: '11:00' }));
    expect(textOf(foreseen)).toContain('When: 10:00 – 11:00 → 11:00 – 12:00 (Central European Time)');
    const sent = cardOf(await world.press(ann, foreseen, 'Change 2 dates'));
    expect([sent.banner?.tone, sent.tone]).toEqual(['neutral', 'warning']);
    const review = await it.seen(rae, 'series.review');
    expect(textOf(review)).toContain('To be changed: Wed, Dec 2, 2026\nWed, Dec 9, 2026\n');
    expect(textOf(review)).toContain('To be cancelled: Wed, Dec 16, 2026\nWed, Dec 23, 2026');
    expect(labelsOf(review)).toEqual([
      'Approve 2 dates, cancel 2',
      'Approve, leaving out dates',
      'Reject the change',
    ]);
    await world.press(rae, review, 'Approve 2 dates, cancel 2');
    expect(await it.booked()).toEqual([
      '2026-12-02 11:00 approved',
      '2026-12-09 11:00 approved',
      '2026-12-16 10:00 cancelled',
      '2026-12-23 10:00 cancelled',
    ]);
  });

  test('only by the host, and only what has not begun', async () => {
    const card = await it.approved();
    expect(
      noteOf(await world.press(ben, card, 'Cancel the series', { from: '2026-12-02', reason: 'No' })),
    ).toContain('out of date');
    world.moveTo(at('2026-12-09T10:00'));
    await world.press(ann, card, 'Cancel the series', { from: '2026-12-02', reason: 'Over' });
    await world.press(rae, await it.seen(rae, 'series.review'), 'Confirm the cancellation of 2 dates');
    expect(await it.states()).toEqual(['approved', 'approved', 'cancelled', 'cancelled']);
  });
});
