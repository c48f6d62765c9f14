import type { PartOfDay } from './dates.ts';
import { number, toNumber } from './numbers.ts';
import { allOf, type Finder, inMonth, numbersIn, repeating, unique, workdays } from './recurrence-rule.ts';
import { chineseDay, chineseWeek, toWeekday } from './words/calendar.ts';

const chineseDaysIn = (text: string | undefined): number[] =>
  unique(allOf(text?.replace(new RegExp(chineseWeek, 'g'), ''), chineseDay).map(toWeekday));
const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

// 每周二四点 is Tuesday at four: what a further numeral belongs to comes first.
const days = `${chineseDay}(?!次)(?:(?: ?[、,和及与跟/] ?(?:${chineseWeek})?|${chineseWeek})?${chineseDay}(?! ?[点时人个位名分小十刻号月年项级次轮场对维方期楼半]))*`;
const chineseRank = '(?:第 ?[一二三四五1-5]|最后一|最后1|最末一|倒数第[一二])';
const toChineseRank = (word: string): number =>
  word.startsWith('最')
    ? -1
    : word.startsWith('倒')
      ? word.endsWith('一')
        ? -1
        : -2
      : toNumber(word.replace(/[第 ]/g, ''));
const every = '(?:每(?: ?个|逢)?|逢)';
const everyOther = '(?:隔|每隔一?个?|双|每双|每[两2二]个?)';

/** C1–C6 in Chinese, the more special first. */
export const chineseFinders: Finder[] = [
  {
    pattern: new RegExp(
      `${every}月的?(?<ranks>${chineseRank}(?:[、和及]${chineseRank})*) ?个?的? ?${chineseWeek}(?<day>${chineseDay})`,
      'g',
    ),
    read: (g) =>
      repeating({
        every: 'month',
        weekdays: chineseDaysIn(g.day),
        nth: allOf(g.ranks, chineseRank).map(toChineseRank),
      }),
  },
  {
    pattern: new RegExp(`${every}月的?最后[一1]天|${every}月(?:底|末)`, 'g'),
    read: () => repeating({ every: 'month', monthDays: [-1] }),
  },
  {
    pattern: new RegExp(
      `每(?:隔? ?(?<n>${number}) ?个|隔?(?<n2>一)个| ?个)?月的?(?<days>${number} ?[号日]?(?:[、,和及] ?${number} ?[号日]?(?! ?[点:时人\\d]))*)(?<=[号日]|[、,和及] ?[\\d一二三十]+)`,
      'g',
    ),
    read: (g) => {
      const monthDays = numbersIn(g.days, '\\d+|[一二三四五六七八九十]+');
      const interval = g.n2 === undefined ? toNumber(g.n ?? '1') : 2;
      return inMonth(monthDays) ? repeating({ every: 'month', interval, monthDays }) : null;
    },
  },
  {
    pattern: new RegExp(
      `(?:工作日每[天日]|每个?工作日|每[天日]工作日|${every}${chineseWeek}[一1](?:到|至|-)(?:${chineseWeek})?[五5]|${chineseWeek}一(?:到|至|-)${chineseWeek}?五(?:每天)?|(?<!个)工作日(?=[ ,\ue000早上下中晚\\d]))`,
      'g',
    ),
    read: () => repeating({ every: 'week', weekdays: workdays }),
  },
  {
    pattern: new RegExp(
      `${every}${chineseWeek}(?<from>${chineseDay})(?:到|至|-)(?:${chineseWeek})?(?<to>${chineseDay})`,
      'g',
    ),
    read: (g) => {
      const [from, to] = [toWeekday(g.from ?? ''), toWeekday(g.to ?? '')];
      return from < to ? repeating({ every: 'week', weekdays: span(from, to) }) : null;
    },
  },
  {
    pattern: new RegExp(
      `${everyOther} ?${chineseWeek}(?:的|一次的?,? ?)? ?${chineseWeek}?(?<days>${days})|(?<short>[隔双])${chineseWeek}(?:的)?(?<days2>${days})`,
      'g',
    ),
    read: (g) => repeating({ every: 'week', interval: 2, weekdays: chineseDaysIn(g.days ?? g.days2) }),
  },
  {
    pattern: new RegExp(
      `每隔? ?(?<n>${number}) ?个?(?<unit>天|${chineseWeek}|月)(?:一次)?(?:的?${chineseWeek}(?<days>${days}))?|${everyOther}${chineseWeek}(?:一次)?(?![会报刊])|(?<alternate>隔[天日]|每隔一[天日])(?:一次)?`,
      'g',
    ),
    read: (g) => {
      if (g.alternate !== undefined) return repeating({ every: 'day', interval: 2 });
      const interval = g.n === undefined ? 2 : toNumber(g.n);
      const unit = g.unit === '天' ? 'day' : g.unit === '月' ? 'month' : 'week';
      return repeating({ every: unit, interval, weekdays: chineseDaysIn(g.days) });
    },
  },
  {
    pattern: new RegExp(`${every}${chineseWeek}末`, 'g'),
    read: () => repeating({ every: 'week', weekdays: [6, 7] }),
  },
  {
    pattern: new RegExp(`${every}${chineseWeek}(?:的)?(?:${chineseWeek})?(?<days>${days})`, 'g'),
    read: (g) => repeating({ every: 'week', weekdays: chineseDaysIn(g.days) }),
  },
  {
    pattern: /每[天日]?(?<part>早上?|早晨|晚上?|下午|上午|中午)(?![餐报])/g,
    read: (g, text) => repeating({ every: 'day' }, partIn(g.part ?? text)),
  },
  {
    pattern: /每个?天|天天(?=[ ,\d早晚上下\ue000])|每日(?=[ ,\d早晚上下中\ue000一二三四五六七八九十]|$)/g,
    read: () => repeating({ every: 'day' }),
  },
  {
    pattern: new RegExp(`每个?${chineseWeek}(?:一次|1次)?(?![一二三四五六日天])`, 'g'),
    read: () => repeating({ every: 'week' }),
  },
  { pattern: /每个?月(?:一次|1次)?(?=[ ,\d\ue000]|$)/g, read: () => repeating({ every: 'month' }) },
];

const partIn = (text: string): PartOfDay =>
  /中午/.test(text) ? 'noon' : /下午/.test(text) ? 'afternoon' : /晚/.test(text) ? 'evening' : 'morning';
