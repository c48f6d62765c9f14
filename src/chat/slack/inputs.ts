import type { types } from '@slack/bolt';
import { never } from '../../core/refusal.ts';
import type { Field, Option } from '../../core/view.ts';
import { limits } from './limits.ts';
import { cut, plain } from './text.ts';

/** Begins the id of an input whose options are looked up while typing; the source's name follows. */
export const sourceId = 'source:';

/** The input of a field; null for a choice among nothing, which Slack refuses to show. */
export function inputOf(field: Field): types.InputBlockElement | null {
  switch (field.kind) {
    case 'text': {
      const most = Math.min(field.maxLength ?? limits.inputText, limits.inputText);
      return {
        type: 'plain_text_input',
        action_id: 'value',
        multiline: field.multiline ?? false,
        max_length: most,
        ...(field.value && { initial_value: field.value.slice(0, most) }),
        ...placeholder(field),
      };
    }
    case 'number':
      return {
        type: 'number_input',
        action_id: 'value',
        is_decimal_allowed: false,
        ...(field.min !== undefined && { min_value: `${field.min}` }),
        ...(field.max !== undefined && { max_value: `${field.max}` }),
        ...(isWithin(field) && { initial_value: field.value }),
      };
    case 'date':
      return {
        type: 'datepicker',
        action_id: 'value',
        ...(isDate(field.value) && { initial_date: field.value }),
      };
    case 'toggle': {
      const option = { text: plain(field.text, limits.optionText), value: 'yes' };
      return {
        type: 'checkboxes',
        action_id: 'value',
        options: [option],
        ...(field.value && { initial_options: [option] }),
      };
    }
    case 'people':
      return field.multiple
        ? {
            type: 'multi_users_select',
            action_id: 'value',
            initial_users: field.value ?? [],
            ...placeholder(field),
          }
        : {
            type: 'users_select',
            action_id: 'value',
            ...(field.value?.[0] && { initial_user: field.value[0] }),
            ...placeholder(field),
          };
    case 'choice': {
      if (!field.source) return select(field);
      const chosen = field.options.find((option) => option.value === field.value);
      return {
        type: 'external_select',
        action_id: `${sourceId}${field.source}`,
        min_query_length: 0,
        ...(chosen && { initial_option: optionOf(chosen) }),
        ...placeholder(field),
      };
    }
    case 'time':
      return select(field);
    case 'choices': {
      const options = field.options.map(optionOf);
      const chosen = options.filter((option) => field.value?.includes(option.value));
      if (options.length === 0) return null;
      return {
        type: 'multi_static_select',
        action_id: 'value',
        ...listed(options),
        ...(chosen.length > 0 && { initial_options: chosen }),
        ...placeholder(field),
      };
    }
    default:
      return never(field);
  }
}

function select(field: Extract<Field, { kind: 'choice' | 'time' }>): types.StaticSelect | null {
  const options = field.options.map(optionOf);
  const chosen = options.find((option) => option.value === field.value);
  if (options.length === 0) return null;
  return {
    type: 'static_select',
    action_id: 'value',
    ...listed(options),
    ...(chosen && { initial_option: chosen }),
    ...('placeholder' in field && placeholder(field)),
  };
}

type SlackOption = types.PlainTextOption & { value: string };

/** An option as Slack takes it. */
export const optionOf = ({ value, label, description }: Option): SlackOption => ({
  text: plain(label, limits.optionText),
  value,
  ...(description && { description: plain(description, limits.optionText) }),
});

/** A list takes 100 options; more are shown in groups, named by their first and last. */
function listed(options: SlackOption[]): Pick<types.StaticSelect, 'options' | 'option_groups'> {
  if (options.length <= limits.options) return { options };
  const groups: NonNullable<types.StaticSelect['option_groups']> = [];
  for (let start = 0; start < options.length; start += limits.options) {
    const some = options.slice(start, start + limits.options);
    const [first, last] = [some[0], some.at(-1)].map((option) => cut(option?.text.text ?? '', 35));
    groups.push({ label: plain(`${first} – ${last}`, limits.optionText), options: some });
  }
  return { option_groups: groups.slice(0, limits.optionGroups) };
}

const placeholder = ({ placeholder }: { placeholder?: string }) =>
  placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {};

const isDate = (value: string | undefined): value is string => /^\d{4}-\d\d-\d\d$/.test(value ?? '');

// Slack does not open a form whose own number it would refuse.
const isWithin = (field: Extract<Field, { kind: 'number' }>): field is typeof field & { value: string } =>
  /^-?\d+$/.test(field.value ?? '') &&
  Number(field.value) >= (field.min ?? Number.NEGATIVE_INFINITY) &&
  Number(field.value) <= (field.max ?? Number.POSITIVE_INFINITY);
