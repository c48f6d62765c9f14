import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tuesday } from '../../../test/support/examples.ts';
import { aPattern, days } from '../../../test/support/recurrences.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Language } from '../../i18n/translate.ts';
import { planBreach, planKindsFrom, presetPlan, readPlan, type TypedPlan } from './plan.ts';
import { readRecurrence } from './rrule.ts';
import { recurrenceText } from './words.ts';

const first = '2026-12-01';
const lastDay = '2027-01-30';
const typed = (its: Partial<TypedPlan> = {}): TypedPlan => ({
  pattern: 'week',
  interval: '1',
  days: ['2'],
  ends: 'count',
  until: '',
  count: '4',
  ...its,
});
const read = (its: Partial<TypedPlan> = {}, date = first) => readPlan(typed(its), date, lastDay);
const pattern = (its: Partial<TypedPlan>, date = first) => {
  const plan = read(its, date);
  return plan.ok ? plan.recurrence.pattern : plan.problems;
};

describe('[2.1] a plan as it is typed', () => {
  test('says how it repeats, by the place of the first day', () => {
    expect(pattern({ pattern: 'day', interval: '3' })).toEqual({ every: 'day', interval: 3 });
    expect(pattern({ days: ['5', '2'] })).toEqual({ every: 'week', interval: 1, days: [2, 5] });
    expect(pattern({ pattern: 'date', count: '2' }, '2026-12-15')).toEqual({
      every: 'month',
      interval: 1,
      by: 'date',
      date: 15,
    });
    expect(pattern({ pattern: 'nth', count: '2' })).toEqual({
      every: 'month',
      interval: 1,
      by: 'weekday',
      nth: 1,
      day: 2,
    });
    expect(pattern({ pattern: 'last', count: '2' }, '2026-12-29')).toMatchObject({ nth: -1, day: 2 });
  });

  test('and when it ends', () => {
    expect(read()).toMatchObject({ recurrence: { ends: { count: 4 } } });
    expect(read({ ends: 'until', until: lastDay })).toMatchObject({
      recurrence: { ends: { until: lastDay } },
    });
  });

  test.each<[keyof TypedPlan, Partial<TypedPlan>, string]>([
    ['pattern', { pattern: '' }, 'series.wrong.pattern'],
    ['pattern', { pattern: 'last' }, 'series.wrong.pattern'],
    ['interval', { interval: '0' }, 'series.wrong.interval'],
    ['interval', { interval: '1.5' }, 'series.wrong.interval'],
    ['interval', { interval: '53' }, 'series.wrong.interval'],
    ['days', { days: [] }, 'series.wrong.days'],
    ['days', { days: ['8'] }, 'series.wrong.days'],
    ['ends', { ends: '' }, 'series.wrong.ends'],
    ['until', { ends: 'until', until: '' }, 'series.wrong.until'],
    ['until', { ends: 'until', until: '2027-02-29' }, 'series.wrong.until'],
    ['until', { ends: 'until', until: '2026-11-30' }, 'series.wrong.untilBefore'],
    ['count', { count: '1' }, 'series.wrong.count'],
    ['count', { count: '1001' }, 'series.wrong.count'],
    ['count', { count: 'many' }, 'series.wrong.count'],
    ['until', { ends: 'until', until: '2027-01-31' }, 'series.refused.beyond'],
    ['count', { count: '10' }, 'series.refused.beyond'],
    ['until', { ends: 'until', until: '2026-12-03', days: ['5'] }, 'series.refused.none'],
  ])('what is wrong with %s is said there: %p', (field, its, key) => {
    expect(read(its)).toMatchObject({ ok: false, problems: { [field]: { key, field } } });
  });

  test('every wrong field is named at once', () => {
    const plan = read({ pattern: '', interval: '', ends: 'until', until: '' });
    expect(plan.ok ? [] : Object.keys(plan.problems)).toEqual(['pattern', 'interval', 'until']);
  });

  test('the nearest that is possible is named, and possible', () => {
    fc.assert(
      fc.property(aPattern, fc.integer({ min: 2, max: 100 }), (its, count) => {
        const possible = days(its, first, lastDay).length;
        const breach = planBreach({ pattern: its, ends: { count } }, first, lastDay);
        expect(breach === null).toBe(possible >= count);
        if (breach && possible > 0) expect(breach.nearest?.figures).toEqual({ count: possible });
      }),
    );
  });

  test('a series of more than a thousand dates is refused with the last day that would do', () => {
    const breach = planBreach(
      { pattern: { every: 'day', interval: 1 }, ends: { until: '2029-12-31' } },
      first,
      '2030-12-31',
    );
    expect(breach).toMatchObject({ key: 'series.refused.tooMany', field: 'until' });
    expect(breach?.nearest?.figures).toEqual({ day: { day: '2029-08-26' } });
  });

  test('what the form holds at first is read as what was asked for', () => {
    fc.assert(
      fc.property(aPattern, (its) => {
        const [date] = days(its, first, '2027-11-30');
        const asked = { pattern: its, ends: { until: date ?? first } };
        expect(readPlan(presetPlan(asked, date ?? first, '2028-01-01'), date ?? first, '2028-01-01')).toEqual(
          {
            ok: true,
            recurrence: asked,
          },
        );
      }),
    );
    expect(presetPlan(null, first, lastDay)).toEqual(typed({ ends: 'until', until: lastDay, count: '' }));
  });

  test('only what the first day can begin is offered', () => {
    expect(planKindsFrom('2026-12-01')).toEqual(['day', 'week', 'date', 'nth']);
    expect(planKindsFrom('2026-12-25')).toEqual(['day', 'week', 'date', 'nth', 'last']);
    expect(planKindsFrom('2026-12-30')).toEqual(['day', 'week', 'date', 'last']);
  });
});

describe('[2.1] a recurrence in words', () => {
  const say = (language: Language, rule: string) => {
    const recurrence = readRecurrence(rule, first);
    return recurrence ? recurrenceText(createReader(language, 'Europe/Berlin', tuesday), recurrence) : null;
  };

  test.each([
    ['FREQ=DAILY', 'every day', '每天', '每天'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=5', 'every 3 days, 5 times', '每 3 天，共 5 次', '每 3 天，共 5 次'],
    ['FREQ=WEEKLY;BYDAY=MO', 'every week on Monday', '每週：週一', '每周：周一'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231',
      'every 2 weeks on Monday and Wednesday until Thu, Dec 31, 2026',
      '每 2 週：週一、週三，到 2026年12月31日週四 為止',
      '每 2 周：周一、周三，到 2026年12月31日周四 为止',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15', '每月 15 日', '每月 15 日'],
    [
      'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1',
      'every 2 months on day 1',
      '每 2 個月的 1 日',
      '每 2 个月的 1 日',
    ],
    ['FREQ=MONTHLY;BYDAY=1MO', 'every month on the first Monday', '每月：第一個週一', '每月：第一个周一'],
    [
      'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR',
      'every 3 months on the last Friday',
      '每 3 個月：最後一個週五',
      '每 3 个月：最后一个周五',
    ],
  ])('%s', (rule, en, traditional, simplified) => {
    expect([say('en', rule), say('zh-TW', rule), say('zh-CN', rule)]).toEqual([en, traditional, simplified]);
  });
});
