import type { types } from '@slack/bolt';
import type { SlackView } from './slack-edge.ts';

/** What somebody fills in, by field: as a text, a list, or ticked or not. */
export type Filled = Record<string, string | string[] | boolean>;

/** Everything that a message or view says to who reads it. */
export const textOf = (value: unknown): string => textsOf(value).join('\n');

const textsOf = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, part]) =>
        key === 'text' && typeof part === 'string' ? [part] : textsOf(part),
      );

/** The buttons of a message, in order. */
export const buttonsOf = ({ blocks }: { blocks: types.KnownBlock[] }): types.Button[] =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .filter((element) => element.type === 'button');

/** The inputs of a view by field. */
export const inputsOf = (view: SlackView): Map<string, types.InputBlock> =>
  new Map(
    (view.blocks as types.KnownBlock[]).flatMap((block) =>
      block.type === 'input' && block.block_id ? [[block.block_id, block]] : [],
    ),
  );

/** A view's state as Slack sends it with a submission: what stood there, and what was filled in since. */
export function stateOf(view: SlackView, filled: Filled) {
  const unknown = Object.keys(filled).filter((name) => !inputsOf(view).has(name));
  if (unknown.length > 0) throw new Error(`the form has no ${unknown.join(', ')}`);
  const values = Object.fromEntries(
    [...inputsOf(view)].map(([name, { element }]) => [
      name,
      { [element.action_id ?? '']: { type: element.type, ...filledIn(element, filled[name]) } },
    ]),
  );
  return { values };
}

function filledIn(element: types.InputBlockElement, given: Filled[string] | undefined): object {
  const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
  const one = typeof given === 'string' ? given : undefined;
  const many = Array.isArray(given) ? given : undefined;
  switch (element.type) {
    case 'datepicker':
      return { selected_date: one ?? element.initial_date ?? null };
    case 'static_select':
    case 'external_select':
      return { selected_option: one === undefined ? (element.initial_option ?? null) : option(one) };
    case 'multi_static_select':
      return { selected_options: many?.map(option) ?? element.initial_options ?? [] };
    case 'checkboxes':
      return { selected_options: (given ?? Boolean(element.initial_options)) ? element.options : [] };
    case 'users_select':
      return { selected_user: one ?? element.initial_user ?? null };
    case 'multi_users_select':
      return { selected_users: many ?? element.initial_users ?? [] };
    default:
      return { value: one ?? ('initial_value' in element ? element.initial_value : undefined) ?? null };
  }
}
