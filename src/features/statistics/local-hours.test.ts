import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at } from '../../../test/support/examples.ts';
import { day, minute } from '../../core/clock.ts';
import { toLocal, weekdayOf } from '../../core/time.ts';
import { addLocalHours, hoursInWeek, localClock, type OpenHours } from './local-hours.ts';

const roundTheClock: OpenHours = { opens: 0, closes: 1440 };

/** Asks the calendar for every single minute. */
function slowly(start: number, end: number, zone: string, { opens, closes }: OpenHours): number[] {
  const hours = [...hoursInWeek()];
  for (let now = start; now < end; now += minute) {
    const { date, minutes } = toLocal(now, zone);
    if (minutes < opens || minutes >= closes) continue;
    const cell = (weekdayOf(date) - 1) * 24 + Math.floor(minutes / 60);
    hours[cell] = (hours[cell] ?? 0) + 1;
  }
  return hours;
}

function quickly(start: number, end: number, zone: string, open: OpenHours): number[] {
  const hours = hoursInWeek();
  addLocalHours(hours, { start, end }, localClock(zone, { from: start - day, until: end + day }), open);
  return [...hours];
}

/** Whole hours, half an hour at Lord Howe, at a quarter to the hour in Chatham, odd offsets, and no change at all. */
const changes: Array<[zone: string, around: number]> = [
  ['Europe/Berlin', at('2026-03-29T02:00', 'Europe/Berlin')],
  ['Europe/Berlin', at('2026-10-25T02:00', 'Europe/Berlin')],
  ['America/New_York', at('2026-11-01T01:00', 'America/New_York')],
  ['Australia/Lord_Howe', at('2026-04-05T01:30', 'Australia/Lord_Howe')],
  ['Pacific/Chatham', at('2026-04-05T02:30', 'Pacific/Chatham')],
  ['Pacific/Chatham', at('2026-09-27T02:30', 'Pacific/Chatham')],
  ['Asia/Kathmandu', at('2026-06-01T12:00', 'Asia/Kathmandu')],
  ['Asia/Taipei', at('2026-12-31T23:00', 'Asia/Taipei')],
];

test('[2.8] minutes fall into the hours that the clock shows, as counted one by one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      fc.integer({ min: -1500, max: 1500 }),
      fc.integer({ min: 0, max: 1500 }),
      fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })),
      ([zone, around], away, length, [a, b]) => {
        const start = around + away * minute;
        const end = start + length * minute;
        const open = { opens: Math.min(a, b), closes: Math.max(a, b) };
        expect(quickly(start, end, zone, open)).toEqual(slowly(start, end, zone, open));
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['a day of 23 hours', '2026-03-29', 23, [1, 0, 1]],
  ['a day of 25 hours', '2026-10-25', 25, [1, 2, 1]],
  ['any other day', '2026-12-06', 24, [1, 1, 1]],
])('[2.8] %s has what its clock shows', (_, date, length, night) => {
  const start = at(`${date}T00:00`);
  const hours = quickly(start, start + length * 60 * minute, 'Europe/Berlin', roundTheClock);
  const sunday = hours.slice(6 * 24).map((minutes) => minutes / 60);
  expect(sunday.reduce((sum, it) => sum + it, 0)).toBe(length);
  expect(sunday.slice(1, 4)).toEqual(night);
});
