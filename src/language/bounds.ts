import type { DatePart } from './dates.ts';
import { findAll, type Ground, type Span } from './ground.ts';
import { number, toNumber } from './numbers.ts';
import { englishMonth, toMonth } from './words/calendar.ts';

const end = (month: number | null, years = 0): Omit<DatePart, keyof Span> => ({
  date: { on: 'end', month, years },
  partOfDay: null,
});

/** C7: the end of a month or year as the end of a series: 到年底, `until the end of March`. */
export const findEnds = (ground: Ground): DatePart[] => [
  ...findAll(
    ground,
    new RegExp(
      `(?:一直)?(?:直到|截至|截止到?|到|至) ?(?:(?<year>今|明)?年 ?(?:底|末)|(?:(?<next>明年)?(?<month>${number}) ?月|(?<this>这个?月|本月)|月)(?:底|末))(?:为?止)?`,
      'g',
    ),
    ({ groups }) =>
      groups?.month !== undefined
        ? end(toNumber(groups.month), groups.next === undefined ? 0 : 1)
        : groups?.this !== undefined || !/年/.test(ground.text.folded)
          ? end(0)
          : end(null, groups?.year === '明' ? 1 : 0),
  ),
  ...findAll(
    ground,
    new RegExp(
      `(?<![a-z])(?:until|till|til|through|thru|ending) (?:the )?(?:year[- ]end|end of (?:(?:the |this )?(?<unit>year|month)|(?<month>${englishMonth})))(?![a-z])`,
      'g',
    ),
    ({ groups }) =>
      groups?.month !== undefined
        ? end(toMonth(groups.month))
        : groups?.unit === 'month'
          ? end(0)
          : end(null),
  ),
];

export type Role = 'on' | 'from' | 'until';

const untilBefore =
  /(?<![a-z])(?:until|till|til|through|thru|up to|ending|ends?(?: on)?|to|一?直到|截至|截止到?|止于|到|至)(?: the)? ?$/;
const untilAfter = /^ ?(?:为?止|结束)/;
const fromBefore =
  /(?<![a-z])(?:start(?:s|ing)?(?: on| from)?|from|beginning(?: on)?|begins?(?: on)?|as of|effective|since|自从|从|自|由)(?: the)? ?$/;
const fromAfter = /^ ?(?:起|开始|onwards?)/;

/** C, C7: what a date is to a recurrence, and the words that say so. */
export function roleOf(ground: Ground, { from, to }: Span): { role: Role; from: number; to: number } {
  const { folded } = ground.text;
  const [before, after] = [folded.slice(0, from), folded.slice(to)];
  const until = untilBefore.exec(before);
  const stop = untilAfter.exec(after);
  if (until !== null || stop !== null) {
    return { role: 'until', from: until?.index ?? from, to: to + (stop?.[0].length ?? 0) };
  }
  const since = fromBefore.exec(before);
  const start = fromAfter.exec(after);
  if (since !== null || start !== null) {
    return { role: 'from', from: since?.index ?? from, to: to + (start?.[0].length ?? 0) };
  }
  return { role: 'on', from, to };
}
