import type { Tone } from '../../core/view.ts';

/** A piece of text in a rich text block: shown letter by letter, without Markdown, links or mentions. */
export type Run = { type: 'TextRun'; text: string };

// The client expands {{DATE(…)}} and {{TIME(…)}} even in literal text: an invisible space between the braces
// stops it.
const clientFunction = /\{(?=\{(?:DATE|TIME)\()/gi;

/** Text as a card may hold it: shown as typed, at most `max` characters of it, with an ellipsis where it was cut. */
export function literal(text: string, max = Number.POSITIVE_INFINITY): string {
  const whole = text.toWellFormed();
  // Counting code units first is enough for nearly every text, and much cheaper.
  const letters = whole.length > max ? [...whole] : [];
  const cut = letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : whole;
  return cut.replace(clientFunction, '{\u200b');
}

/** The lines of a text, literally: a line break inside one run is not shown. */
export const lines = (text: string, max?: number): { text: string }[] =>
  literal(text, max)
    .split(/\r?\n/)
    .map((line) => ({ text: line || ' ' }));

// Not `Warning`: its yellow can hardly be read, least of all on a warning's own background.
export const colors = {
  neutral: 'Default',
  good: 'Good',
  warning: 'Accent',
  bad: 'Attention',
} as const satisfies Record<Tone, string>;

export const styles = {
  neutral: 'emphasis',
  good: 'good',
  warning: 'warning',
  bad: 'attention',
} as const satisfies Record<Tone, string>;
