import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aRequest, aRoom, at, local, requestFacts, tuesday } from '../../../test/support/examples.ts';
import { hour, minute } from '../../core/clock.ts';
import type { Interval } from '../rooms/index.ts';
import { between, breachAt, type Content, otherRoom, otherTime } from './preview.ts';

const { room: _, start: __, end: ___, ...content } = aRequest();
const wish: Content = content;
const room = aRoom({ buffer: 15 });
const judge = (its: typeof room) => requestFacts({ room: its });
const wanted = { start: at('2026-12-03T10:00'), end: at('2026-12-03T11:00') };
const slot = (from: string, until: string): Interval => ({
  start: at(`2026-12-03T${from}`),
  end: at(`2026-12-03T${until}`),
});
/** Some of the hours of that day are held. */
const held = fc.uniqueArray(fc.integer({ min: 7, max: 20 }), { maxLength: 14 }).map((hours) =>
  hours
    .sort((a, b) => a - b)
    .map((it) => ({
      start: at('2026-12-03T00:00') + it * hour,
      end: at('2026-12-03T00:00') + (it + 1) * hour,
    })),
);

describe('[2.1] what stands in the way of a date', () => {
  test('is what is held then, tidying up included, and until when', () => {
    const breach = breachAt({ ...wish, ...wanted }, room, [slot('11:00', '12:00')], judge, tuesday);
    expect(breach).toMatchObject({
      key: 'booking.refused.taken',
      figures: { until: { instant: at('2026-12-03T12:00') } },
    });
    expect(breachAt({ ...wish, ...wanted }, room, [slot('11:15', '12:00')], judge, tuesday)).toBeNull();
  });

  test('or the rule that it breaks', () => {
    const night = { start: at('2026-12-03T03:00'), end: at('2026-12-03T04:00') };
    expect(breachAt({ ...wish, ...night }, room, [], judge, tuesday)?.key).toBe('booking.refused.closed');
  });
});

describe('[2.1] what can be had instead', () => {
  test.each([
    ['before', [slot('10:30', '20:00')], '09:15'],
    ['after', [slot('08:00', '10:45')], '10:45'],
    ['the nearer of both', [slot('10:00', '11:00')], '11:00'],
    ['nothing', [slot('08:00', '20:00')], null],
  ])('a time on the same day: %s', (_, slots, expected) => {
    const found = otherTime(wish, room, wanted, slots, judge, tuesday);
    expect(found && local(found.start).slice(11)).toBe(expected);
  });

  test('the time is free, allowed, on that day, and none is nearer', () => {
    fc.assert(
      fc.property(held, (slots) => {
        const found = otherTime(wish, room, wanted, slots, judge, tuesday);
        const fits = (start: number) =>
          breachAt({ ...wish, start, end: start + hour }, room, slots, judge, tuesday) === null;
        const all = Array.from({ length: 96 }, (_, n) => at('2026-12-03T00:00') + n * 15 * minute).filter(
          fits,
        );
        const nearest = Math.min(...all.map((it) => Math.abs(it - wanted.start)));
        expect(found ? Math.abs(found.start - wanted.start) : Number.POSITIVE_INFINITY).toBe(nearest);
        if (found) expect(fits(found.start)).toBe(true);
      }),
    );
  });

  test('the first room that is free and allowed then', () => {
    const [small, taken, good] = [
      aRoom({ name: 'Small', capacity: 1 }),
      aRoom({ name: 'Taken' }),
      aRoom({ name: 'Good' }),
    ];
    const slotsOf = (its: typeof room) => (its.name === 'Taken' ? [slot('10:00', '11:00')] : []);
    const found = otherRoom(wish, [small, taken, good], wanted, slotsOf, judge, tuesday);
    expect(found?.name).toBe('Good');
  });

  test('of many slots those that overlap a span, as a look at each gives', () => {
    fc.assert(
      fc.property(
        held,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 6 }),
        (slots, from, hours) => {
          const start = at('2026-12-03T00:00') + from * hour;
          const span = { start, end: start + hours * hour };
          expect(between(slots, span)).toEqual(
            slots.filter((it) => it.start < span.end && it.end > span.start),
          );
        },
      ),
    );
  });
});
