import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local } from '../../../test/support/examples.ts';
import { aPattern, days, slowly } from '../../../test/support/recurrences.ts';
import { minute } from '../../core/clock.ts';
import { addDays, timeOfDay } from '../../core/time.ts';
import {
  daysOf,
  mostOccurrences,
  occurrences,
  type Pattern,
  placeInMonth,
  type Repeating,
} from './recurrence.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Taipei'] as const;
const endless = '2030-12-31';
const times = (series: Repeating) =>
  occurrences(series, endless).map((it) => local(it.start, series.zone).replace('T', ' '));
const weekly = (its: Partial<Repeating>): Repeating => ({
  date: '2026-12-01',
  time: '09:00',
  zone: 'Europe/Berlin',
  minutes: 60,
  recurrence: { pattern: { every: 'week', interval: 1, days: [2] }, ends: { count: 3 } },
  ...its,
});

const sundays = (count: number): Repeating['recurrence'] => ({
  pattern: { every: 'week', interval: 1, days: [7] },
  ends: { count },
});
/** The day so many days after New Year of 2026. */
const dayAfter = (days: number) => addDays('2026-01-01', days);

describe('[2.1] the days of a pattern', () => {
  test.each<[string, Pattern, string, string[]]>([
    [
      'every day over a year’s end',
      { every: 'day', interval: 1 },
      '2026-12-30',
      ['2026-12-30', '2026-12-31', '2027-01-01'],
    ],
    [
      'every third day over Feb 29',
      { every: 'day', interval: 3 },
      '2028-02-26',
      ['2028-02-26', '2028-02-29', '2028-03-03'],
    ],
    [
      'chosen days of the week',
      { every: 'week', interval: 1, days: [3, 1] },
      '2026-12-29',
      ['2026-12-30', '2027-01-04', '2027-01-06'],
    ],
    [
      'every other week from the first',
      { every: 'week', interval: 2, days: [1, 4] },
      '2026-12-24',
      ['2026-12-24', '2027-01-04', '2027-01-07'],
    ],
    [
      'every other week, none left in this',
      { every: 'week', interval: 2, days: [1] },
      '2026-12-24',
      ['2026-12-28', '2027-01-11', '2027-01-25'],
    ],
    [
      'the 31st, where there is one',
      { every: 'month', interval: 1, by: 'date', date: 31 },
      '2026-12-05',
      ['2026-12-31', '2027-01-31', '2027-03-31'],
    ],
    [
      'the 29th of February',
      { every: 'month', interval: 12, by: 'date', date: 29 },
      '2028-02-01',
      ['2028-02-29', '2032-02-29'],
    ],
    [
      'every other 31st from the first',
      { every: 'month', interval: 2, by: 'date', date: 31 },
      '2026-11-02',
      ['2026-12-31', '2027-08-31', '2027-10-31'],
    ],
    [
      'first Monday',
      { every: 'month', interval: 1, by: 'weekday', nth: 1, day: 1 },
      '2026-12-08',
      ['2027-01-04', '2027-02-01', '2027-03-01'],
    ],
    [
      'last Friday',
      { every: 'month', interval: 1, by: 'weekday', nth: -1, day: 5 },
      '2026-11-27',
      ['2026-11-27', '2026-12-25', '2027-01-29'],
    ],
    [
      'fourth Friday every third month',
      { every: 'month', interval: 3, by: 'weekday', nth: 4, day: 5 },
      '2026-11-28',
      ['2026-12-25', '2027-03-26', '2027-06-25'],
    ],
  ])('%s', (_, its, date, expected) => {
    expect(days(its, date, '2032-12-31').slice(0, 3)).toEqual(expected);
  });

  test('are those that a look at every single day gives', () => {
    fc.assert(
      fc.property(
        aPattern,
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 900 }),
        (its, from, length) => {
          const [date, until] = [dayAfter(from), dayAfter(from + length)];
          expect(days(its, date, until)).toEqual(slowly(its, date, until));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a week without a chosen day has none', () => {
    expect([...daysOf({ every: 'week', interval: 1, days: [] }, '2026-12-01', '2027-12-01')]).toEqual([]);
  });

  test.each([
    ['2026-12-07', 1, false],
    ['2026-12-08', 2, false],
    ['2026-12-24', 4, false],
    ['2026-12-25', 4, true],
    ['2026-12-29', 5, true],
    ['2027-02-22', 4, true],
  ])('%s is the weekday number %i of its month, and the last: %s', (date, nth, last) => {
    expect(placeInMonth(date)).toEqual({ nth, last });
  });
});

describe('[2.1] occurrences by the wall clock', () => {
  test.each([
    ['Europe/Berlin', '2027-03-21', '2027-03-28', 23],
    ['Europe/Berlin', '2026-10-18', '2026-10-25', 25],
    ['America/New_York', '2027-03-07', '2027-03-14', 23],
    ['America/New_York', '2026-10-25', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-09-27', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2027-03-28', '2027-04-04', 24.5],
    ['Asia/Taipei', '2027-03-21', '2027-03-28', 24],
  ])('%s: 09:00 stays 09:00 over the change on the Sunday after %s', (zone, date, change, hours) => {
    const recurrence = { pattern: { every: 'day', interval: 1 }, ends: { until: change } } as const;
    const all = occurrences(weekly({ date, zone, recurrence }), endless);
    expect(all.map((it) => local(it.start, zone).slice(11))).toEqual(Array(8).fill('09:00'));
    const [before, after] = all.slice(-2);
    expect(((after?.start ?? 0) - (before?.start ?? 0)) / minute / 60).toBe(hours);
  });

  test('a time that the clock skips begins when it goes on, and is marked', () => {
    const recurrence = sundays(3);
    const series = weekly({ date: '2027-03-21', time: '02:30', recurrence });
    expect(times(series)).toEqual(['2027-03-21 02:30', '2027-03-28 03:00', '2027-04-04 02:30']);
    expect(occurrences(series, endless).map((it) => it.shifted)).toEqual([undefined, true, undefined]);
    const halfHour = weekly({ date: '2026-10-04', time: '02:15', zone: 'Australia/Lord_Howe', recurrence });
    expect(times(halfHour)[0]).toBe('2026-10-04 02:30');
  });

  test('a time that it shows twice is the first, and lasts as long as ever', () => {
    const recurrence = sundays(1);
    const [only] = occurrences(weekly({ date: '2026-10-25', time: '02:30', recurrence }), endless);
    expect([only?.start, only?.end]).toEqual([Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]);
  });

  test('ends after its count, on its last day, or where nobody looks further', () => {
    const until = (day: string) =>
      weekly({ recurrence: { pattern: { every: 'week', interval: 1, days: [2] }, ends: { until: day } } });
    expect(times(weekly({}))).toEqual(['2026-12-01 09:00', '2026-12-08 09:00', '2026-12-15 09:00']);
    expect(times(until('2026-12-08'))).toHaveLength(2);
    expect(times(until('2026-12-07'))).toHaveLength(1);
    expect(occurrences(weekly({}), '2026-12-08')).toHaveLength(2);
    expect(occurrences(until('2026-11-30'), endless)).toEqual([]);
  });

  test('are never more than a series may have', () => {
    const recurrence = { pattern: { every: 'day', interval: 1 }, ends: { until: endless } } as const;
    expect(occurrences(weekly({ recurrence }), endless)).toHaveLength(mostOccurrences);
  });

  test('rise, keep their time and length, and are where a calendar puts them', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        aPattern,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 900 }),
        minuteOfDay,
        (its, zone, from, m) => {
          const date = dayAfter(from);
          const time = timeOfDay(m);
          const recurrence = { pattern: its, ends: { count: 60 } };
          const all = occurrences({ date, time, zone, minutes: 45, recurrence }, endless);
          expect(all.map((it) => it.day)).toEqual(days(its, date, endless).slice(0, 60));
          all.forEach((it, n) => {
            expect(it.start).toBeGreaterThan(all[n - 1]?.start ?? 0);
            expect(it.end - it.start).toBe(45 * minute);
            const shown = local(it.start, zone);
            if (it.shifted) expect(local(it.start - minute, zone) < `${it.day}T${time}`).toBe(true);
            expect(it.shifted ? shown > `${it.day}T${time}` : shown === `${it.day}T${time}`).toBe(true);
            expect(it.start).toBeLessThanOrEqual(at(`${it.day}T${time}`, zone));
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
