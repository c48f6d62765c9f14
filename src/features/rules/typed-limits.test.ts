import { describe, expect, test } from '@jest/globals';
import { defaultRules, limitNames } from './domain.ts';
import { readLimits, type TypedLimits, typeLimits } from './typed-limits.ts';

const { approval: _, ...limits } = defaultRules;
const wrong = (its: Partial<TypedLimits>) => {
  const read = readLimits({ ...typeLimits(limits), ...its });
  return read.ok ? [] : Object.entries(read.problems).map(([field, problem]) => [field, problem.key]);
};

describe('[10.2] the parameters as they are typed', () => {
  test('an untouched form reads back as what it was filled from', () => {
    expect(readLimits(typeLimits(limits))).toEqual({ ok: true, limits });
    const other = {
      ...limits,
      opens: 0,
      closes: 1440,
      reminders: [],
      material: [],
      cancelMinutes: 0,
      workDays: [7],
    };
    expect(readLimits(typeLimits(other))).toEqual({ ok: true, limits: other });
  });

  test.each<[field: keyof TypedLimits, ...wrong: string[]]>([
    ['horizonDays', '0', '731', '', 'x', '1.5', '-1', '1e2'],
    ['maxMinutes', '4', '1441', ''],
    ['opens', '8', '24:01', ''],
    ['closes', '7pm', ''],
    ['stepMinutes', '7', '', '0'],
    ['cancelMinutes', '-1', '1441', ''],
    ['lateMinutes', '10081', ''],
    ['remindReviewersMinutes', '4', '1201'],
    ['escalateMinutes', '9', '1201'],
    ['offerMinutes', '0', '241'],
    ['workFrom', '25:00', ''],
    ['workUntil', 'noon', ''],
  ])('%s: bad values are refused at the field', (field, ...values) => {
    for (const value of values) expect(wrong({ [field]: value }).map(([name]) => name)).toEqual([field]);
  });

  test.each<[what: string, typed: Partial<TypedLimits>, field: keyof TypedLimits, key: string]>([
    [
      'rooms that close before they open',
      { opens: '18:00', closes: '08:00' },
      'closes',
      'rules.wrong.closes',
    ],
    [
      'a longest booking shorter than a step',
      { maxMinutes: '30', stepMinutes: '60' },
      'maxMinutes',
      'rules.wrong.belowStep',
    ],
    ['admins before reviewers', { escalateMinutes: '120' }, 'escalateMinutes', 'rules.wrong.escalate'],
    ['no working day', { workDays: [] }, 'workDays', 'rules.wrong.workDays'],
    ['no working time', { workFrom: '09:00', workUntil: '09:00' }, 'workUntil', 'rules.wrong.workUntil'],
    [
      'too many reminders',
      { reminders: ['5', '10', '15', '30', '60', '120'] },
      'reminders',
      'rules.wrong.reminders',
    ],
  ])('%s is refused', (_, typed, field, key) => {
    expect(wrong(typed)).toEqual([[field, key]]);
  });

  test('everything that is wrong is named at once, one thing a field', () => {
    const empty = Object.fromEntries(limitNames.map((name) => [name, ''])) as unknown as TypedLimits;
    const fields = wrong({ ...empty, reminders: [], material: [], workDays: [] }).map(([name]) => name);
    expect(fields.sort()).toEqual(limitNames.filter((it) => it !== 'reminders' && it !== 'material').sort());
  });
});
