import { expect, test } from '@jest/globals';
import { fromLocal, toLocal } from '../core/time.ts';
import { everyWeek, workdayFrom } from './calendar.ts';

const at = (date: string, zone: string) => fromLocal({ date, time: '12:00', zone });

test.each([
  ['2026-11-24', 1, '2026-11-25'],
  ['2026-11-24', -1, '2026-11-23'],
  ['2026-11-24', 4, '2026-11-30'],
  ['2026-11-24', -2, '2026-11-20'],
  ['2026-11-28', 1, '2026-11-30'],
  ['2026-11-29', -1, '2026-11-27'],
])('[2.1] from %s, %i working days lead to %s', (from, count, day) => {
  expect(workdayFrom(at(from, 'Europe/Berlin'), 'Europe/Berlin', count)).toBe(day);
});

test('[2.1] a working day is counted from the day that it is in that zone', () => {
  const lateInBerlin = fromLocal({ date: '2026-11-24', time: '23:00', zone: 'Europe/Berlin' });
  expect(workdayFrom(lateInBerlin, 'Asia/Taipei', 1)).toBe('2026-11-26');
});

test('[2.1] a weekly meeting keeps its time on the wall clock over the change of the clocks', () => {
  const starts = everyWeek(
    at('2026-10-23', 'Europe/Berlin'),
    { weekday: 5, time: '15:00', zone: 'Europe/Berlin' },
    [-1, 1],
  );
  expect(starts.map((start) => toLocal(start, 'Europe/Berlin'))).toEqual([
    { date: '2026-10-16', time: '15:00', minutes: 900 },
    { date: '2026-10-23', time: '15:00', minutes: 900 },
    { date: '2026-10-30', time: '15:00', minutes: 900 },
  ]);
});
