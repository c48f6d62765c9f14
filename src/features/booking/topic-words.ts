import { fold } from '../../language/normalise.ts';

/*
 * Chinese is written without spaces, so a topic is kept as pairs of neighbouring characters: 预算会议 as 预算 算会 会议.
 * The last character stands alone as well, so that a single one is found by what begins with it.
 */

const spaceless = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const runs = new RegExp(`[${spaceless}]+|(?:(?![${spaceless}])[\\p{L}\\p{N}])+`, 'gu');
const isSpaceless = (run: string): boolean => new RegExp(`^[${spaceless}]`, 'u').test(run);

const runsIn = (text: string): string[] => fold(text.normalize('NFKC')).match(runs) ?? [];

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, n) => `${characters[n]}${character}`);
}

/** The words of a topic as they are indexed: case, width and script make no difference. */
export const topicWords = (topic: string): string =>
  runsIn(topic)
    .flatMap((run) => (isSpaceless(run) ? [...pairs(run), [...run].at(-1)] : [run]))
    .join(' ');

/** What finds the topics that hold all these words; null: the text holds no word. */
export function topicQuery(text: string): string | null {
  const terms = runsIn(text).map((run) => {
    if (!isSpaceless(run)) return `"${run}"`;
    return [...run].length === 1 ? `"${run}" *` : `"${pairs(run).join(' ')}"`;
  });
  return terms.length === 0 ? null : terms.map((term) => `words : ${term}`).join(' AND ');
}
