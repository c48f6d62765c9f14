import type { ViewStateValue } from '@slack/bolt';
import type { Values } from '../../core/view.ts';

type State = { values: Record<string, Record<string, ViewStateValue>> };

/**
 * What was filled into a form, by field. What was left empty comes as an empty text or list.
 * @returns `people`: the fields that hold user ids
 */
export function readValues(state: State): { values: Values; people: string[] } {
  const values: Values = {};
  const people: string[] = [];
  for (const [field, inputs] of Object.entries(state.values)) {
    const [input] = Object.values(inputs);
    if (!input) continue;
    values[field] = filled(input);
    if (input.type === 'users_select' || input.type === 'multi_users_select') people.push(field);
  }
  return { values, people };
}

function filled(input: ViewStateValue): Values[string] {
  switch (input.type) {
    case 'checkboxes':
      return (input.selected_options ?? []).length > 0;
    case 'multi_static_select':
      return (input.selected_options ?? []).map(({ value }) => value);
    case 'multi_users_select':
      return input.selected_users ?? [];
    case 'users_select':
      return input.selected_user ? [input.selected_user] : [];
    case 'datepicker':
      return input.selected_date ?? '';
    case 'static_select':
    case 'external_select':
      return input.selected_option?.value ?? '';
    default:
      return input.value ?? '';
  }
}
