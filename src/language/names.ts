import { findAll, type Ground, nameSign, type Span } from './ground.ts';
import { attributes, chineseNames, namedEvents } from './words/names.ts';

/** A span that is topic as it is; of a quotation the marks around it go. */
export type NamePart = Span & { quoted?: true /** What a label says is the topic. */; field?: true };

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '「': '」',
  '『': '』',
  '‘': '’',
  "'": "'",
};

/** Z1: what stands in quotation marks. An apostrophe, or a mark without its other half, is none. */
export function findQuotes(ground: Ground): NamePart[] {
  const { shown } = ground.text;
  const found: NamePart[] = [];
  let at = 0;
  while (at < shown.length) {
    const close = closing[shown[at] ?? ''];
    const to = close === undefined ? -1 : endOfQuote(shown, at, close);
    if (to < 0) {
      at += 1;
      continue;
    }
    const span = { from: at, to: to + 1 };
    ground.claim(span, nameSign);
    found.push({ ...span, quoted: true });
    at = to + 1;
  }
  return found;
}

const isLatin = (sign: string | undefined): boolean => sign !== undefined && /[a-z0-9]/i.test(sign);

function endOfQuote(shown: string, at: number, close: string): number {
  const single = close === "'" || close === '’';
  if (single && isLatin(shown[at - 1])) return -1;
  for (let to = shown.indexOf(close, at + 1); to >= 0; to = shown.indexOf(close, to + 1)) {
    if (to === at + 1) return -1;
    if (!single || !isLatin(shown[to + 1])) return to;
  }
  return -1;
}

const inEnglish = new RegExp(`(?<![a-z0-9@])(?:${namedEvents}|${attributes})`, 'g');
const inChinese = new RegExp(`(?:${chineseNames})`, 'g');

/** S7: names whose numbers, days and small words set nothing. */
export const findNames = (ground: Ground): NamePart[] =>
  [inEnglish, inChinese].flatMap((pattern) => findAll(ground, pattern, () => ({}), nameSign));
