import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local } from '../../../test/support/examples.ts';
import { day, minute } from '../../core/clock.ts';
import { toLocal, weekdayOf } from '../../core/time.ts';
import { defaultRules } from '../rules/domain.ts';
import { afterWorking, reviewTimes, type WorkingHours } from './domain.ts';

const office: WorkingHours = { workDays: [1, 2, 3, 4, 5], workFrom: 9 * 60, workUntil: 18 * 60 };
const always: WorkingHours = { workDays: [1, 2, 3, 4, 5, 6, 7], workFrom: 0, workUntil: 1440 };

describe('[2.2] working time', () => {
  test.each([
    { what: 'inside a day', from: '2026-12-01T10:00', minutes: 120, due: '2026-12-01T12:00' },
    { what: 'until the very end of a day', from: '2026-12-01T16:00', minutes: 120, due: '2026-12-01T18:00' },
    { what: 'over a night', from: '2026-12-01T17:00', minutes: 120, due: '2026-12-02T10:00' },
    { what: 'from before work', from: '2026-12-01T06:00', minutes: 60, due: '2026-12-01T10:00' },
    { what: 'from after work', from: '2026-12-01T20:00', minutes: 60, due: '2026-12-02T10:00' },
    { what: 'over a weekend', from: '2026-12-04T17:30', minutes: 60, due: '2026-12-07T09:30' },
    { what: 'from a weekend', from: '2026-12-05T12:00', minutes: 0, due: '2026-12-05T12:00' },
    { what: 'over a year’s end', from: '2026-12-31T17:00', minutes: 120, due: '2027-01-01T10:00' },
  ])('$what', ({ from, minutes, due }) => {
    expect(local(afterWorking(at(from), minutes, 'Europe/Berlin', office))).toBe(due);
  });

  test.each([
    { what: 'put back', from: '2026-10-24T23:00', minutes: 180 },
    { what: 'put forward', from: '2026-03-28T23:00', minutes: 180 },
  ])('round the clock it is plain time, also when the clock is $what', ({ from, minutes }) => {
    const start = at(from, 'Europe/Berlin');
    expect(afterWorking(start, minutes, 'Europe/Berlin', always)).toBe(start + minutes * minute);
  });

  test('the working day begins at the same local time on either side of a change of the clock', () => {
    const weekend = { ...office, workDays: [1, 2, 3, 4, 5, 6, 7] };
    const due = afterWorking(at('2026-10-24T17:00'), 120, 'Europe/Berlin', weekend);
    expect(local(due)).toBe('2026-10-25T10:00');
    const spring = afterWorking(at('2026-03-28T17:00'), 120, 'Europe/Berlin', weekend);
    expect(local(spring)).toBe('2026-03-29T10:00');
  });

  test('where nobody ever works, all time counts', () => {
    const start = at('2026-12-05T12:00');
    for (const hours of [
      { ...office, workDays: [] },
      { ...office, workUntil: office.workFrom },
    ])
      expect(afterWorking(start, 90, 'Europe/Berlin', hours)).toBe(start + 90 * minute);
  });

  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Taipei', 'Australia/Lord_Howe');
  const moments = fc.integer({ min: at('2026-01-01T00:00'), max: at('2028-01-01T00:00') });
  const hours = fc
    .record({
      workDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      workFrom: fc.integer({ min: 0, max: 1380 }),
      length: fc.integer({ min: 30, max: 1440 }),
    })
    .map(({ length, ...it }) => ({ ...it, workUntil: Math.min(1440, it.workFrom + length) }));

  test('is never shorter than plain time, falls into work, and adds up', () => {
    fc.assert(
      fc.property(
        moments,
        zones,
        hours,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        (from, zone, its, first, second) => {
          const due = afterWorking(from, first, zone, its);
          expect(due - from).toBeGreaterThanOrEqual(first * minute);
          // The last moment of the wait is one of work.
          const last = toLocal(due - 1, zone);
          expect(its.workDays).toContain(weekdayOf(last.date));
          expect(last.minutes).toBeGreaterThanOrEqual(its.workFrom);
          expect(last.minutes).toBeLessThan(its.workUntil);
          expect(afterWorking(due, second, zone, its)).toBe(afterWorking(from, first + second, zone, its));
        },
      ),
    );
  });
});

describe('[2.2] when reviewers are reminded, and when it escalates', () => {
  const zone = 'Europe/Berlin';
  const times = (now: string, expires: string) => {
    const { remind, escalate } = reviewTimes(at(now), at(expires), zone, defaultRules);
    return [local(remind), local(escalate)];
  };

  test.each([
    {
      what: 'after 2 and 4 hours of work',
      now: '2026-12-01T09:00',
      expires: '2026-12-10T10:00',
      due: ['2026-12-01T11:00', '2026-12-01T13:00'],
    },
    {
      what: 'not at the weekend',
      now: '2026-12-04T17:00',
      expires: '2026-12-08T10:00',
      due: ['2026-12-07T10:00', '2026-12-07T12:00'],
    },
    {
      what: 'in time before the start, halfway',
      now: '2026-12-01T09:00',
      expires: '2026-12-01T15:00',
      due: ['2026-12-01T11:00', '2026-12-01T12:00'],
    },
    {
      what: 'the reminder halfway to that where it would come too late',
      now: '2026-12-01T09:00',
      expires: '2026-12-01T11:00',
      due: ['2026-12-01T09:30', '2026-12-01T10:00'],
    },
    {
      what: 'on a Sunday too, for what begins on Monday',
      now: '2026-12-06T10:00',
      expires: '2026-12-07T10:00',
      due: ['2026-12-06T16:00', '2026-12-06T22:00'],
    },
  ])('$what', ({ now, expires, due }) => {
    expect(times(now, expires)).toEqual(due);
  });

  test('the reminder comes before the escalation, and both before it is too late', () => {
    const minutes = fc.integer({ min: 0, max: 20 * 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-03-20T00:00'), max: at('2026-04-05T00:00') }),
        fc.integer({ min: 1, max: 20 * day }),
        minutes,
        minutes,
        (now, ahead, remindReviewersMinutes, escalateMinutes) => {
          const rules = { ...office, remindReviewersMinutes, escalateMinutes };
          const { remind, escalate } = reviewTimes(now, now + ahead, zone, rules);
          expect(remind).toBeGreaterThanOrEqual(now);
          expect(escalate).toBeGreaterThanOrEqual(remind);
          expect(escalate).toBeLessThanOrEqual(now + ahead);
          // Whoever it escalates to has as long as the reviewers had, or as long as the rules give these.
          expect(now + ahead - escalate).toBeGreaterThanOrEqual(
            Math.min(escalateMinutes * minute, Math.floor(ahead / 2)),
          );
        },
      ),
    );
  });
});
