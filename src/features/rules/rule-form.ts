import { roles } from '../../core/rights.ts';
import type { Field, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { roomKinds } from '../rooms/domain.ts';
import { approvalDecisions } from './approval.ts';
import { beginField, type Opened } from './form-parts.ts';
import type { Named } from './names.ts';
import {
  type Nameable,
  type RuleField,
  type RuleProblems,
  ruleBounds,
  ruleNameLength,
  type TypedRule,
  workingHoursChoices,
} from './typed-rule.ts';

/** Up to so many names are chosen from a list; more than that are typed. */
const mostListed = 20;

/** The form for one rule of approval (2.2). `rule`: the name of the one that is changed; empty: it is a new one. */
export function ruleForm(
  reader: Reader,
  opened: Opened<RuleProblems> & { rule: string; typed: TypedRule; known: Nameable },
): Form {
  const { typed, known, problems = {}, remarks = {} } = opened;
  const at = (name: RuleField) => {
    const problem = problems[name];
    const error = problem ? reader.refusal(problem) : remarks[name];
    return { name, label: reader.t(`rules.rule.${name}`), ...(error !== undefined && { error }) };
  };
  const number = (name: keyof typeof ruleBounds): Field => {
    const [min, max] = ruleBounds[name];
    const hint = hints[name];
    return {
      kind: 'number',
      ...at(name),
      value: typed[name],
      min,
      max,
      ...(hint && { hint: reader.t(hint) }),
    };
  };
  const choices = (name: 'kinds' | 'roles', options: Option[]): Field => ({
    kind: 'choices',
    ...at(name),
    value: typed[name],
    options,
  });
  return {
    layout: 'form',
    title: opened.rule ? reader.t('rules.approval.edit') : reader.t('rules.approval.add'),
    command: 'rules.saveRule',
    submit: reader.t('rules.button.save'),
    cancel: reader.t('common.cancel'),
    data: { token: opened.token, base: String(opened.base), rule: opened.rule },
    ...(opened.banner && { banner: opened.banner }),
    fields: [
      { kind: 'text', ...at('name'), value: typed.name, required: true, maxLength: ruleNameLength },
      {
        kind: 'choice',
        ...at('decision'),
        value: typed.decision,
        required: true,
        options: approvalDecisions.map((decision) => ({
          value: decision,
          label: reader.t(`rules.decision.${decision}`),
        })),
      },
      namesField(reader, at('sites'), typed.sites, known.sites),
      namesField(reader, at('rooms'), typed.rooms, known.rooms),
      choices(
        'kinds',
        roomKinds.map((kind) => ({ value: kind, label: reader.t(`rooms.kind.${kind}`) })),
      ),
      number('minMinutes'),
      number('maxMinutes'),
      number('minHeadcount'),
      number('maxHeadcount'),
      choices(
        'roles',
        roles.map((role) => ({ value: role, label: reader.t(`people.role.${role}`) })),
      ),
      namesField(reader, at('departments'), typed.departments, known.departments),
      number('minLead'),
      number('maxLead'),
      {
        kind: 'choice',
        ...at('workingHours'),
        value: typed.workingHours,
        options: workingHoursChoices.map((value) => ({
          value,
          label: reader.t(`rules.workingHours.${value}`),
        })),
      },
      beginField(reader, opened),
    ],
  };
}

const hints: Partial<Record<RuleField, 'rules.hint.minutes' | 'rules.hint.lead'>> = {
  minMinutes: 'rules.hint.minutes',
  maxMinutes: 'rules.hint.minutes',
  minLead: 'rules.hint.lead',
  maxLead: 'rules.hint.lead',
};

/** Names are chosen from a short list, and typed one a line where the list would be long or was typed before. */
function namesField(
  reader: Reader,
  base: { name: string; label: string; error?: string },
  typed: string | readonly string[],
  known: readonly Named[],
): Field {
  if (typeof typed !== 'string' && known.length > 0 && known.length <= mostListed)
    return {
      kind: 'choices',
      ...base,
      value: [...typed],
      options: known.map(({ value, label }) => ({ value, label })),
    };
  const labels = new Map(known.map(({ value, label }) => [value, label]));
  const text =
    typeof typed === 'string' ? typed : typed.map((value) => labels.get(value) ?? value).join('\n');
  return { kind: 'text', ...base, value: text, multiline: true, hint: reader.t('rules.hint.names') };
}
