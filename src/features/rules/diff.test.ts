import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { approvals, aRule, rulesWith, versions } from '../../../test/support/rules.ts';
import type { ApprovalRule } from './approval.ts';
import { differences } from './diff.ts';
import { defaultDocument, limitNames } from './domain.ts';

const [a, b, c] = ['A', 'B', 'C'].map((name, n) => aRule({ name, when: { minHeadcount: n + 1 } })) as [
  ApprovalRule,
  ApprovalRule,
  ApprovalRule,
];
const between = (before: ApprovalRule[], after: ApprovalRule[]) =>
  differences(rulesWith(...before), rulesWith(...after));

describe('[10.2] what differs between two versions', () => {
  test('equal documents do not differ, and different ones do', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        expect(differences(before, JSON.parse(JSON.stringify(before)))).toEqual([]);
        expect(differences(before, after).length === 0).toBe(isDeepStrictEqual(before, after));
      }),
    );
  });

  test('every parameter that changed is named once, and no other', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        const named = differences(before, after).flatMap((it) => (it.kind === 'limit' ? [it.name] : []));
        const changed = limitNames.filter(
          (name) => !isDeepStrictEqual(before.organisation[name], after.organisation[name]),
        );
        expect(named).toEqual(changed);
      }),
    );
  });

  test('following what it says leads from the rules before to the rules after', () => {
    fc.assert(
      fc.property(approvals, approvals, (before, after) => {
        expect(followed(before, differences(rulesWith(...before), rulesWith(...after)))).toEqual(after);
      }),
    );
  });

  test('a parameter of a site', () => {
    const before = { ...defaultDocument, sites: { Berlin: { opens: 540, maxMinutes: 60 } } };
    const after = { ...defaultDocument, sites: { Berlin: { opens: 600 }, Taipei: { closes: 1080 } } };
    expect(differences(before, after).map((it) => it.kind === 'site' && [it.site, it.name])).toEqual([
      ['Berlin', 'maxMinutes'],
      ['Berlin', 'opens'],
      ['Taipei', 'closes'],
    ]);
  });

  test('a rule added in the middle moves nobody', () => {
    expect(between([a, c], [a, b, c])).toEqual([{ kind: 'added', rule: b, place: 2 }]);
  });

  test('a rule removed from the front moves nobody', () => {
    expect(between([a, b, c], [b, c])).toEqual([{ kind: 'removed', rule: a, place: 1 }]);
  });

  test('one that went to the front is the only one that moved', () => {
    expect(between([a, b, c], [c, a, b])).toEqual([{ kind: 'moved', rule: 'C', place: 1, behind: null }]);
  });

  test('one that went to the end is the only one that moved', () => {
    expect(between([a, b, c], [b, c, a])).toEqual([{ kind: 'moved', rule: 'A', place: 3, behind: 'C' }]);
  });

  test('another name alone is no removal', () => {
    expect(between([a, b], [{ ...a, name: 'Z' }, b])).toEqual([{ kind: 'renamed', before: 'A', after: 'Z' }]);
  });

  test('each condition that changed, and what the rule does', () => {
    const changed: ApprovalRule = { ...a, when: { maxHeadcount: 9 }, decision: 'refuse' };
    expect(between([a], [changed])).toEqual([
      { kind: 'condition', rule: 'A', name: 'minHeadcount', before: a.when, after: changed.when },
      { kind: 'condition', rule: 'A', name: 'maxHeadcount', before: a.when, after: changed.when },
      { kind: 'decision', rule: 'A', before: 'askTwo', after: 'refuse' },
    ]);
  });
});

/** The rules after doing what the differences tell, in the way that somebody who reads them would. */
function followed(before: readonly ApprovalRule[], told: ReturnType<typeof differences>): ApprovalRule[] {
  let rules = [...before];
  const placed: Array<{ place: number; rule: ApprovalRule }> = [];
  const take = (name: string) => {
    const rule = rules.find((it) => it.name === name);
    rules = rules.filter((it) => it.name !== name);
    if (!rule) throw new Error(`no rule ${name}`);
    return rule;
  };
  for (const it of told) if (it.kind === 'removed') take(it.rule.name);
  const renamed = new Map(told.flatMap((it) => (it.kind === 'renamed' ? [[it.before, it.after]] : [])));
  rules = rules.map((rule) => ({ ...rule, name: renamed.get(rule.name) ?? rule.name }));
  for (const it of told) if (it.kind === 'moved') placed.push({ place: it.place, rule: take(it.rule) });
  for (const it of told) if (it.kind === 'added') placed.push({ place: it.place, rule: it.rule });
  for (const { place, rule } of placed.sort((one, other) => one.place - other.place))
    rules.splice(place - 1, 0, rule);
  for (const it of told) {
    if (it.kind === 'decision')
      rules = rules.map((rule) => (rule.name === it.rule ? { ...rule, decision: it.after } : rule));
    if (it.kind === 'condition') {
      const wanted = it.after[it.name];
      rules = rules.map((rule) => {
        if (rule.name !== it.rule) return rule;
        const { [it.name]: _, ...others } = rule.when;
        return { ...rule, when: wanted === undefined ? others : { ...others, [it.name]: wanted } };
      });
    }
  }
  return rules;
}
