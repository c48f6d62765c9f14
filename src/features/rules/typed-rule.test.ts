import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { approvals, aRule } from '../../../test/support/rules.ts';
import { type Nameable, readRule, type TypedRule, typeRule } from './typed-rule.ts';

const named = (...names: string[]) => names.map((name) => ({ value: name.toLowerCase(), label: name }));
const known: Nameable = {
  sites: ['Berlin', 'Taipei'].map((name) => ({ value: name, label: name })),
  rooms: named('Alps', 'Jade'),
  departments: ['Sales', '研發'].map((name) => ({ value: name, label: name })),
};
const read = (its: Partial<TypedRule>, others: string[] = []) =>
  readRule({ ...typeRule(aRule()), ...its }, known, others);
const wrong = (its: Partial<TypedRule>, others: string[] = []) => {
  const it = read(its, others);
  return it.ok ? [] : Object.entries(it.problems).map(([field, problem]) => [field, problem.key]);
};

describe('[2.2] a rule of approval as it is typed', () => {
  test('an untouched form reads back as the rule that it was filled from', () => {
    const consistent = approvals.map((rules) =>
      rules.map((rule) => ({
        ...rule,
        when: Object.fromEntries(Object.entries(rule.when).filter(([name]) => !/^(max|min)/.test(name))),
      })),
    );
    fc.assert(
      fc.property(consistent, (rules) => {
        for (const rule of rules) expect(readRule(typeRule(rule), known, [])).toEqual({ ok: true, rule });
      }),
    );
    const bounded = aRule({
      when: { minMinutes: 1, maxMinutes: 2, minHeadcount: 3, maxHeadcount: 3, minLead: 4, maxLead: 5 },
    });
    expect(readRule(typeRule(bounded), known, [])).toEqual({ ok: true, rule: bounded });
  });

  test('what is left empty is no condition', () => {
    const typed = { minMinutes: ' ', sites: '', rooms: [], departments: '\n', workingHours: '' };
    expect(read(typed)).toEqual({ ok: true, rule: aRule({ when: {} }) });
  });

  test('names are typed as well as chosen', () => {
    expect(read({ sites: 'berlin, TAIPEI', rooms: 'Jade', departments: '研發', minMinutes: '' })).toEqual({
      ok: true,
      rule: aRule({ when: { sites: ['Berlin', 'Taipei'], rooms: ['jade'], departments: ['研發'] } as never }),
    });
  });

  test.each<[what: string, typed: Partial<TypedRule>, field: keyof TypedRule, key: string]>([
    ['no name', { name: ' ' }, 'name', 'rules.wrong.name'],
    ['a name too long', { name: 'x'.repeat(61) }, 'name', 'rules.wrong.name'],
    ['another rule’s name', { name: ' short ONES' }, 'name', 'rules.wrong.namesake'],
    ['nothing that it does', { decision: '' }, 'decision', 'rules.wrong.decision'],
    ['an unknown site', { sites: 'Berlim' }, 'sites', 'rules.wrong.unknown'],
    ['an unknown room', { rooms: ['gone'] }, 'rooms', 'rules.wrong.unknown'],
    ['an unknown department', { departments: 'Slaes' }, 'departments', 'rules.wrong.unknown'],
    ['a length that is none', { minMinutes: '1h' }, 'minMinutes', 'rules.wrong.minutes'],
    ['nobody', { maxHeadcount: '0' }, 'maxHeadcount', 'rules.wrong.people'],
    ['a lead of years', { maxLead: '1051201' }, 'maxLead', 'rules.wrong.minutes'],
    ['the most below the least', { minMinutes: '60', maxMinutes: '30' }, 'maxMinutes', 'rules.wrong.range'],
    [
      'fewer people than the fewest',
      { minHeadcount: '5', maxHeadcount: '4' },
      'maxHeadcount',
      'rules.wrong.range',
    ],
  ])('%s is refused at its field', (_, typed, field, key) => {
    expect(wrong(typed, ['Short ones'])).toEqual([[field, key]]);
  });

  test('a typo is answered with the nearest names', () => {
    const it = read({ sites: 'Berlim' });
    expect(!it.ok && it.problems.sites).toMatchObject({
      figures: { name: 'Berlim' },
      nearest: { key: 'rules.nearest.names', figures: { names: 'Berlin / Taipei' } },
    });
  });
});
