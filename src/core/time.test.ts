import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hour, minute } from './clock.ts';
import {
  addDays,
  fromLocal,
  isDate,
  minutesOfDay,
  pastStep,
  readLocal,
  stepFrom,
  stepUntil,
  timeOfDay,
  toLocal,
} from './time.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'] as const;
const zone = fc.constantFrom(...zones, 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Beirut', 'Pacific/Apia');
/** Any minute from 2020 to 2040. */
const instant = fc
  .integer({ min: Date.UTC(2020, 0) / minute, max: Date.UTC(2040, 0) / minute })
  .map((n) => n * minute);

describe('[2.1] local times', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', '01:59', { kind: 'exact', at: Date.UTC(2026, 2, 29, 0, 59) }],
    ['Europe/Berlin', '2026-03-29', '02:00', { kind: 'skipped', next: Date.UTC(2026, 2, 29, 1) }],
    ['Europe/Berlin', '2026-03-29', '02:45', { kind: 'skipped', next: Date.UTC(2026, 2, 29, 1) }],
    ['Europe/Berlin', '2026-03-29', '03:00', { kind: 'exact', at: Date.UTC(2026, 2, 29, 1) }],
    [
      'Europe/Berlin',
      '2026-10-25',
      '02:30',
      { kind: 'twice', at: Date.UTC(2026, 9, 25, 0, 30), second: Date.UTC(2026, 9, 25, 1, 30) },
    ],
    ['Europe/Berlin', '2026-10-25', '03:00', { kind: 'exact', at: Date.UTC(2026, 9, 25, 2) }],
    ['America/New_York', '2027-03-14', '02:15', { kind: 'skipped', next: Date.UTC(2027, 2, 14, 7) }],
    [
      'America/New_York',
      '2026-11-01',
      '01:00',
      { kind: 'twice', at: Date.UTC(2026, 10, 1, 5), second: Date.UTC(2026, 10, 1, 6) },
    ],
    ['Asia/Taipei', '2026-03-29', '02:30', { kind: 'exact', at: Date.UTC(2026, 2, 28, 18, 30) }],
    ['Asia/Taipei', '2026-10-25', '02:30', { kind: 'exact', at: Date.UTC(2026, 9, 24, 18, 30) }],
    // The clocks of Samoa were put forward over a whole day.
    ['Pacific/Apia', '2011-12-30', '12:00', { kind: 'skipped', next: Date.UTC(2011, 11, 30, 10) }],
  ])('%s %s %s', (zone, date, time, reading) => {
    expect(readLocal({ date, time, zone })).toEqual(reading);
  });

  test.each([
    ['2026-02-29', '10:00', 'UTC'],
    ['2026-13-01', '10:00', 'UTC'],
    ['26-12-01', '10:00', 'UTC'],
    ['2026-W49-2', '10:00', 'UTC'],
    ['', '', 'UTC'],
    // A time that the clock never shows on any day must not send the search for the end of a gap on its way.
    ['2026-12-01', '24:00', 'UTC'],
    ['2026-12-01', '25:00', 'UTC'],
    ['2026-12-01', '10:60', 'UTC'],
    ['2026-12-01', '9:00', 'UTC'],
    ['2026-12-01', '10:00+02:00', 'UTC'],
    ['2026-12-01', '10:00', 'Mars/Olympus'],
  ])('%s %s %s is no local time', (date, time, zone) => {
    expect(readLocal({ date, time, zone })).toEqual({ kind: 'invalid' });
    expect(() => fromLocal({ date, time, zone })).toThrow('not a local time');
  });

  test('every instant is found again by its local time, or by the first of two that look alike', () => {
    fc.assert(
      fc.property(instant, zone, (at, zone) => {
        const read = readLocal({ ...toLocal(at, zone), zone });
        if (read.kind === 'twice') expect([read.at, read.second]).toContain(at);
        else expect(read).toEqual({ kind: 'exact', at });
      }),
    );
  });

  test('every local time that exists is shown by the clock at the instant that it is read as', () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: 0, max: 1439 }), (near, zone, minutes) => {
        const wanted = { date: toLocal(near, zone).date, time: timeOfDay(minutes) };
        const read = readLocal({ ...wanted, zone });
        if (read.kind === 'invalid') throw new Error('unreadable');
        const shown = toLocal(read.kind === 'skipped' ? read.next : read.at, zone);
        const order = `${shown.date} ${shown.time}`.localeCompare(`${wanted.date} ${wanted.time}`);
        expect(order).toBe(read.kind === 'skipped' ? 1 : 0);
      }),
    );
  });

  test('after a gap the clock goes on from its end', () => {
    const { next } = readLocal({ date: '2026-03-29', time: '02:30', zone: 'Europe/Berlin' }) as {
      next: number;
    };
    expect(toLocal(next - 1, 'Europe/Berlin').time).toBe('01:59');
    expect(toLocal(next, 'Europe/Berlin').time).toBe('03:00');
  });
});

describe('[2.1] steps of the wall clock', () => {
  const step = fc.constantFrom(5, 15, 30, 60);

  test('the step from a moment is the first one, and the step until it the last one', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: minute - 1 }), zone, step, (at, more, zone, step) => {
        const on = (it: number) => toLocal(it, zone).minutes % step === 0 && it % minute === 0;
        let after = Math.ceil((at + more) / minute) * minute;
        while (!on(after)) after += minute;
        let before = at;
        while (!on(before)) before -= minute;
        expect(stepFrom(at + more, zone, step)).toBe(after);
        expect(stepUntil(at + more, zone, step)).toBe(before);
      }),
    );
  });

  test('full hours in a zone that is half an hour off are full hours of its own clock', () => {
    const at = Date.UTC(2026, 11, 1, 9, 10);
    expect(toLocal(stepFrom(at, 'Asia/Kolkata', 60), 'Asia/Kolkata').time).toBe('15:00');
    expect(pastStep(at, 'Asia/Kolkata', 60)).toBe(40 * minute);
  });
});

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-29', 1, '2026-03-30'],
  ['2026-03-01', -1, '2026-02-28'],
])('[2.1] the day %s and %d more', (date, days, then) => {
  expect(addDays(date, days)).toBe(then);
});

test('[2.1] a day that the calendar lacks is no date', () => {
  expect(['2026-12-31', '2028-02-29', '2026-02-29', '2026-12-32', '31.12.2026'].map(isDate)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('[2.1] a time of day and its minutes are each other’s reverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
      expect(minutesOfDay(timeOfDay(minutes))).toBe(minutes);
    }),
  );
  expect(timeOfDay(1440)).toBe('24:00');
  for (const wrong of ['24:00', '8:30', '08.30', '', '08:60']) expect(() => minutesOfDay(wrong)).toThrow();
});

test('[2.1] a local day has 23, 24 or 25 hours', () => {
  const hours = (date: string) =>
    (fromLocal({ date: addDays(date, 1), time: '00:00', zone: 'Europe/Berlin' }) -
      fromLocal({ date, time: '00:00', zone: 'Europe/Berlin' })) /
    hour;
  expect(['2026-03-29', '2026-06-01', '2026-10-25'].map(hours)).toEqual([23, 24, 25]);
});
