/*
 * What Teams allows in a card, and what we ask of every card besides (a label for each input, a text for each
 * picture, nothing that reads Markdown). Everything that goes out passes `checkCard` in the tests, and
 * `bytesOf` in the renderer.
 */

export type CardJson = Record<string, unknown>;

/** Teams refuses messages over about 28 KB; the envelope around a card takes up to one of them. */
export const maxBytes = 27_000;

/** More buttons than these go to the overflow menu. */
export const maxButtons = 6;

export const bytesOf = (card: CardJson): number => Buffer.byteLength(JSON.stringify(card));

/** Everything that is wrong with a card, in words for a developer; empty when it may be sent. */
export function checkCard(card: CardJson): string[] {
  const problems: string[] = [];
  if (card.type !== 'AdaptiveCard') problems.push(`type is ${String(card.type)}`);
  if (card.version !== '1.5') problems.push(`version is ${String(card.version)}`);
  if (!filled(card.fallbackText)) problems.push('no fallbackText');
  if (bytesOf(card) > maxBytes) problems.push(`${bytesOf(card)} bytes, more than ${maxBytes}`);

  const ids = new Set<unknown>();
  for (const { node, at } of walk(card, '$')) {
    const found = checkNode(node);
    if (isInput(node)) {
      if (ids.has(node.id)) found.push(`id ${String(node.id)} is used twice`);
      ids.add(node.id);
    }
    problems.push(...found.map((problem) => `${at}: ${problem}`));
  }
  return problems;
}

function checkNode(node: CardJson): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(node))
    if (shown.has(name) && typeof value === 'string' && clientFunction.test(value))
      problems.push(`${name} holds a function that the client expands`);
  if (Array.isArray(node.actions)) {
    const primary = node.actions.filter((action: CardJson) => action.mode !== 'secondary').length;
    if (primary > maxButtons) problems.push(`${primary} buttons, more than ${maxButtons}`);
  }
  const missing = (needed[String(node.type)] ?? []).filter((name) => !filled(node[name]));
  if (isInput(node)) missing.push(...['id', 'label'].filter((name) => !filled(node[name])));
  problems.push(...missing.map((name) => `${String(node.type)} without ${name}`));

  if (node.type === 'TextBlock' || node.type === 'FactSet')
    problems.push(`${node.type} reads Markdown in what people typed`);
  if ((node.type === 'Action.OpenUrl' || node.type === 'Image') && !isWebAddress(node.url))
    problems.push('url is not a web address');
  return problems;
}

const needed: Record<string, string[]> = {
  Image: ['url', 'altText'],
  'Input.Toggle': ['title', 'value'],
  'Action.Execute': ['title', 'verb', 'data'],
  'Action.ShowCard': ['title', 'card'],
  'Action.OpenUrl': ['title', 'url'],
};

/** The properties whose text the client shows. */
const shown = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'fallbackText']);
const clientFunction = /\{\{(DATE|TIME)\(/i;

const isInput = (node: CardJson): boolean => String(node.type).startsWith('Input.');
const filled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;

/** True for an address that may be opened or shown: http, https. */
export const isWebAddress = (url: unknown): boolean =>
  typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url);

function* walk(node: unknown, at: string): Generator<{ node: CardJson; at: string }> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* walk(item, `${at}[${index}]`);
  } else if (typeof node === 'object' && node !== null) {
    yield { node: node as CardJson, at };
    for (const [name, value] of Object.entries(node))
      if (name !== 'data') yield* walk(value, `${at}.${name}`);
  }
}
