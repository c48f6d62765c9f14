import { type Ground, nameSign, partSign, type Span } from './ground.ts';
import type { NamePart } from './names.ts';
import { endsWord, isWholeWord, standsAlone } from './segments.ts';
import { compounds } from './words/compounds.ts';
import {
  about,
  chineseAfter,
  chineseBefore,
  chineseCourtesy,
  chineseRequests,
  chineseRightBefore,
  chineseVerbs,
  englishAfter,
  englishBefore,
  englishCourtesy,
  englishRequests,
  fillers,
} from './words/requests.ts';

/*
 * S: what is left after all parts, piece by piece. The view is the folded text with a sign where a part was, and
 * another where a name or quotation stands, so that no pattern reaches into either.
 */
type Piece = { from: number; to: number };
type Around = { view: string; ground: Ground };

const punctuation = /[\s,.;:!?、…·*|•\-_=>"'“”‘’&+/@^`]/;
const opening = '([{「『【《<〈';
const closing = ')]}」』】》>〉';

const starts = (source: string): RegExp => new RegExp(`^(?:${source})`);
const word = "(?![a-z0-9]|-[a-z]|')";
const leading = {
  english: starts(`(?:${englishRequests})${word}`),
  chinese: starts(chineseRequests),
  about: starts(`(?:${about})(?![a-z0-9-])`),
  article: /^(?:an?|the|our|my) (?=\S)/,
  // A purpose: "book Everest for the Q3 review".
  purpose: /^(?:for|to|on|of) (?=\S)/,
  filler: starts(
    'meeting(?= (?:about|re|on|for|to discuss|regarding)(?![a-z])|[:,;.-]|$)|meet(?= (?:about|to discuss)(?![a-z]))|会议(?=[:, -]|$)|开会(?=[:, -]|讨论|聊|谈|$)|个?会(?=讨论|聊|[, ]|$)|个会(?=谈)',
  ),
  after: starts(`(?:${englishAfter})${word}|${chineseAfter}`),
};
const trailing = {
  before: new RegExp(`(?:^|[\\s,;、\u4e00-\u9fff])(?<word>${englishBefore})$`),
  chineseBefore: new RegExp(`(?<word>${chineseBefore})$`),
  rightBefore: new RegExp(`(?<word>${chineseRightBefore})$`),
  courtesy: new RegExp(`(?:^|[^a-z0-9'-])(?<word>${englishCourtesy})$`),
  chinese: new RegExp(`(?<word>${chineseCourtesy})$`),
  apart: new RegExp(`(?:^|[ ,.;:!?、])(?<word>${chineseRequests}|开会|[${chineseVerbs}])$`),
};
const onlyFiller = new RegExp(`^(?:${fillers})$`);
const onlySmall = new RegExp(
  `^(?:${englishBefore}|${englishAfter}|${chineseBefore}|${chineseRightBefore}|${chineseAfter})$`,
);

/** The topic: what is left when `taken` is taken out; null where that is nothing. */
export function topicOf(ground: Ground, taken: readonly Span[], names: readonly NamePart[]): string | null {
  const view = viewOf(ground, taken, names);
  const around = { view, ground };
  const kept: string[] = [];
  for (const piece of piecesOf(view)) {
    const left = trim(around, piece, kept.length === 0);
    const text = left.from >= left.to ? '' : textOf(ground, left, names);
    if (text !== '') kept.push(text);
  }
  return kept.length === 0 ? null : kept.join(' ');
}

function viewOf(ground: Ground, taken: readonly Span[], names: readonly NamePart[]): string {
  const signs = ground.text.folded.split('');
  for (const { from, to } of names) signs.fill(nameSign, from, to);
  for (const { from, to } of taken) signs.fill(partSign, from, to);
  return signs.join('');
}

function piecesOf(view: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of view.matchAll(new RegExp(`[^${partSign}]+`, 'g'))) {
    pieces.push({ from: match.index, to: match.index + match[0].length });
  }
  return pieces;
}

const textOf = ({ text }: Ground, { from, to }: Piece, names: readonly NamePart[]): string => {
  const marks = new Set(names.filter(({ quoted }) => quoted).flatMap((name) => [name.from, name.to - 1]));
  let shown = '';
  for (let at = from; at < to; at++) if (!marks.has(at)) shown += text.shown[at];
  return shown.replace(/\s+/g, ' ').trim();
};

function trim(around: Around, piece: Piece, first: boolean): Piece {
  let { from, to } = piece;
  const leftPart = from > 0;
  const rightPart = to < around.view.length;
  let subject = false;
  let asked = false;
  for (let again = true; again && from < to; ) {
    const before = from + to;
    for (let at = -1; at !== from && from < to; ) {
      at = from;
      from = skipPunctuation(around.view, from, to);
      const request = requestAt(around, from, to, asked);
      asked ||= request > 0;
      from += request;
      if (first && request === 0) {
        const aboutIt = lengthOf(leading.about, around.view, from, to);
        subject ||= aboutIt > 0;
        from += aboutIt || opener(around, from, to);
      }
      if (leftPart && from === skipPunctuation(around.view, piece.from, to))
        from += afterPart(around, from, to);
    }
    to = trimEnd(around, from, to, rightPart && piece.to, subject);
    again = before !== from + to;
  }
  const rest = around.view.slice(from, to);
  return onlyFiller.test(rest) || ((leftPart || rightPart) && onlySmall.test(rest))
    ? { from: to, to }
    : { from, to };
}

const lengthOf = (pattern: RegExp, view: string, from: number, to: number): number =>
  pattern.exec(view.slice(from, to))?.[0].length ?? 0;

/** S4, S5: articles, a meeting that says nothing, and the word of purpose, where the topic begins. */
function opener({ view }: Around, from: number, to: number): number {
  const text = view.slice(from, to);
  // A 轮融资: a letter, not an article.
  if (/^a (?=[\u4e00-\u9fff])/.test(text)) return 0;
  return (
    leading.article.exec(text)?.[0].length ??
    leading.filler.exec(text)?.[0].length ??
    leading.purpose.exec(text)?.[0].length ??
    0
  );
}

function afterPart({ view }: Around, from: number, to: number): number {
  const length = lengthOf(leading.after, view, from, to);
  return length > 0 && isWholeWord(view.slice(from, to), length) ? length : 0;
}

/** The length of the request word that begins here (S2, S3, Z6); 0 where there is none. */
function requestAt(around: Around, from: number, to: number, asked = false): number {
  const text = around.view.slice(from, to);
  const known = leading.english.exec(text)?.[0].length ?? leading.chinese.exec(text)?.[0].length ?? 0;
  if (known > 0) return known;
  if (!chineseVerbs.includes(text[0] ?? ' ')) return 0;
  if (/^开.会$/.test(text)) return 1;
  if (compounds.has(text.slice(0, 2))) return 0;
  if (
    asked ||
    '约找请'.includes(text[0] ?? ' ') ||
    text.length === 1 ||
    endsWord(around.ground, from, 1) ||
    /^开.{2,}会$/.test(text)
  )
    return 1;
  return followed(around, from + 1, to) ? 1 : 0;
}

// 想訂…: one request word after another.
const followed = (around: Around, from: number, to: number): boolean =>
  requestAt(around, from, to, true) > 0 || leading.filler.test(around.view.slice(from, to));

function skipPunctuation(view: string, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const sign = view[at] ?? '';
    const pair = opening.indexOf(sign);
    if (pair >= 0) {
      const close = view.indexOf(closing[pair] ?? '', at);
      if (close >= 0 && close < to && !isEnd(view, close + 1, to)) return at;
    } else if (closing.includes(sign)) continue;
    else if (!punctuation.test(sign)) return at;
  }
  return at;
}

const isEnd = (view: string, from: number, to: number): boolean =>
  /^[\s,.;:!?、…-]*$/.test(view.slice(from, to));

function trimEnd(around: Around, from: number, end: number, part: number | false, subject: boolean): number {
  let to = end;
  for (let again = true; again && to > from; ) {
    const before = to;
    to = skipPunctuationBack(around.view, from, to);
    const cut = to;
    const text = around.view.slice(from, to);
    to -=
      matched(trailing.courtesy, text) || matched(trailing.chinese, text) || matched(trailing.apart, text);
    if (part !== false && to === cut) to -= dangling(around, from, to, to === part);
    if (subject) to -= /的(?:会议|会|meeting|讨论会?)$/.exec(around.view.slice(from, to))?.[0].length ?? 0;
    again = to !== before;
  }
  return to;
}

const matched = (pattern: RegExp, text: string): number => pattern.exec(text)?.groups?.word?.length ?? 0;

function dangling({ view, ground }: Around, from: number, to: number, close: boolean): number {
  const text = view.slice(from, to);
  const english = matched(trailing.before, text);
  // Series A: a letter, not an article.
  if (english > 0) return ground.text.shown.slice(to - english, to) === 'A' ? 0 : english;
  const chinese = matched(trailing.chineseBefore, text) || (close ? matched(trailing.rightBefore, text) : 0);
  return chinese > 0 && standsAlone(ground, to - chinese) ? chinese : 0;
}

function skipPunctuationBack(view: string, from: number, to: number): number {
  let at = to;
  for (; at > from; at--) {
    const sign = view[at - 1] ?? '';
    const pair = closing.indexOf(sign);
    if (pair >= 0) {
      const open = view.lastIndexOf(opening[pair] ?? '', at - 1);
      if (open >= from) return at;
    } else if (opening.includes(sign)) continue;
    else if (!punctuation.test(sign)) return at;
  }
  return at;
}
