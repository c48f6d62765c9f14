import type { types } from '@slack/bolt';
import type { Action, Card, CommandAction, Fact, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Language } from '../../i18n/translate.ts';
import { limits, textLength } from './limits.ts';
import { cut, escapeText, piece, plain, toned } from './text.ts';
import { type ButtonData, buttonOf, encodeButton } from './wire.ts';

/** A message as Slack takes it: blocks, and a text for notifications and screen readers. */
export type Message = { text: string; blocks: types.KnownBlock[] };

type Block = types.KnownBlock;

/** Begins the id of a button that only opens a page: Slack tells of a click on it all the same. */
export const linkId = 'link';

/** Of a list's entry and of a fact: long enough for what people write, short enough for many in a message. */
const entryText = 1000;

/**
 * A card as a message.
 * @throws RangeError where a button's data is longer than Slack allows
 */
export function renderCard(card: Card, reader: Reader): Message {
  const rows = (card.rows ?? []).map((row) => rowBlocks(row, reader.language));
  return { text: fallback(card), blocks: arranged(upper(card), rows, lower(card, reader.language), reader) };
}

/** A card's blocks without its buttons: for a modal, where it shows how something ended. */
export function renderResult(card: Card, reader: Reader): Block[] {
  const rows = (card.rows ?? []).map((row) => ({ ...row, actions: [] }));
  return renderCard({ ...card, rows, actions: [] }, reader).blocks;
}

/** One sentence, for one reader. */
export function renderNote(tone: Tone, text: string): Message {
  const sentence = toned(tone, text);
  return { text: escaped(sentence), blocks: [section(sentence)] };
}

/** A button that does `again` what could not be shown at once: Slack opens a form only upon a fresh click. */
export function renderOpener(title: string, again: ButtonData): Message {
  return {
    text: escaped(title),
    blocks: [{ type: 'actions', elements: [{ ...button('0', title, again), style: 'primary' }] }],
  };
}

export const section = (text: string): types.SectionBlock => ({
  type: 'section',
  text: plain(text, limits.text),
});

const headline = ({ title, badge, tone }: Pick<Card, 'title' | 'badge' | 'tone'>): string =>
  toned(tone, badge ? `${title} · ${badge}` : title);

function upper(card: Card): Block[] {
  const title = headline(card);
  return [
    title.length <= limits.header ? { type: 'header', text: plain(title, limits.header) } : section(title),
    ...(card.banner ? [section(toned(card.banner.tone, card.banner.text))] : []),
    ...(card.text ?? []).map(section),
    ...chunks(card.facts ?? [], 10).map(factBlock),
    ...(card.image ? [imageBlock(card.image)] : []),
  ];
}

function lower(card: Card, language: Language): Block[] {
  return [...actionBlocks(card.actions ?? [], language), ...(card.footnote ? [context(card.footnote)] : [])];
}

export const context = (text: string): types.ContextBlock => ({
  type: 'context',
  elements: [plain(text, limits.text)],
});

function factBlock(facts: Fact[]): types.RichTextBlock {
  const elements = facts.flatMap(({ label, value }, index) => [
    piece(`${index === 0 ? '' : '\n'}${label}`, entryText, true),
    piece(`  ${value}`, entryText),
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

const imageBlock = ({ url, alt }: { url: string; alt: string }): types.ImageBlock => ({
  type: 'image',
  image_url: url,
  alt_text: plain(alt, limits.altText).text,
});

function rowBlocks(row: Row, language: Language): Block[] {
  const title = headline({ ...row, tone: row.tone ?? 'neutral' });
  const elements = [piece(title, entryText, true), ...(row.text ? [piece(`\n${row.text}`, entryText)] : [])];
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
    ...actionBlocks(row.actions ?? [], language),
  ];
}

const actionBlocks = (actions: Action[], language: Language): types.ActionsBlock[] =>
  chunks(actions, limits.actions).map((some) => ({
    type: 'actions',
    elements: some.map((action, index) => actionButton(action, `${index}`, language)),
  }));

function actionButton(action: Action, id: string, language: Language): types.Button {
  if (action.kind === 'link')
    return {
      type: 'button',
      action_id: `${linkId}${id}`,
      text: plain(action.label, limits.buttonLabel),
      url: action.url,
    };
  return {
    ...button(id, action.label, buttonOf(action, language)),
    ...(action.style && { style: action.style }),
    ...(action.confirm && { confirm: confirmation(action.confirm, action.style) }),
  };
}

const button = (id: string, label: string, data: ButtonData): types.Button => ({
  type: 'button',
  action_id: id,
  text: plain(label, limits.buttonLabel),
  value: encodeButton(data),
});

const confirmation = (
  { title, text, yes, no }: NonNullable<CommandAction['confirm']>,
  style: CommandAction['style'],
): types.ConfirmationDialog => ({
  title: plain(title, limits.confirmTitle),
  text: plain(text, limits.confirmText),
  confirm: plain(yes, limits.confirmButton),
  deny: plain(no, limits.confirmButton),
  ...(style && { style }),
});

/**
 * As much of `first` and `rows` as a message holds beside `last`, in this order; where something had to be left
 * out, a line says so. A row and its buttons stay together.
 */
function arranged(first: Block[], rows: Block[][], last: Block[], reader: Reader): Block[] {
  const more = context(reader.t('chat.truncated'));
  const groups = [...first.map((block) => [block]), ...rows];
  const room = {
    blocks: limits.messageBlocks - last.length - 1,
    text: limits.messageTexts - textLength(last) - textLength(more),
  };
  const taken: Block[] = [];
  for (const group of groups) {
    room.blocks -= group.length;
    room.text -= textLength(group);
    if (room.blocks < 0 || room.text < 0) return [...taken, more, ...last];
    taken.push(...group);
  }
  return [...taken, ...last];
}

function fallback(card: Card): string {
  const lines = [
    headline(card),
    ...(card.banner ? [card.banner.text] : []),
    ...(card.text ?? []),
    ...(card.facts ?? []).map(({ label, value }) => `${label}: ${value}`),
    ...(card.image ? [card.image.alt] : []),
    ...(card.rows ?? []).map((row) => [row.title, row.badge, row.text].filter(Boolean).join(' · ')),
  ];
  return escaped(lines.join('\n'));
}

/** Cut before escaping, so that no `&amp;` is cut in two; escaping makes up to five characters of one. */
function escaped(text: string): string {
  const whole = escapeText(plain(text, limits.fallback).text);
  return whole.length <= limits.fallback ? whole : escapeText(cut(text, limits.fallback / 5));
}

function chunks<T>(items: T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
