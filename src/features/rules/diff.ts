import { isDeepStrictEqual } from 'node:util';
import {
  type ApprovalDecision,
  type ApprovalRule,
  type ApprovalWhen,
  type Condition,
  conditions,
} from './approval.ts';
import { type Layer, type Limits, limitNames, type RulesDocument } from './domain.ts';

/** One thing in which two versions of the rules differ (9.5, 10.2). Places count from 1. */
export type Difference =
  | { kind: 'limit'; name: keyof Limits; before: Limits; after: Limits }
  | { kind: 'site'; site: string; name: keyof Layer; before: Layer; after: Layer }
  | { kind: 'added' | 'removed'; rule: ApprovalRule; place: number }
  | { kind: 'renamed'; before: string; after: string }
  /** `behind`: the rule that now stands right before it; null: none does. */
  | { kind: 'moved'; rule: string; place: number; behind: string | null }
  | { kind: 'condition'; rule: string; name: Condition; before: ApprovalWhen; after: ApprovalWhen }
  | { kind: 'decision'; rule: string; before: ApprovalDecision; after: ApprovalDecision };

/** Everything in which two documents differ; none: they are equal. Rules of approval are known by their names. */
export const differences = (before: RulesDocument, after: RulesDocument): Difference[] => [
  ...limitDifferences(before.organisation, after.organisation),
  ...siteDifferences(before.sites, after.sites),
  ...approvalDifferences(before.organisation.approval, after.organisation.approval),
];

const limitDifferences = (before: Limits, after: Limits): Difference[] =>
  limitNames
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => ({ kind: 'limit', name, before, after }));

function siteDifferences(before: RulesDocument['sites'], after: RulesDocument['sites']): Difference[] {
  const sites = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const names = ['horizonDays', 'maxMinutes', 'opens', 'closes'] as const satisfies Array<keyof Layer>;
  return sites.flatMap((site) => {
    const [old, now] = [before[site] ?? {}, after[site] ?? {}];
    return names
      .filter((name) => old[name] !== now[name])
      .map((name): Difference => ({ kind: 'site', site, name, before: old, after: now }));
  });
}

function approvalDifferences(before: readonly ApprovalRule[], after: readonly ApprovalRule[]): Difference[] {
  const renamed = renames(before, after);
  const old = before.map((rule) => ({ ...rule, name: renamed.get(rule.name) ?? rule.name }));
  const placeIn = (rules: readonly ApprovalRule[], { name }: ApprovalRule) =>
    rules.findIndex((it) => it.name === name);
  const isIn = (rules: readonly ApprovalRule[]) => (rule: ApprovalRule) => placeIn(rules, rule) >= 0;

  const kept = old.filter(isIn(after));
  const inOrder = new Set(longestRising(kept.map((rule) => placeIn(after, rule))));
  return [
    ...old
      .filter((rule) => !isIn(after)(rule))
      .map((rule): Difference => ({ kind: 'removed', rule, place: placeIn(old, rule) + 1 })),
    ...after
      .filter((rule) => !isIn(old)(rule))
      .map((rule): Difference => ({ kind: 'added', rule, place: placeIn(after, rule) + 1 })),
    ...[...renamed].map(([from, to]): Difference => ({ kind: 'renamed', before: from, after: to })),
    ...kept
      .map((rule) => placeIn(after, rule))
      .filter((place) => !inOrder.has(place))
      .sort((a, b) => a - b)
      .map(
        (place): Difference => ({
          kind: 'moved',
          rule: after[place]?.name ?? '',
          place: place + 1,
          behind: after[place - 1]?.name ?? null,
        }),
      ),
    ...kept.flatMap((rule) => {
      const now = after[placeIn(after, rule)];
      return now ? ruleDifferences(rule, now) : [];
    }),
  ];
}

/** New names by old ones: a rule that is gone and one that is new, and that say the same, are one rule. */
function renames(before: readonly ApprovalRule[], after: readonly ApprovalRule[]): Map<string, string> {
  const missing = (rules: readonly ApprovalRule[]) => (rule: ApprovalRule) =>
    !rules.some((it) => it.name === rule.name);
  const found = new Map<string, string>();
  const fresh = after.filter(missing(before));
  for (const old of before.filter(missing(after))) {
    const at = fresh.findIndex((it) => it.decision === old.decision && isDeepStrictEqual(it.when, old.when));
    const [taken] = at < 0 ? [] : fresh.splice(at, 1);
    if (taken) found.set(old.name, taken.name);
  }
  return found;
}

function ruleDifferences(before: ApprovalRule, after: ApprovalRule): Difference[] {
  const changed = conditions.filter((name) => !isDeepStrictEqual(before.when[name], after.when[name]));
  const rule = after.name;
  return [
    ...changed.map(
      (name): Difference => ({ kind: 'condition', rule, name, before: before.when, after: after.when }),
    ),
    ...(before.decision === after.decision
      ? []
      : [{ kind: 'decision', rule, before: before.decision, after: after.decision } as const]),
  ];
}

/** A longest part of a list of different numbers that rises: whatever is not in it has been moved. */
function longestRising(numbers: readonly number[]): number[] {
  const best: number[][] = [];
  for (const [at, number] of numbers.entries()) {
    const before = best.filter((_, earlier) => (numbers[earlier] ?? number) < number);
    const longest = before.reduce((a, b) => (b.length > a.length ? b : a), []);
    best[at] = [...longest, number];
  }
  return best.reduce((a, b) => (b.length > a.length ? b : a), []);
}
