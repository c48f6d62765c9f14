import type { Card, Field, Form, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { actionSets, type ButtonOptions, formActions } from './buttons.ts';
import { fieldElements, type Measure } from './inputs.ts';
import { bytesOf, type CardJson, isWebAddress, maxBytes } from './limits.ts';
import { fillCard, fillForm } from './templates.ts';
import { colors, lines, literal, styles } from './text.ts';

export type RenderOptions = {
  reader: Pick<Reader, 't' | 'language'>;
  /** A new token for each button: a repeated click is known by it. */
  token(): string;
  /** Names of people who are already chosen in a form, by their user id. */
  names?: ReadonlyMap<string, string>;
  /** False for a client that can't look options up while somebody types, nor show whom a people picker holds. */
  lookups?: boolean;
};

/** A card as an Adaptive Card that keeps Teams' limits; what is too long is cut, and says so. */
export const renderCard = (card: Card, options: RenderOptions): CardJson =>
  withinLimits(options, (sized) => fillCard(card.layout, cardData(card, sized)));

/** A form as an Adaptive Card. What was typed is the last thing to be cut. */
export const renderForm = (form: Form, options: RenderOptions): CardJson =>
  withinLimits(options, (sized) => fillForm(form.layout, formData(form, sized)));

/** One sentence as a small card: plain messages would read Markdown in it. */
export const renderNote = (tone: Tone, text: string, options: RenderOptions): CardJson =>
  renderCard({ layout: 'note', tone, title: text, text: [text] }, options);

/** What a notification or a list of chats shows of a card. */
export const summaryOf = ({ title, badge }: { title: string; badge?: string }): string =>
  literal(badge ? `${title} · ${badge}` : title, 200);

const measures: readonly Measure[] = [
  { rows: 30, options: 150, letters: 4000, typed: Number.POSITIVE_INFINITY },
  { rows: 15, options: 60, letters: 1200, typed: Number.POSITIVE_INFINITY },
  { rows: 8, options: 25, letters: 500, typed: Number.POSITIVE_INFINITY },
  { rows: 5, options: 10, letters: 150, typed: Number.POSITIVE_INFINITY },
  { rows: 3, options: 4, letters: 60, typed: 1000 },
  { rows: 1, options: 1, letters: 20, typed: 100 },
];

/** The fullest build that keeps within the size limit. */
function withinLimits(options: RenderOptions, build: (sized: ButtonOptions) => CardJson): CardJson {
  let built: CardJson = {};
  for (const measure of measures) {
    let asks = 0;
    built = build({
      ...options,
      names: options.names ?? new Map(),
      lookups: options.lookups ?? true,
      measure,
      prefix: () => `a${asks++}`,
    });
    if (bytesOf(built) <= maxBytes) break;
  }
  return built;
}

function cardData(card: Card, options: ButtonOptions) {
  const { rows, letters } = options.measure;
  const text = card.text ?? [];
  const shownRows = card.rows ?? [];
  const facts = card.facts ?? [];
  const most = { texts: rows, facts: rows, rows };
  const cut = text.length > most.texts || facts.length > most.facts || shownRows.length > most.rows;
  const footnote = [
    ...(cut ? [options.reader.t('chat.truncated')] : []),
    ...(card.footnote ? [card.footnote] : []),
  ];
  return {
    ...head(card, card.text ?? [], options),
    style: styles[card.tone],
    badges: badges(card.badge, card.tone, letters),
    banners: banners(card.banner, letters),
    texts: text.slice(0, most.texts).map((paragraph) => ({ lines: lines(paragraph, letters) })),
    facts: facts.slice(0, most.facts).map(({ label, value }) => ({
      label: literal(label, letters),
      lines: lines(value, letters),
    })),
    images:
      card.image && isWebAddress(card.image.url)
        ? [{ url: card.image.url, alt: literal(card.image.alt, letters) || literal(card.title, letters) }]
        : [],
    rows: shownRows.slice(0, most.rows).map((row) => rowData(row, options)),
    actionSets: actionSets(card.actions, options),
    footnotes: footnote.map((note) => ({ text: literal(note, letters) })),
  };
}

function rowData(row: Row, options: ButtonOptions) {
  const { letters } = options.measure;
  return {
    title: literal(row.title, letters),
    badges: badges(row.badge, row.tone ?? 'neutral', letters),
    lines: row.text ? lines(row.text, letters) : [],
    actionSets: actionSets(row.actions, options),
  };
}

const formPrefix = 'f';

function formData(form: Form, options: ButtonOptions) {
  const { letters } = options.measure;
  const elements = (field: Field): CardJson[] => fieldElements(field, formPrefix, options);
  return {
    ...head(
      form,
      form.fields.map((field) => field.label),
      options,
    ),
    badges: [],
    banners: banners(form.banner, letters),
    fields: form.fields.flatMap(elements),
    groups: pairs(form.fields).map((fields) => ({
      cells: fields.map((field) => ({ items: elements(field) })),
    })),
    actionSets: formActions(form, formPrefix, options),
  };
}

const small: ReadonlySet<Field['kind']> = new Set(['date', 'time', 'number']);

/** Small fields two by two, the others alone. */
function pairs(fields: readonly Field[]): Field[][] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last?.length === 1 && last[0] && small.has(last[0].kind) && small.has(field.kind)) last.push(field);
    else groups.push([field]);
  }
  return groups;
}

function head(of: { title: string; badge?: string }, rest: readonly string[], options: ButtonOptions) {
  const { letters } = options.measure;
  const spoken = literal([summaryOf(of), ...rest].join('. '), letters);
  return {
    title: literal(of.title, letters),
    fallback: summaryOf(of),
    // `speak` may be SSML, so its signs are written out.
    speech: spoken.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  };
}

const badges = (text: string | undefined, tone: Tone, letters: number) =>
  text ? [{ text: literal(text, letters), color: colors[tone] }] : [];

const banners = (banner: { tone: Tone; text: string } | undefined, letters: number) =>
  banner ? [{ style: styles[banner.tone], lines: lines(banner.text, letters) }] : [];
