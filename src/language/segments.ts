import type { Ground } from './ground.ts';
import { compounds } from './words/compounds.ts';

/*
 * Chinese writes no spaces between words, so whether 开 is the request "hold" or the beginning of 开店 ("open a
 * shop") needs a guess at the words. The platform's segmenter knows the common ones and takes the rest apart into
 * single characters. So a single character between single characters is taken for part of a word that it
 * doesn't know, and one next to a longer word for a word of its own.
 */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const cache = new WeakMap<Ground, ReadonlyMap<number, string>>();

/** The words of a text by where they begin. */
function segments(ground: Ground): ReadonlyMap<number, string> {
  const known = cache.get(ground);
  if (known !== undefined) return known;
  const found = new Map(
    [...segmenter.segment(ground.text.folded)].map(({ index, segment }) => [index, segment]),
  );
  cache.set(ground, found);
  return found;
}

const isChinese = (sign: string | undefined): boolean => sign !== undefined && /[\u4e00-\u9fff]/.test(sign);

/** Does a word begin here, as far as the words are known? Enough where what follows is sure to be a part. */
export function startsWord(ground: Ground, at: number): boolean {
  const open = ground.open();
  if (!isChinese(open[at]) || !isChinese(open[at - 1])) return true;
  return !compounds.has(open.slice(at - 1, at + 1)) && (isSmall(open[at - 1]) || segments(ground).has(at));
}

/** Z6: does the word here begin where it should, and not in the middle of another, as 用 in 费用? */
export function standsAlone(ground: Ground, at: number): boolean {
  const open = ground.open();
  if (!isChinese(open[at]) || !isChinese(open[at - 1])) return true;
  if (compounds.has(open.slice(at - 1, at + 1))) return false;
  if (isSmall(open[at - 1])) return true;
  const words = segments(ground);
  return words.has(at) && !(words.get(at - 1)?.length === 1 && words.get(at)?.length === 1);
}

const isSmall = (sign: string | undefined): boolean =>
  sign !== undefined && '的在用从和跟与要有请想我也再把给去来到就都会间个位名人'.includes(sign);

/** Z6, S3: does the word of this length end where it should, and not go on as 开 in 开店? */
export function endsWord(ground: Ground, at: number, length: number): boolean {
  const open = ground.open();
  const to = at + length;
  if (!isChinese(open[to])) return true;
  if (compounds.has(open.slice(to - 1, to + 1))) return false;
  const words = segments(ground);
  const next = words.get(to);
  // 要用|投影: the segmenter joins what are two small words.
  if (next === undefined) return false;
  return length > 1 || next.length > 1 || isSmall(open[to]);
}

/** Z6: is the beginning of this text, of this length, a word by itself, and not as 前 in 前端 or 起 in 起重机? */
export function isWholeWord(text: string, length: number): boolean {
  if (!isChinese(text[length - 1]) || !isChinese(text[length])) return true;
  if (compounds.has(text.slice(length - 1, length + 1))) return false;
  if (text.startsWith('的')) return true;
  const [first, next] = segmenter.segment(text.slice(0, length + 4));
  if (first === undefined || first.segment.length > length) return false;
  return length > 1 || next === undefined || next.segment.length > 1 || isSmall(text[length]);
}
