import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aPattern } from '../../../test/support/recurrences.ts';
import { readRecurrence, type Unended, writeRecurrence } from './rrule.ts';

const tuesday = '2026-12-15';
const anEnd: fc.Arbitrary<Unended['ends']> = fc.oneof(
  fc.constant(null),
  fc.record({ count: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ until: fc.constantFrom('2026-12-31', '2028-02-29', '2027-03-28') }),
);

describe('[2.1] rules of recurrence as calendars write them', () => {
  test.each<[string, Unended]>([
    ['FREQ=DAILY', { pattern: { every: 'day', interval: 1 }, ends: null }],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10',
      { pattern: { every: 'week', interval: 2, days: [1, 3] }, ends: { count: 10 } },
    ],
    [
      'FREQ=MONTHLY;BYDAY=1MO',
      { pattern: { every: 'month', interval: 1, by: 'weekday', nth: 1, day: 1 }, ends: null },
    ],
    [
      'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231',
      {
        pattern: { every: 'month', interval: 1, by: 'weekday', nth: -1, day: 5 },
        ends: { until: '2026-12-31' },
      },
    ],
    [
      'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15',
      { pattern: { every: 'month', interval: 3, by: 'date', date: 15 }, ends: null },
    ],
  ])('%s, read and written', (rule, recurrence) => {
    expect(readRecurrence(rule, tuesday)).toEqual(recurrence);
    expect(writeRecurrence(recurrence)).toBe(rule);
  });

  test('what is left open is that of the first day', () => {
    expect(readRecurrence('FREQ=WEEKLY', tuesday)?.pattern).toEqual({
      every: 'week',
      interval: 1,
      days: [2],
    });
    expect(readRecurrence('FREQ=MONTHLY', tuesday)?.pattern).toMatchObject({ by: 'date', date: 15 });
  });

  test('days come in the order of the week, each once, and parts in any order', () => {
    expect(readRecurrence('BYDAY=FR,MO,FR;FREQ=WEEKLY', tuesday)?.pattern).toMatchObject({ days: [1, 5] });
  });

  test.each([
    '',
    'FREQ',
    'FREQ=YEARLY',
    'FREQ=HOURLY;COUNT=3',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=1',
    'FREQ=DAILY;BYDAY=MO',
    'FREQ=MONTHLY;BYDAY=MO',
    'FREQ=MONTHLY;BYDAY=5MO',
    'FREQ=MONTHLY;BYDAY=1MO,2MO',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=15;BYDAY=1MO',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=1001',
    'FREQ=DAILY;UNTIL=20270229',
    'FREQ=DAILY;COUNT=2;UNTIL=20270228',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY;BYHOUR=9',
  ])('“%s” is none that a series can follow', (rule) => {
    expect(readRecurrence(rule, tuesday)).toBeNull();
  });

  test('what is written is read as the same', () => {
    fc.assert(
      fc.property(aPattern, anEnd, (pattern, ends) => {
        expect(readRecurrence(writeRecurrence({ pattern, ends }), tuesday)).toEqual({ pattern, ends });
      }),
    );
  });
});
