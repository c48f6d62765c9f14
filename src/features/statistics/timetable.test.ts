import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hour } from '../../core/clock.ts';
import { addDays, fromLocal, toLocal, weekdayOf } from '../../core/time.ts';
import { askedFor } from './asked.ts';
import { everies, everyIn, lastFull, nextPost } from './timetable.ts';

const workDays = [1, 2, 3, 4, 5];
const local = (date: string, time: string, zone: string) => fromLocal({ date, time, zone });
const shown = (at: number, zone: string) => `${toLocal(at, zone).date} ${toLocal(at, zone).time}`;

describe('[2.8] what is typed', () => {
  test.each([
    ['weekly Berlin #facilities', 'week', 'Berlin #facilities'],
    ['Every week', 'week', ''],
    ['daily', 'day', ''],
    ['every working day Alps', 'day', 'Alps'],
    ['MONTHLY #x', 'month', '#x'],
    ['每週', 'week', ''],
    ['每周北京 #设施', 'week', '北京 #设施'],
    ['每個星期 台北', 'week', '台北'],
    ['每天', 'day', ''],
    ['每日 #a', 'day', '#a'],
    ['每個工作天', 'day', ''],
    ['每月', 'month', ''],
    ['每个月 销售部', 'month', '销售部'],
  ])('%s', (text, every, rest) => {
    expect(everyIn(text)).toEqual({ every, rest });
    expect(askedFor(text)).toEqual({ command: 'statistics.every', input: { every, text: rest } });
  });

  test.each(['', 'last week', 'dailyroom', 'weekly2', '上週', 'csvroom'])('“%s” is asked once', (text) => {
    expect(everyIn(text)).toBeNull();
    expect(askedFor(text)).toEqual({ command: 'statistics.said', input: { text } });
  });

  test('the list, and files', () => {
    for (const text of ['schedules', 'Schedule', '排程', '定期'])
      expect(askedFor(text)).toEqual({ command: 'statistics.schedules', input: {} });
    expect(askedFor('CSV last month')).toEqual({
      command: 'statistics.file',
      input: { format: 'csv', text: 'last month' },
    });
    expect(askedFor('xlsx上個月')).toEqual({
      command: 'statistics.file',
      input: { format: 'xlsx', text: '上個月' },
    });
  });
});

describe('[2.8] when statistics are posted', () => {
  test.each([
    ['week', '2026-11-30 08:00', '2026-12-07 08:00'],
    ['week', '2026-11-30 07:59', '2026-11-30 08:00'],
    ['day', '2026-12-04 08:00', '2026-12-07 08:00'],
    ['day', '2026-12-03 23:00', '2026-12-04 08:00'],
    ['month', '2026-12-01 08:00', '2027-01-01 08:00'],
    ['month', '2027-01-31 12:00', '2027-02-01 08:00'],
  ] as const)('every %s, after %s: %s', (every, after, next) => {
    const [date = '', time = ''] = after.split(' ');
    for (const zone of ['Europe/Berlin', 'Asia/Taipei', 'America/New_York'])
      expect(shown(nextPost(every, local(date, time, zone), zone, workDays), zone)).toBe(next);
  });

  test('at eight by the clock on the wall, whichever way the clocks were changed', () => {
    const zone = 'Europe/Berlin';
    const spring = nextPost('week', local('2026-03-23', '08:00', zone), zone, workDays);
    expect(shown(spring, zone)).toBe('2026-03-30 08:00');
    expect(spring - local('2026-03-23', '08:00', zone)).toBe((7 * 24 - 1) * hour);
    const autumn = nextPost('week', local('2026-10-19', '08:00', zone), zone, workDays);
    expect(shown(autumn, zone)).toBe('2026-10-26 08:00');
    expect(autumn - local('2026-10-19', '08:00', zone)).toBe((7 * 24 + 1) * hour);
  });

  test('always later than now, at eight, on a day of its kind, and none is left out', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Taipei', 'America/New_York', 'Pacific/Auckland');
    const minutes = fc.integer({ min: 0, max: 3 * 525_600 });
    fc.assert(
      fc.property(zones, minutes, fc.constantFrom(...everies), (zone, minute, every) => {
        const now = Date.UTC(2025, 0, 1) + minute * 60_000;
        const next = nextPost(every, now, zone, workDays);
        expect(next).toBeGreaterThan(now);
        const { date, time } = toLocal(next, zone);
        expect(time).toBe('08:00');
        const fits = (day: string) =>
          every === 'day'
            ? weekdayOf(day) <= 5
            : every === 'week'
              ? weekdayOf(day) === 1
              : day.endsWith('-01');
        expect(fits(date)).toBe(true);
        for (let day = addDays(toLocal(now, zone).date, 1); day < date; day = addDays(day, 1))
          expect(fits(day)).toBe(false);
      }),
    );
  });

  test('every day is as good as any other where no day is a working day', () => {
    const next = nextPost('day', local('2026-12-04', '09:00', 'Asia/Taipei'), 'Asia/Taipei', []);
    expect(shown(next, 'Asia/Taipei')).toBe('2026-12-05 08:00');
    expect(lastFull('day', '2026-12-05', [])).toEqual({ from: '2026-12-04', until: '2026-12-04' });
  });

  test.each([
    ['day', '2026-12-07', '2026-12-04', '2026-12-04'],
    ['day', '2026-12-08', '2026-12-07', '2026-12-07'],
    ['week', '2026-12-07', '2026-11-30', '2026-12-06'],
    ['week', '2026-12-09', '2026-11-30', '2026-12-06'],
    ['month', '2026-12-01', '2026-11-01', '2026-11-30'],
    ['month', '2027-01-01', '2026-12-01', '2026-12-31'],
  ] as const)('the last full %s before %s', (every, today, from, until) => {
    expect(lastFull(every, today, workDays)).toEqual({ from, until });
  });
});
