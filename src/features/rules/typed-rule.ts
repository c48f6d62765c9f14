import { z } from 'zod';
import type { RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { roles } from '../../core/rights.ts';
import { roomKinds } from '../rooms/domain.ts';
import { type ApprovalRule, type ApprovalWhen, approvalDecisions } from './approval.ts';
import { folded, type Named, readNames } from './names.ts';

const text = z.string().default('');
const list = z.array(z.string()).default([]);
/** Typed where there are many to choose from, else chosen. */
const names = z.union([z.string(), z.array(z.string())]).default('');

/** A rule of approval as it is typed into the form. */
export const typedRule = z.object({
  name: text,
  decision: text,
  sites: names,
  rooms: names,
  kinds: list,
  minMinutes: text,
  maxMinutes: text,
  minHeadcount: text,
  maxHeadcount: text,
  roles: list,
  departments: names,
  minLead: text,
  maxLead: text,
  workingHours: text,
});
export type TypedRule = z.infer<typeof typedRule>;
export type RuleField = keyof TypedRule;
export type RuleProblems = Partial<Record<RuleField | 'from', Refusal>>;

/** What a rule may name. */
export type Nameable = { sites: Named[]; rooms: Named[]; departments: Named[] };

export const ruleNameLength = 60;
export const workingHoursChoices = ['any', 'inside', 'outside'] as const;

/** The least and the most that a number may be; times are in minutes. */
export const ruleBounds = {
  minMinutes: [1, 1440],
  maxMinutes: [1, 1440],
  minHeadcount: [1, 10_000],
  maxHeadcount: [1, 10_000],
  minLead: [1, 1_051_200],
  maxLead: [1, 1_051_200],
} as const satisfies Partial<Record<RuleField, readonly [number, number]>>;

/** What an untouched form holds; null: a rule that is still to be written. */
export function typeRule(rule: ApprovalRule | null): TypedRule {
  const when = rule?.when ?? {};
  const number = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    name: rule?.name ?? '',
    decision: rule?.decision ?? '',
    sites: when.sites ?? [],
    rooms: when.rooms ?? [],
    kinds: when.kinds ?? [],
    minMinutes: number(when.minMinutes),
    maxMinutes: number(when.maxMinutes),
    minHeadcount: number(when.minHeadcount),
    maxHeadcount: number(when.maxHeadcount),
    roles: when.roles ?? [],
    departments: when.departments ?? [],
    minLead: number(when.minLead),
    maxLead: number(when.maxLead),
    workingHours: when.workingHours === undefined ? 'any' : when.workingHours ? 'inside' : 'outside',
  };
}

/**
 * Reads a typed rule. Every wrong field is named at once; what it names has to be there, else the names nearest to
 * it are offered.
 * @param others the names of the other rules: no two share one.
 */
export function readRule(
  typed: TypedRule,
  known: Nameable,
  others: readonly string[],
): { ok: true; rule: ApprovalRule } | { ok: false; problems: RuleProblems } {
  const problems: RuleProblems = {};
  const wrong = (field: RuleField, refusal: Omit<Refusal, 'field'>): undefined => {
    problems[field] ??= { ...refusal, field };
  };
  const name = typed.name.trim();
  if (name === '' || name.length > ruleNameLength)
    wrong('name', { key: 'rules.wrong.name', figures: { most: ruleNameLength } });
  if (others.some((other) => folded(other) === folded(name))) wrong('name', { key: 'rules.wrong.namesake' });
  const decision = approvalDecisions.find((it) => it === typed.decision);
  if (!decision) wrong('decision', { key: 'rules.wrong.decision' });

  const named = (field: keyof Nameable): string[] => {
    const read = readNames(typed[field], known[field]);
    if (read.ok) return read.values;
    const { name, ambiguous, nearest } = read.unread;
    wrong(field, {
      key: ambiguous ? 'rules.wrong.ambiguous' : 'rules.wrong.unknown',
      figures: { name },
      ...(nearest.length > 0 && {
        nearest: { key: 'rules.nearest.names', figures: { names: nearest.join(' / ') } },
      }),
    });
    return [];
  };
  const whole = (field: keyof typeof ruleBounds): number | undefined => {
    const [least, most] = ruleBounds[field];
    const value = typed[field].trim();
    if (value === '') return undefined;
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    return wrong(field, {
      key: field.endsWith('Headcount') ? 'rules.wrong.people' : 'rules.wrong.minutes',
      figures: { least, most },
    });
  };
  const range = (least: keyof typeof ruleBounds, most: keyof typeof ruleBounds): ApprovalWhen => {
    const [from, to] = [whole(least), whole(most)];
    if (from !== undefined && to !== undefined && from > to) wrong(most, { key: 'rules.wrong.range' });
    return { ...(from !== undefined && { [least]: from }), ...(to !== undefined && { [most]: to }) };
  };

  const when: ApprovalWhen = {
    ...filled('sites', named('sites')),
    ...filled('rooms', named('rooms') as RoomId[]),
    ...filled(
      'kinds',
      roomKinds.filter((kind) => typed.kinds.includes(kind)),
    ),
    ...range('minMinutes', 'maxMinutes'),
    ...range('minHeadcount', 'maxHeadcount'),
    ...filled(
      'roles',
      roles.filter((role) => typed.roles.includes(role)),
    ),
    ...filled('departments', named('departments')),
    ...range('minLead', 'maxLead'),
    ...(typed.workingHours === 'inside' && { workingHours: true }),
    ...(typed.workingHours === 'outside' && { workingHours: false }),
  };
  return Object.keys(problems).length > 0 || !decision
    ? { ok: false, problems }
    : { ok: true, rule: { name, when, decision } };
}

/** A condition that names nothing is none. */
const filled = <Name extends keyof ApprovalWhen>(
  name: Name,
  values: NonNullable<ApprovalWhen[Name]> & readonly unknown[],
): ApprovalWhen => (values.length === 0 ? {} : { [name]: values });
