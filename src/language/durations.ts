import { findAll, type Ground, type Span } from './ground.ts';
import { number, toNumber } from './numbers.ts';
import { after } from './words/calendar.ts';

export type DurationPart = Span & { minutes: number };

type Found = { minutes: number };
type Groups = Record<string, string | undefined>;
type Rule = { pattern: RegExp; read: (groups: Groups) => number };

/** U2 */
const longest = 12 * 60;

const amount = `(?:${number}(?:\\.\\d{1,2})?|(?<![a-z0-9-])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![a-z]))`;
const hours = '(?:hours?|hrs?|h)(?![a-z0-9])';
const minutes = '(?:minutes?|mins?|m)(?![a-z0-9])';
const chineseHours = '(?:个? ?(?:小时|钟头)|个钟(?!头)|h(?![a-z0-9]))';
// 1小时达, 8小时工作制: a name, not how long it takes.
const notAName = '(?!工作制|制|达|圈|送达|热线|营业|便利|超商)';

const num = (text: string | undefined): number => toNumber(text ?? '0');

const rules: Rule[] = [
  {
    pattern:
      /(?<![a-z0-9])(?:one|an|1) (?:hours?|hr) and (?:a half|30 minutes)|(?<![a-z0-9])(?:one|1) and a half hours?/g,
    read: () => 90,
  },
  {
    pattern: new RegExp(`(?<n>${amount}) (?:and a half ${hours}|${hours} and a half)`, 'g'),
    read: (g) => num(g.n) * 60 + 30,
  },
  {
    pattern: new RegExp(
      `(?<n>${amount})[ -]?${'(?:hours?|hrs?|h)'}(?:,? ?(?:and )?(?<m>\\d{1,2}|fifteen|thirty)[ -]?(?:minutes?|mins?|m)|(?<glued>\\d{1,2}| (?:15|30|45)))(?![a-z0-9:点])`,
      'g',
    ),
    read: (g) =>
      num(g.n) * 60 + (g.m === 'fifteen' ? 15 : g.m === 'thirty' ? 30 : num((g.m ?? g.glued)?.trim())),
  },
  { pattern: /(?<![a-z0-9])(?:half(?: an?|-an)?|a half|1\/2|½)[ -]hours?(?![a-z0-9])/g, read: () => 30 },
  { pattern: /(?<![a-z0-9])three[ -]quarters of an hour(?![a-z])/g, read: () => 45 },
  { pattern: /(?<![a-z0-9])(?:a )?quarter of an hour(?![a-z])/g, read: () => 15 },
  {
    pattern: /(?<![a-z0-9])an hour(?![a-z0-9'])/g,
    read: () => 60,
  },
  {
    pattern: new RegExp(
      `(?:(?<low>${amount}) ?(?:-|to|到|至) ?)?(?<n>${amount})[ -]?(?:${hours}|(?<m>${minutes}))`,
      'g',
    ),
    read: (g) => num(g.n) * (g.m === undefined ? 60 : 1),
  },
  {
    pattern: new RegExp(`(?<n>${number}) ?(?:个半|个(?:小时|钟头)半) ?(?:小时|钟头|钟)?${notAName}`, 'g'),
    read: (g) => num(g.n) * 60 + 30,
  },
  {
    pattern: new RegExp(
      `(?<n>${number}(?:\\.\\d{1,2})?) ?(?:个? ?(?:小时|钟头)|个钟)(?:半|零? ?(?<m>${number}) ?分钟?)${notAName}`,
      'g',
    ),
    read: (g) => num(g.n) * 60 + (g.m === undefined ? 30 : num(g.m)),
  },
  { pattern: new RegExp(`半 ?个? ?(?:小时|钟头)${notAName}`, 'g'), read: () => 30 },
  {
    pattern: new RegExp(
      `(?:${number} ?[-到至] ?)?(?<n>${number}(?:\\.\\d{1,2})?) ?${chineseHours}${notAName}`,
      'g',
    ),
    read: (g) => num(g.n) * 60,
  },
  {
    pattern: new RegExp(`(?:${number} ?[-到至] ?)?(?<n>${number}) ?分钟`, 'g'),
    read: (g) => num(g.n),
  },
  { pattern: /(?<n>[一三]) ?刻钟/g, read: (g) => num(g.n) * 15 },
  {
    // Z4: 45分 where it doesn't follow an hour; 十分 before a word is "very".
    pattern: new RegExp(`(?<!点 ?|时 ?|[百零〇])(?<n>${number}) ?分(?=$|[ ,.;!?、)\ue000])`, 'g'),
    read: (g) => num(g.n),
  },
];

/** U1: how long it is to take. Only whole minutes up to twelve hours; anything else is left as it is. */
export const findDurations = (ground: Ground): DurationPart[] =>
  rules.flatMap(({ pattern, read }) =>
    findAll(ground, pattern, (match) => {
      // 30M users, 1H review are not spans of time.
      const typed = ground.text.shown.slice(match.index, match.index + match[0].length);
      const found =
        /\d ?M$/.test(typed) && /[a-z]/.test(ground.text.shown)
          ? Number.NaN
          : Math.round(read(match.groups ?? {}));
      return found > 0 && found <= longest ? { minutes: found } : null;
    }),
  );

export type Elapsed = Span & Found;

const chineseAmount = `(?:(?<half>半) ?个? ?(?:小时|钟头)|(?<andHalf>${number}) ?个半 ?(?:小时|钟头|钟)|(?<h>${number}(?:\\.\\d{1,2})?) ?(?:个? ?(?:小时|钟头)|个钟|h)(?<hHalf>半)?(?:零? ?(?<hm>${number}) ?分钟?)?|(?<m>${number}) ?(?:分钟|分|min)|(?<quarters>[一三]) ?刻钟)`;
const englishAmount = `(?:(?<half>half an? hour|half[ -]hour)|(?<one>an hour)(?<oneHalf> and a half)?|(?<h>${amount})(?<hHalf> and a half)? ?(?:hours?|hrs?|h)(?<hHalf2> and a half)?(?:,? ?(?:and )?(?<hm>${amount}) ?(?:minutes?|mins?|m))?|(?<m>${amount}) ?(?:minutes?|mins?|m)|(?<quarter>a quarter of an hour))`;

/** T8: `in 2 hours`, 半小时后: a time by how far it is from now, in minutes that pass. */
export const findElapsed = (ground: Ground): Elapsed[] =>
  [
    new RegExp(`(?<![a-z0-9])in (?:about |around )?${englishAmount}(?:' time)?(?![a-z0-9'])`, 'g'),
    new RegExp(`${englishAmount} from now(?![a-z])`, 'g'),
    new RegExp(`(?:再?过 ?)?${chineseAmount} ?${after}`, 'g'),
  ].flatMap((pattern) =>
    findAll(ground, pattern, (match) => ({ minutes: Math.round(elapsed(match.groups ?? {})) })),
  );

function elapsed(g: Groups): number {
  if (g.half !== undefined) return 30;
  if (g.one !== undefined) return g.oneHalf === undefined ? 60 : 90;
  if (g.andHalf !== undefined) return num(g.andHalf) * 60 + 30;
  if (g.quarters !== undefined) return num(g.quarters) * 15;
  if (g.quarter !== undefined) return 15;
  if (g.h === undefined) return num(g.m);
  const half = g.hHalf ?? g.hHalf2;
  return num(g.h) * 60 + (half === undefined ? 0 : 30) + (g.hm === undefined ? 0 : num(g.hm));
}
