import { byPlace, findAll, type Ground, type Span } from './ground.ts';
import { anyNumber, number, toNumber } from './numbers.ts';
import { chineseFinders } from './recurrence-chinese.ts';
import { englishFinders } from './recurrence-english.ts';
import { type RecurrencePart, repeating, search } from './recurrence-rule.ts';

export type CountPart = Span & ({ times: number } | { span: number; unit: 'day' | 'week' | 'month' });

const english = (source: string): RegExp =>
  new RegExp(`(?<![a-z0-9@-])(?:${source})(?![a-z0-9]|'s|-[a-z])`, 'g');

/** C1–C6: before dates, whose weekdays would hide in them. */
export const findRecurrences = (ground: Ground): RecurrencePart[] =>
  search(ground, [...englishFinders, ...chineseFinders]).sort(byPlace);

/** C7: how many times; and `for 6 weeks`. Means something only beside a recurrence. */
export const findCounts = (ground: Ground): CountPart[] => [
  ...findAll(
    ground,
    new RegExp(
      `(?:(?:一共|总共|共|连续|重复|开|做|办) ?(?<zh>${number}) ?次|(?<zh2>${number}) ?次(?=$|[ ,.;!?、)\ue000]))`,
      'g',
    ),
    (match) => ({ times: toNumber(match.groups?.zh ?? match.groups?.zh2 ?? '') }),
  ),
  ...findAll(
    ground,
    english(`(?:for )?(?<n>${anyNumber}) ?(?:times|occurrences|sessions)(?: in total| total)?`),
    (match) => ({
      times: toNumber(match.groups?.n ?? ''),
    }),
  ),
  ...findAll(
    ground,
    new RegExp(
      `(?:持续|连续|为期|共) ?(?<n>${number}) ?(?:(?<day>天)|个?(?:周|星期|礼拜)|(?<month>个月))(?=$|[ ,.;!?、)\ue000])`,
      'g',
    ),
    ({ groups }) => ({
      span: toNumber(groups?.n ?? ''),
      unit:
        groups?.day !== undefined
          ? ('day' as const)
          : groups?.month !== undefined
            ? ('month' as const)
            : ('week' as const),
    }),
  ),
  ...findAll(ground, english(`for (?:the next )?(?<n>${anyNumber}) (?<unit>day|week|month)s?`), (match) => ({
    span: toNumber(match.groups?.n ?? ''),
    unit: match.groups?.unit as 'day' | 'week' | 'month',
  })),
];

/** Z7: `daily` beside a time is a recurrence where a count or an end is given; otherwise a name (C8). */
export const findDaily = (ground: Ground): RecurrencePart[] =>
  findAll(
    ground,
    /(?<![a-z0-9-])(?:daily(?=(?: at| from| @)? ?\ue000)|(?<=\ue000 ?)daily)(?![a-z0-9-])/g,
    () => repeating({ every: 'day' }),
  );
