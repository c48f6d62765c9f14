import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, intervalsApart } from '../../../test/support/examples.ts';
import { hour, minute } from '../../core/clock.ts';
import { toLocal } from '../../core/time.ts';
import { held, isOpen, occupancy, openingOf } from './domain.ts';

const office = { opens: 480, closes: 1200 };

describe('[2.1] opening hours', () => {
  test.each([
    ['inside', '2026-12-01T08:00', '2026-12-01T20:00', true],
    ['from before the opening', '2026-12-01T07:45', '2026-12-01T09:00', false],
    ['until after the closing', '2026-12-01T19:30', '2026-12-01T20:15', false],
    ['at night', '2026-12-01T21:00', '2026-12-01T22:00', false],
    ['over night, both ends inside', '2026-12-01T19:00', '2026-12-02T09:00', false],
  ])('%s', (_, start, end, open) => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'])
      expect(isOpen({ start: at(start, zone), end: at(end, zone) }, zone, office)).toBe(open);
  });

  test('are those of the room’s clock', () => {
    const afternoon = { start: at('2026-12-01T15:00'), end: at('2026-12-01T16:00') };
    expect(isOpen(afternoon, 'Europe/Berlin', office)).toBe(true);
    expect(isOpen(afternoon, 'Asia/Taipei', office)).toBe(false);
  });

  test('a room that closes at midnight is open until midnight and not over it', () => {
    const hours = { opens: 480, closes: 1440 };
    const start = at('2026-12-01T23:00');
    expect(isOpen({ start, end: start + hour }, 'Europe/Berlin', hours)).toBe(true);
    expect(isOpen({ start, end: start + hour + minute }, 'Europe/Berlin', hours)).toBe(false);
  });

  test('round the clock has no nights', () => {
    const start = at('2026-12-01T23:00');
    expect(isOpen({ start, end: start + 2 * hour }, 'Europe/Berlin', { opens: 0, closes: 1440 })).toBe(true);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2027-03-14', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Asia/Taipei', '2026-03-29', 24],
    // In Lebanon the clock changes at midnight: 00:00 is skipped in spring, and 23:59 comes twice in autumn.
    ['Asia/Beirut', '2026-03-29', 23],
    ['Asia/Beirut', '2026-10-24', 25],
  ])('the whole day in %s on %s has %d hours', (zone, date, hours) => {
    const { start, end } = openingOf(date, zone, { opens: 0, closes: 1440 });
    expect((end - start) / hour).toBe(hours);
    expect([toLocal(start, zone).date, toLocal(end - 1, zone).date]).toEqual([date, date]);
  });

  test('office hours stay where the clock shows them when it is changed', () => {
    const days = ['2026-03-28', '2026-03-29', '2026-10-25'].map((date) =>
      openingOf(date, 'Europe/Berlin', office),
    );
    for (const { start, end } of days)
      expect([start, end].map((it) => toLocal(it, 'Europe/Berlin').time)).toEqual(['08:00', '20:00']);
  });

  test('an opening, and every part of it, is open; nothing that sticks out is', () => {
    const opens = fc.integer({ min: 4 * 60, max: 12 * 60 });
    const closes = fc.integer({ min: 12 * 60 + 1, max: 1440 });
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Taipei');
    const date = fc.constantFrom('2026-03-29', '2026-06-01', '2026-10-25', '2026-11-01', '2027-03-14');
    const part = fc.nat({ max: 239 });
    fc.assert(
      fc.property(opens, closes, zone, date, part, part, (opens, closes, zone, date, skip, more) => {
        const hours = { opens, closes };
        const opening = openingOf(date, zone, hours);
        const start = Math.min(opening.start + skip * minute, opening.end - minute);
        expect(isOpen(opening, zone, hours)).toBe(true);
        expect(isOpen({ start, end: opening.end }, zone, hours)).toBe(true);
        expect(isOpen({ start, end: opening.end + (more + 1) * minute }, zone, hours)).toBe(false);
        expect(isOpen({ start: opening.start - (more + 1) * minute, end: start + minute }, zone, hours)).toBe(
          false,
        );
      }),
    );
  });
});

describe('[2.1] what a booking holds', () => {
  test('itself, and the time for tidying up', () => {
    expect(held({ start: 0, end: hour }, { buffer: 10 })).toEqual({ start: 0, end: hour + 10 * minute });
  });
});

describe('[2.1] whether a room is free now, and until when', () => {
  test.each([
    ['nothing is held', [], 5, { free: true, until: null }],
    ['something later', [[8, 9]], 5, { free: true, until: 8 }],
    ['something now', [[4, 6]], 5, { free: false, until: 6 }],
    ['something that ends now', [[4, 5]], 5, { free: true, until: null }],
    ['something that begins now', [[5, 6]], 5, { free: false, until: 6 }],
    [
      'one after the other',
      [
        [4, 6],
        [6, 8],
        [9, 10],
      ],
      5,
      { free: false, until: 8 },
    ],
  ] as const)('%s', (_, slots, now, expected) => {
    expect(
      occupancy(
        slots.map(([start, end]) => ({ start, end })),
        now,
        null,
      ),
    ).toEqual(expected);
  });

  test('as a look at each moment shows it', () => {
    fc.assert(
      fc.property(intervalsApart, fc.nat({ max: 40 }), fc.option(fc.nat({ max: 60 })), (slots, now, wait) => {
        const taken = (at: number) => slots.some((it) => it.start <= at && at < it.end);
        const end = 100;
        let until = now;
        while (until < end && taken(until) === taken(now)) until++;
        const closes = wait === null ? null : now + 1 + wait;
        const next = until === end ? null : until;
        const free = closes === null ? next : Math.min(closes, next ?? closes);
        expect(occupancy(slots, now, closes)).toEqual(
          taken(now) ? { free: false, until } : { free: true, until: free },
        );
      }),
    );
  });
});
