import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createSeriesWorld, type SeriesWorld } from '../../../test/support/series-world.ts';

let it: SeriesWorld;

beforeEach(async () => {
  it = await createSeriesWorld();
});
afterEach(() => it.world.stop());

const list = async (who = it.ann, text = 'bookings') => cardOf(await it.world.say(who, text));

describe('[2.6] a series in /bookings', () => {
  test('is one line with its next date, and opens', async () => {
    const [first] = (await it.approved().then(it.made)) ?? [];
    await it.world.book(it.ann, { room: it.alps, topic: 'Once', date: '2026-12-10', start: '10:00' });
    const card = await list();
    expect(card.rows?.map((row) => row.title)).toEqual([
      `#${first?.number} Stand-up`,
      expect.stringContaining('Once'),
    ]);
    expect(rowOf(card, 'Stand-up').text).toContain('One date of a series');
    const opened = cardOf(await it.world.press(it.ann, rowOf(card, 'Stand-up'), 'Series'));
    expect([opened.title, opened.rows?.length]).toEqual(['Series: Stand-up', 4]);
    expect(rowOf(await list(it.ben), 'Stand-up').text).toContain('Dec 2');
  });

  test('the line moves on with time, and the past has its last date', async () => {
    await it.approved();
    it.world.moveTo(at('2026-12-10T09:00'));
    expect(rowOf(await list(), 'Stand-up').text).toContain('Dec 16');
    expect(rowOf(await list(it.ann, 'bookings past'), 'Stand-up').text).toContain('Dec 9');
  });

  test('each date opens with all that can be done with it alone, and leads back to the series', async () => {
    const card = await it.approved();
    const date = cardOf(await it.world.press(it.ann, rowOf(card, 'Dec 9'), 'Open'));
    expect(labelsOf(date)).toEqual(expect.arrayContaining(['Change', 'Cancel booking', 'Series']));
    const ended = cardOf(await it.world.press(it.ann, date, 'Cancel booking', { reason: 'Holiday' }));
    expect(textOf(ended)).toContain('Holiday');
    expect(textOf(await it.shown())).toContain('Approved: 3');
  });

  test('its cards follow each of its dates', async () => {
    await it.approved();
    const [one] = await it.made();
    const refreshed = async () =>
      (await it.world.outbox()).filter((row) => row.kind === 'refresh' && row.subject?.startsWith('series:'))
        .length;
    const before = await refreshed();
    await it.world.act(it.ann, {
      command: 'cancel.request',
      data: { booking: one?.id ?? '' },
      values: { reason: 'Holiday' },
    });
    expect(await refreshed()).toBe(before + 1);
  });
});
