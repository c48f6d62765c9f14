import { simplify } from './words/script.ts';

/** How much of a text is read; the rest stays topic. */
export const longestRead = 1_000;

export type Text = {
  /** What people see again: emoji gone, runs of space made one, every character otherwise as typed. */
  readonly shown: string;
  /** The same places folded: half-width, lower case, simplified characters, one sign for a range. */
  readonly folded: string;
};

/** N1, N2: folds what doesn't matter away, place by place, so that a match in `folded` can be cut from `shown`. */
export function normalise(typed: string): Text {
  const shown = withoutEmoji(typed).replace(/[\s\ue000\ue001]+/g, ' ');
  return { shown, folded: fold(shown) };
}

/** Width, case, script and range signs made one; as long as the text itself. */
export const fold = (text: string): string =>
  simplify(
    text
      .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .replace(/[\u2010-\u2015\u2212\u301c~]/g, '-')
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u201c\u201d]/g, '"')
      .replace(/[。｡]/g, '.')
      .replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );

// Signs such as © or ↔ are emoji only when a variation selector says so.
const emoji =
  /(?:[0-9#*]\ufe0f?\u20e3|\p{Regional_Indicator}{2}|\p{Emoji_Presentation}|[\u2600-\u27bf\u{1f000}-\u{1faff}]|\p{Extended_Pictographic}\ufe0f)[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]*/gu;

const withoutEmoji = (text: string): string =>
  text.replace(emoji, ' ').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
