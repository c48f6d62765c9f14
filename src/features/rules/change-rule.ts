import { z } from 'zod';
import { type CommandContext, type CommandDef, command } from '../../core/feature.ts';
import type { Answer } from '../../core/view.ts';
import type { ApprovalRule } from './approval.ts';
import { listApproval } from './change-approval.ts';
import { madeCard, makeVersion, type Overtaken, openOn, overtakenBy } from './edit.ts';
import { readBegin } from './in-force.ts';
import { nameableIn, type RulesParts, roomLabels } from './parts.ts';
import { ruleForm } from './rule-form.ts';
import { latestRules, type RulesVersion } from './store.ts';
import {
  type RuleField,
  type RuleProblems,
  readRule,
  type TypedRule,
  typedRule,
  typeRule,
} from './typed-rule.ts';
import { conditionText } from './words.ts';

/** More than these nobody can keep in mind, and each request is judged by all of them. */
const mostRules = 50;

const submission = typedRule.extend({
  token: z.string(),
  base: z.coerce.number().int().min(1),
  /** The name of the rule that is changed; empty: a new one. */
  rule: z.string().default(''),
  from: z.string().default(''),
});

/** Admins write rules of approval (2.2); each change is a new version (10.2). */
export function ruleCommands(parts: RulesParts): Record<string, CommandDef> {
  return {
    'rules.addRule': command({
      right: 'admin',
      input: z.object({}),
      acts: false,
      handle: (context) => open(context, parts, null),
    }),
    'rules.editRule': command({
      right: 'admin',
      input: z.object({ rule: z.string() }),
      acts: false,
      async handle(context, input) {
        const rule = ruleNamed(await latestRules(context.tx), input.rule);
        if (rule) return open(context, parts, rule);
        const text = context.reader.t('rules.approval.gone', { rule: input.rule });
        return listApproval(context, parts, { page: 1, banner: { tone: 'warning', text } });
      },
    }),
    'rules.saveRule': command({
      right: 'admin',
      input: submission,
      acts: true,
      handle: (context, input) => save(context, parts, input),
    }),
  };
}

const ruleNamed = ({ document }: RulesVersion, name: string): ApprovalRule | null =>
  document.organisation.approval.find((rule) => rule.name === name) ?? null;

async function open(context: CommandContext, parts: RulesParts, rule: ApprovalRule | null): Promise<Answer> {
  const { latest, ...opened } = await openOn(context);
  const form = ruleForm(context.reader, {
    ...opened,
    token: context.token(),
    base: latest.version,
    rule: rule?.name ?? '',
    typed: typeRule(rule),
    known: await nameableIn(context, parts, rule),
  });
  return { kind: 'form', form };
}

async function save(
  context: CommandContext,
  parts: RulesParts,
  { token, base, rule: name, from, ...typed }: z.infer<typeof submission>,
): Promise<Answer> {
  const { tx, now, reader } = context;
  const latest = await latestRules(tx);
  const { organisation } = latest.document;
  const changed = ruleNamed(latest, name);
  const others = organisation.approval.filter((it) => it !== changed);
  const known = await nameableIn(context, parts, changed);
  const read = readRule(
    typed,
    known,
    others.map((it) => it.name),
  );
  const begin = readBegin(from, now, reader.zone, latest.from);
  const problems: RuleProblems = {
    ...(read.ok ? {} : read.problems),
    ...(begin.ok ? {} : { from: begin.refusal }),
    ...(others.length >= mostRules && {
      name: { key: 'rules.wrong.tooMany', figures: { most: mostRules }, field: 'name' },
    }),
  };
  const back = {
    token,
    base: latest.version,
    begin: from,
    rule: changed?.name ?? '',
    typed,
    known,
    problems,
  };

  const overtaken = await overtakenBy(context, parts, base, latest, 'form');
  if (overtaken) {
    const gone = name !== '' && !changed ? [reader.t('rules.stale.gone', { rule: name })] : [];
    const text = [overtaken.banner.text, ...gone].join('\n');
    const remarks = await remarksOn(context, parts, overtaken, latest, { typed, rule: changed });
    return {
      kind: 'invalid',
      form: ruleForm(reader, { ...back, remarks, banner: { tone: 'warning', text } }),
    };
  }
  if (!read.ok || !begin.ok || Object.keys(problems).length > 0)
    return { kind: 'invalid', form: ruleForm(reader, back) };

  const approval = changed
    ? organisation.approval.map((it) => (it === changed ? read.rule : it))
    : [...organisation.approval, read.rule];
  const made = await makeVersion(context, latest, { ...organisation, approval }, begin.from);
  if (made) return madeCard(context, parts, made);
  const text = reader.t('rules.begin.same', { version: latest.version });
  return { kind: 'invalid', form: ruleForm(reader, { ...back, banner: { tone: 'warning', text } }) };
}

/** At each field of this rule that somebody else has changed: what they set, where the form says otherwise. */
async function remarksOn(
  context: CommandContext,
  parts: RulesParts,
  { changes }: Overtaken,
  { version }: RulesVersion,
  { typed, rule }: { typed: TypedRule; rule: ApprovalRule | null },
): Promise<Partial<Record<RuleField, string>>> {
  if (!rule) return {};
  const { reader } = context;
  const rooms = await roomLabels(context, parts);
  const theirs = typeRule(rule);
  const set = changes.flatMap((change): Array<[RuleField, string]> => {
    if (change.kind === 'condition' && change.rule === rule.name)
      return [[change.name, conditionText(reader, change.name, change.after, rooms)]];
    if (change.kind === 'decision' && change.rule === rule.name)
      return [['decision', reader.t(`rules.decision.${change.after}`)]];
    return [];
  });
  return Object.fromEntries(
    set
      .filter(([field]) => String(typed[field]) !== String(theirs[field]))
      .map(([field, value]) => [field, reader.t('rules.stale.field', { version, value })]),
  );
}
