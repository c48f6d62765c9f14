import type { ViewStateValue } from '@slack/bolt';
import type { Values } from '../../core/view.ts';

type State = { values: Record<string, Record<string, ViewStateValue>> };

/** What was filled into a form, by field. What was left empty comes as an empty text or list. */
export function readValues(state: State): Values {
  return Object.fromEntries(
    Object.entries(state.values).flatMap(([field, inputs]) => {
      const [input] = Object.values(inputs);
      return input ? [[field, filled(input)]] : [];
    }),
  );
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
