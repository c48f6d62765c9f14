import type { PartOfDay } from './dates.ts';
import { byPlace, findAll, type Ground, partSign, type Span } from './ground.ts';
import { chineseHalves } from './words/times.ts';

export type PartOfDayPart = Span & { partOfDay: PartOfDay };

const english = 'morning|afternoon|evening|night';
const chinese = Object.keys(chineseHalves)
  .filter((word) => chineseHalves[word] !== 'dawn')
  .join('|');

const toPart = (word: string): PartOfDay | null => {
  if (word === 'night' || word === '晚') return 'evening';
  const part = word === '早' ? 'morning' : (chineseHalves[word] ?? word);
  return part === 'morning' || part === 'noon' || part === 'afternoon' || part === 'evening' ? part : null;
};

const read = ({ groups }: RegExpExecArray): { partOfDay: PartOfDay } | null => {
  const partOfDay = toPart(groups?.word ?? '');
  return partOfDay === null ? null : { partOfDay };
};

const besideDay = new RegExp(
  `(?<=${partSign}(?<gap> ?的?))(?<word>${english}|${chinese}|[早晚](?=[ ${partSign}]|$))(?![a-z]|[餐饭茶])`,
  'g',
);
const alone = new RegExp(
  `(?<![a-z0-9\\u4e00-\\u9fff])(?:(?:in the|at) (?<english>${english})(?![a-z])|(?<word>${chinese})(?=[ ,.;!?、的${partSign}]|$))`,
  'g',
);
const beforeTime = new RegExp(`(?<![a-z0-9])(?<word>${english}) (?=${partSign})`, 'g');

/** D11, Z5: parts of the day beside a day or a time, or by themselves. Elsewhere they are topic: morning standup. */
export const findPartsOfDay = (
  ground: Ground,
  days: readonly Span[],
  times: readonly Span[],
): PartOfDayPart[] =>
  [
    ...findAll(ground, besideDay, (match) =>
      days.some(({ to }) => to === match.index - (match.groups?.gap?.length ?? 0)) ? read(match) : null,
    ),
    ...findAll(ground, alone, (match) => {
      const partOfDay = toPart(match.groups?.english ?? match.groups?.word ?? '');
      return partOfDay === null ? null : { partOfDay };
    }),
    ...findAll(ground, beforeTime, (match) =>
      times.some(({ from }) => from === match.index + match[0].length) ? read(match) : null,
    ),
  ].sort(byPlace);
