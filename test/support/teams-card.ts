import type { CardJson } from '../../src/chat/teams/limits.ts';

/*
 * What a person at the client can do with a card: read it, fill in its inputs, press its buttons.
 */

export type Inputs = Record<string, string | string[] | boolean>;
export type Press = { verb: string; data: CardJson };

/** Everything that a card shows, line by line, without what is folded in. */
export function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).filter(Boolean).join('\n');
  if (!isNode(node)) return '';
  const own = ['text', 'label', 'title', 'altText']
    .map((name) => node[name])
    .filter((it) => typeof it === 'string');
  const inner = ['body', 'items', 'columns', 'inlines', 'actions'].map((name) => textOf(node[name]));
  return [...own, ...inner].filter(Boolean).join('\n');
}

/** The titles of the buttons that can be seen without unfolding anything. */
export const buttonsOf = (card: CardJson): string[] => actionsIn(card).map((action) => String(action.title));

/** Where a button leads to. @throws where no button of that title leads anywhere. */
export function linkOf(card: CardJson, title: string): string {
  const action = actionsIn(card).find((it) => it.title === title);
  if (typeof action?.url !== 'string')
    throw new Error(`no link "${title}" among ${buttonsOf(card).join(', ')}`);
  return action.url;
}

/** What an input holds, by the field's name. */
export function inputValue(card: CardJson, name: string): unknown {
  const input = inputsIn(card).find((it) => nameOf(it) === name);
  if (!input) throw new Error(`no input ${name} among ${inputsIn(card).map(nameOf).join(', ')}`);
  return input.value;
}

/**
 * Fills in inputs by field name and presses the button of that title, unfolding what has to be unfolded.
 * @throws where the client would not let it happen: no such button, no such input, a required one left empty.
 */
export function press(card: CardJson, title: string, inputs: Inputs = {}): Press {
  const action = actionsIn(card).find((it) => it.title === title);
  if (!action) throw new Error(`no button "${title}" among ${buttonsOf(card).join(', ')}`);
  if (action.type === 'Action.ShowCard') {
    const inner = action.card as CardJson;
    const [only] = actionsIn(inner);
    return filled(inputsIn(inner), only ?? {}, inputs);
  }
  return filled(action.associatedInputs === 'none' ? [] : inputsIn(card), action, inputs);
}

function filled(fields: CardJson[], action: CardJson, inputs: Inputs): Press {
  const unknown = Object.keys(inputs).filter((name) => !fields.some((field) => nameOf(field) === name));
  if (unknown.length > 0)
    throw new Error(`no input ${unknown.join(', ')} among ${fields.map(nameOf).join(', ')}`);
  const values = fields.flatMap((field): [string, string][] => {
    const name = nameOf(field);
    const value = name in inputs ? written(field, inputs[name]) : String(field.value ?? '');
    if (field.isRequired && value === '')
      throw new Error(`the client asks for ${name}: ${String(field.errorMessage)}`);
    // Like the clients, which leave empty inputs out.
    return value === '' ? [] : [[String(field.id), value]];
  });
  return { verb: String(action.verb), data: { ...(action.data as CardJson), ...Object.fromEntries(values) } };
}

function written(field: CardJson, value: Inputs[string] | undefined): string {
  if (!Array.isArray(value)) return String(value ?? '');
  const choices = (field.choices ?? []) as { title: string; value: string }[];
  return value.map((one) => choices.find(({ title }) => title === one)?.value ?? one).join(',');
}

const nameOf = (input: CardJson): string => String(input.id).replace(/^[^.]*\./, '');
const isNode = (node: unknown): node is CardJson => typeof node === 'object' && node !== null;

/** All nodes outside of unfolding cards. */
function* nodes(node: unknown): Generator<CardJson> {
  if (Array.isArray(node)) for (const item of node) yield* nodes(item);
  else if (isNode(node)) {
    yield node;
    if (node.type === 'Action.ShowCard') return;
    for (const [name, value] of Object.entries(node)) if (name !== 'data') yield* nodes(value);
  }
}

const typed = (card: CardJson, start: string): CardJson[] =>
  [...nodes(card)].filter((node) => String(node.type).startsWith(start));
const actionsIn = (card: CardJson): CardJson[] =>
  typed(card, 'Action.').filter((action) => 'title' in action);
const inputsIn = (card: CardJson): CardJson[] => typed(card, 'Input.');
