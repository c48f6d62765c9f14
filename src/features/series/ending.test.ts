import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, noteOf, textOf } from '../../../test/support/answers.ts';
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
