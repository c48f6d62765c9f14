import type { DateExpr } from './calendar.ts';
import { byPlace, findAll, type Ground, type Span } from './ground.ts';
import { anyNumber, number, toNumber } from './numbers.ts';
import { startsWord } from './segments.ts';
import {
  after,
  chineseDay,
  chineseWeek,
  englishMonth,
  englishWeekday,
  namedDays,
  notADay,
  toMonth,
  toWeekday,
} from './words/calendar.ts';

export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening';

export type DatePart = Span & {
  date: DateExpr;
  /** 明早, tonight: the part of day that the word names beside the day. */
  partOfDay: PartOfDay | null;
};

type Found = Omit<DatePart, 'from' | 'to'>;
type Groups = Record<string, string | undefined>;
type Rule = {
  pattern: RegExp;
  read: (groups: Groups, match: RegExpExecArray, ground: Ground) => Found | null;
};

const only = (date: DateExpr, partOfDay: PartOfDay | null = null): Found => ({ date, partOfDay });
const num = (text: string | undefined): number => toNumber(text ?? '');

const confirming = `(?: ?\\( ?(?:(?:周|星期|礼拜)?[一二三四五六日天]|${englishWeekday}) ?\\))?`;
const year =
  '(?:,? ?(?<year>(?:19|20)\\d\\d)(?![\\d:]|[- ]?(?:roadmap|budget|plan|planning|strategy|goals?|outlook|forecast|kick-?off|review|vision|okrs?)\\b))?';
const ordinal = '(?:st|nd|rd|th)';
const inEnglish = (source: string): RegExp =>
  new RegExp(`(?<![a-z0-9@.'-])(?:${source})(?![a-z0-9]|-[a-z]|\\.[a-z])`, 'g');
const inChinese = (source: string): RegExp => new RegExp(source, 'g');

const monthDay = (g: Groups, month: number): Found =>
  only({
    on: 'monthDay',
    month,
    day: num(g.day),
    year: g.year === undefined ? null : Number(g.year),
    years: g.years === undefined ? null : g.years === 'next' ? 1 : g.years === 'last' ? -1 : 0,
  });

/** D7: month/day, unless only day/month can be meant; null for what is a ratio. */
function slashed(g: Groups): Found | null {
  const [a, b] = [Number(g.a), Number(g.b)];
  if ((a === 24 && b === 7) || a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return null;
  const [month, day] = a > 12 ? [b, a] : [a, b];
  return only({
    on: 'monthDay',
    month,
    day,
    year: g.year === undefined ? null : Number(g.year),
    years: null,
  });
}

const yearsAhead: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 去: -1, 前: -2 };
const chineseMonths = (word: string): number =>
  word.startsWith('上') ? -1 : /^下下/.test(word) ? 2 : word.startsWith('下') ? 1 : 0;
const chineseWeeks = (word: string): number =>
  word.startsWith('上') ? (/^上上/.test(word) ? -2 : -1) : chineseMonths(word);
const englishWeeks: Readonly<Record<string, number>> = { this: 0, next: 1, last: -1, past: -1, previous: -1 };

const absolute: Rule[] = [
  {
    pattern: new RegExp(
      `(?<![\\d./a-z-])(?<year>\\d{4})(?<by>[-/.])(?<month>\\d{1,2})\\k<by>(?<day>\\d{1,2})(?![\\d/]|-\\d)${confirming}`,
      'g',
    ),
    read: (g) => monthDay(g, Number(g.month)),
  },
  {
    pattern: inChinese(
      `(?<![\\d.])(?<year>\\d{4}) ?年 ?(?<month>${number}) ?月 ?(?<day>${number}) ?[日号]?${confirming}`,
    ),
    read: (g) => monthDay(g, num(g.month)),
  },
  {
    pattern: inChinese(
      `(?:(?<years>[今明后去前])年的? ?)?(?<![双\\d])(?<month>${number}) ?月 ?(?<day>${number}) ?(?:[日号]${notADay}|(?=[ ,.;)(\ue000]|$))${confirming}`,
    ),
    read: (g) =>
      only({
        on: 'monthDay',
        month: num(g.month),
        day: num(g.day),
        year: null,
        years: g.years === undefined ? null : (yearsAhead[g.years] ?? 0),
      }),
  },
  {
    pattern: inEnglish(
      `(?:the )?(?<day>\\d{1,2})${ordinal}? ?(?:of )?(?<name>${englishMonth})(?:${year}|,? (?:of )?(?<years>next|this|last) year)(?! ?\\d{1,2}${ordinal}|[a-z0-9])${confirming}`,
    ),
    read: (g) => monthDay(g, toMonth(g.name ?? '')),
  },
  {
    pattern: inEnglish(
      `(?<name>${englishMonth}) ?(?:the )?(?<day>\\d{1,2})${ordinal}?(?![\\d:%]|\\.\\d| ?[ap]\\.?m\\b)(?:${year}|,? (?:of )?(?<years>next|this|last) year)${confirming}`,
    ),
    read: (g) => monthDay(g, toMonth(g.name ?? '')),
  },
  {
    pattern: new RegExp(
      `(?<![\\d./:a-z$€£-])(?<a>\\d{1,2})/(?<b>\\d{1,2})(?:/(?<year>20\\d\\d))?(?![\\d/%a-z]|\\.\\d)${confirming}`,
      'g',
    ),
    read: slashed,
  },
  {
    pattern: inChinese(
      `(?<rel>下下个?|下个?|这个?|本|上个?)月的? ?(?<day>${number}) ?[日号]${notADay}${confirming}`,
    ),
    read: (g) => only({ on: 'monthsDay', day: num(g.day), months: chineseMonths(g.rel ?? '') }),
  },
  {
    pattern: inEnglish(
      `(?:the )?(?<day>\\d{1,2})${ordinal},? (?:of )?(?<rel>next|this|last) month|(?<rel2>next|this|last) month,? (?:on )?(?:the )?(?<day2>\\d{1,2})${ordinal}`,
    ),
    read: (g) =>
      only({ on: 'monthsDay', day: num(g.day ?? g.day2), months: englishWeeks[g.rel ?? g.rel2 ?? ''] ?? 0 }),
  },
  {
    pattern: inEnglish(
      `(?:(?:the )(?<day>\\d{1,2})${ordinal}|(?<=on )(?<day2>\\d{1,2})${ordinal})(?! (?:anniversary|floor|edition|round|time|grade|annual|iteration|batch|phase|gen|generation|quarter|sprint|wave|street|avenue|birthday|of)\\b)`,
    ),
    read: (g) => only({ on: 'monthsDay', day: num(g.day ?? g.day2), months: null }),
  },
  {
    pattern: inChinese(
      `(?<![月年]|周|星期|礼拜)(?<day>${number}) ?(?:号${notADay}|日(?=$|[ ,.;:!?、)(\ue000\\d]|上午|中午|下午|早|晚|傍晚|凌晨|周|星期|礼拜|的|在|[一二两三四五六七八九十]{1,2}点))${confirming}`,
    ),
    read: (g) => only({ on: 'monthsDay', day: num(g.day), months: null }),
  },
];

const relative: Rule[] = [
  {
    pattern: inEnglish(
      `(?:the )?week after next,? (?:on )?(?<a>${englishWeekday})|(?<b>${englishWeekday}),? (?:of |in )?(?:the )?week after next`,
    ),
    read: (g) => only({ on: 'weekday', weekday: toWeekday(g.a ?? g.b ?? ''), week: 2 }),
  },
  {
    pattern: inEnglish(
      `(?<rel>next|this|last) week,? (?:on )?(?<a>${englishWeekday})|(?<b>${englishWeekday}),? (?:of )?(?<rel2>next|this|last) week`,
    ),
    read: (g) =>
      only({
        on: 'weekday',
        weekday: toWeekday(g.a ?? g.b ?? ''),
        week: englishWeeks[g.rel ?? g.rel2 ?? ''] ?? 0,
      }),
  },
  {
    pattern: inEnglish(
      `(?:(?:this |the )?coming (?<next>${englishWeekday}))|(?:(?<rel>this|next|last|past|previous) )(?<day>${englishWeekday})|(?<alone>${englishWeekday})`,
    ),
    read: (g, match) => {
      const word = g.next ?? g.day ?? g.alone ?? '';
      return g.alone !== undefined && isName(match)
        ? null
        : only({
            on: 'weekday',
            weekday: toWeekday(word),
            week: g.rel === undefined ? null : (englishWeeks[g.rel] ?? 0),
          });
    },
  },
  {
    pattern: inChinese(
      `(?<rel>下下|(?<!一)下|这|本|上上|上)(?<apart> ?[个一]? ?)${chineseWeek}(?:的?${chineseWeek})?(?<day>${chineseDay})(?![次期])${confirming}`,
    ),
    read: (g, { index, input }, ground) =>
      // 新版本 周五, 线上 周五: the end of another word.
      startsWord(ground, index) && !(g.apart?.includes(' ') && /[\u4e00-\u9fff]/.test(input[index - 1] ?? ''))
        ? only({ on: 'weekday', weekday: toWeekday(g.day ?? ''), week: chineseWeeks(g.rel ?? '') })
        : null,
  },
  {
    pattern: inChinese(
      `(?<![每隔双单两几半一二三四五六七八九十\\d])${chineseWeek}(?<day>${chineseDay})(?![次围边遭岁期])`,
    ),
    read: (g) => only({ on: 'weekday', weekday: toWeekday(g.day ?? ''), week: null }),
  },
  {
    // Where a series begins: its first day is one of that week.
    pattern: /(?<=(?:starting|from|beginning) )next week(?![a-z'])|下个?(?:周|星期|礼拜)(?=起|开始)/g,
    read: () => only({ on: 'weekday', weekday: 1, week: 1 }),
  },
  {
    pattern: inEnglish('(?:the )?day after tomorrow|(?:the )?day before yesterday'),
    read: (_, [text]) => only({ on: 'days', days: text.includes('tomorrow') ? 2 : -2 }),
  },
  {
    pattern: inEnglish('tonight|this (?:morning|afternoon|evening)|last night'),
    read: (_, [text]) =>
      only(
        { on: 'days', days: text === 'last night' ? -1 : 0 },
        text.endsWith('morning') ? 'morning' : text.endsWith('afternoon') ? 'afternoon' : 'evening',
      ),
  },
  {
    pattern: inChinese('(?<day>[今明昨前])(?<part>早上|早晨|晚上|早|晚|晨|夜)(?!饭)'),
    read: (g) =>
      only(
        { on: 'days', days: { 今: 0, 明: 1, 昨: -1, 前: -2 }[g.day ?? ''] ?? 0 },
        /[早晨]/.test(g.part ?? '') ? 'morning' : 'evening',
      ),
  },
  {
    pattern: inEnglish('today|tomorrow|tmrw?|tmw|yesterday'),
    read: (_, [text]) => only({ on: 'days', days: namedDays[text] ?? 0 }),
  },
  {
    pattern: inChinese('大后天|后天|明天|明日|今天|今日(?!头条)|大前天|前天|昨天|昨日'),
    read: (_, [text]) => only({ on: 'days', days: namedDays[text] ?? 0 }),
  },
];

const offsets: Rule[] = [
  {
    pattern: inEnglish(
      `in (?:(?<count>${anyNumber})|an?|(?:a )?(?<couple>couple of)) ?(?<unit>days?|weeks?)(?:' time)?|(?:(?<count2>${anyNumber})|a) ?(?<unit2>days?|weeks?) from (?:now|today)`,
    ),
    read: (g) => {
      const count = g.couple === undefined ? (g.count ?? g.count2 ?? '1') : '2';
      return only({ on: 'days', days: num(count) * ((g.unit ?? g.unit2 ?? '').startsWith('week') ? 7 : 1) });
    },
  },
  {
    pattern: inEnglish(`(?:(?<count>${anyNumber})|a) ?(?<unit>days?|weeks?) ago`),
    read: (g) => only({ on: 'days', days: -num(g.count ?? '1') * (g.unit?.startsWith('week') ? 7 : 1) }),
  },
  {
    pattern: inChinese(
      `(?<count>${number}) ?(?:(?<day>天|日)|个?(?:周|星期|礼拜)) ?(?:${after}|(?<ago>之?前)(?=[ ,.;的\ue000]|$))`,
    ),
    read: (g) =>
      only({
        on: 'days',
        days: num(g.count) * (g.day === undefined ? 7 : 1) * (g.ago === undefined ? 1 : -1),
      }),
  },
];

// SAT prep, SUN server: capitals before a word are a name.
const isName = (match: RegExpExecArray): boolean => {
  const rest = match.input.slice(match.index + match[0].length);
  return /^(?:sat|sun)$/.test(match[0]) && /^ (?:prep|exam|test|scores?|server|block|care|room)\b/.test(rest);
};

/** T8, D1: days named by how far away they are. Before durations and headcounts are sought. */
export const findOffsetDays = (ground: Ground): DatePart[] => search(ground, offsets);

/** D1–D10: every day that the text names, in their order. */
export const findDates = (ground: Ground): DatePart[] =>
  [...search(ground, absolute), ...search(ground, relative)].sort(byPlace);

const search = (ground: Ground, rules: Rule[]): DatePart[] =>
  rules.flatMap(({ pattern, read }) =>
    findAll(ground, pattern, (match) => read(match.groups ?? {}, match, ground)),
  );
