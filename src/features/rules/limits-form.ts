import { timeOfDay } from '../../core/time.ts';
import type { Field, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Limits, materialChanges } from './domain.ts';
import { beginField, type Opened } from './form-parts.ts';
import {
  bounds,
  type LimitProblems,
  leadChoices,
  mostReminders,
  stepChoices,
  type TypedLimits,
} from './typed-limits.ts';
import { materialText, weekdayText } from './words.ts';

/** The form for the organisation's parameters, filled from a version or with what was typed before. */
export function limitsForm(reader: Reader, opened: Opened<LimitProblems> & { typed: TypedLimits }): Form {
  const { typed, problems = {}, remarks = {} } = opened;
  const at = (name: keyof Limits) => {
    const problem = problems[name];
    const error = problem ? reader.refusal(problem) : remarks[name];
    return { name, label: reader.t(`rules.limit.${name}`), ...(error !== undefined && { error }) };
  };
  const number = (name: keyof typeof bounds): Field => {
    const [min, max] = bounds[name];
    const hint = name === 'horizonDays' ? 'rules.hint.days' : hints[name];
    return {
      kind: 'number',
      ...at(name),
      value: typed[name],
      min,
      max,
      required: true,
      hint: reader.t(hint),
    };
  };
  const time = (name: 'opens' | 'closes' | 'workFrom' | 'workUntil'): Field => ({
    kind: 'text',
    ...at(name),
    value: typed[name],
    required: true,
    hint: reader.t('rules.hint.time', { example: timeOfDay(510) }),
  });
  const choices = (name: 'reminders' | 'material' | 'workDays', options: Option[]): Field => ({
    kind: 'choices',
    ...at(name),
    value: typed[name],
    options,
  });
  const lengths = (minutes: readonly number[]): Option[] =>
    minutes.map((length) => ({ value: String(length), label: reader.duration(length) }));

  return {
    layout: 'form',
    title: reader.t('rules.limits.title'),
    command: 'rules.saveLimits',
    submit: reader.t('rules.button.save'),
    cancel: reader.t('common.cancel'),
    data: { token: opened.token, base: String(opened.base) },
    ...(opened.banner && { banner: opened.banner }),
    fields: [
      number('horizonDays'),
      number('maxMinutes'),
      time('opens'),
      time('closes'),
      {
        kind: 'choice',
        ...at('stepMinutes'),
        value: typed.stepMinutes,
        required: true,
        options: lengths(stepChoices),
      },
      {
        ...choices('reminders', lengths(leadChoices)),
        hint: reader.t('rules.hint.reminders', { count: mostReminders }),
      },
      choices(
        'material',
        materialChanges.map((change) => ({ value: change, label: materialText(reader, change) })),
      ),
      number('cancelMinutes'),
      number('lateMinutes'),
      number('remindReviewersMinutes'),
      number('escalateMinutes'),
      number('offerMinutes'),
      {
        ...choices(
          'workDays',
          [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekdayText(reader, day) })),
        ),
        required: true,
      },
      time('workFrom'),
      time('workUntil'),
      beginField(reader, opened),
    ],
  };
}

const hints = {
  maxMinutes: 'rules.hint.minutes',
  cancelMinutes: 'rules.hint.cancel',
  lateMinutes: 'rules.hint.late',
  remindReviewersMinutes: 'rules.hint.working',
  escalateMinutes: 'rules.hint.working',
  offerMinutes: 'rules.hint.minutes',
} as const;
