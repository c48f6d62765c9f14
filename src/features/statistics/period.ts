import { addDays, isDate, weekdayOf } from '../../core/time.ts';
import type { Period } from './domain.ts';

/** The longest period that is counted at once: a leap year. */
export const mostDays = 366;

/** What `/stats` shows where nothing is said. */
export const usualPeriod = (today: string): Period => lastDays(today, 30);

const lastDays = (today: string, days: number): Period => ({ from: addDays(today, 1 - days), until: today });

const monthOf = (date: string): { year: number; month: number } => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
});

/** The first of a month; months beyond December are those of the years after. */
const firstOf = (year: number, month: number): string =>
  new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

const months = (year: number, month: number, count: number): Period => ({
  from: firstOf(year, month),
  until: addDays(firstOf(year, month + count), -1),
});

const week = (today: string, weeks: number): Period => {
  const from = addDays(today, 1 - weekdayOf(today) + 7 * weeks);
  return { from, until: addDays(from, 6) };
};

/** The full week, Monday to Sunday, before the one that a day is in. */
export const weekBefore = (today: string): Period => week(today, -1);

/** The full month before the one that a day is in. */
export const monthBefore = (today: string): Period =>
  months(monthOf(today).year, monthOf(today).month - 1, 1);

type Rule = { says: RegExp; period(today: string, words: Record<string, string>): Period };

const date = '\\d{4}-\\d{2}-\\d{2}';
/** Chinese words have no space around them, English ones are no part of another. */
const word = (source: string): RegExp => new RegExp(`(?<![a-z\\d-])(?:${source})(?![a-z\\d-])`, 'iu');

/** The first that is found is meant; longer ones come before those that they hold. */
const rules: Rule[] = [
  {
    says: new RegExp(`(?:from )?(?<from>${date}) ?(?:to|until|till|–|—|-|~|至|到) ?(?<until>${date})`, 'iu'),
    period: (_, { from = '', until = '' }) => ({ from, until }),
  },
  { says: word(`(?<day>${date})`), period: (_, { day = '' }) => ({ from: day, until: day }) },
  {
    says: /(?<![\d-])(?<year>(?:19|2\d)\d{2})(?:-(?<month>0[1-9]|1[0-2])(?![\d-])| ?年 ?(?<named>1[0-2]|0?[1-9]) ?月)/u,
    period: (_, { year, month, named }) => months(Number(year), Number(month ?? named), 1),
  },
  {
    says: /(?<![\d-])(?<year>20\d{2})(?:(?![\d-])| ?年)/u,
    period: (_, { year }) => months(Number(year), 1, 12),
  },
  {
    says: /(?:(?:last|past) (?<days>\d{1,3}) days|(?:最近|近|過去|过去) ?(?<count>\d{1,3}) ?[天日])/iu,
    period: (today, { days, count }) => lastDays(today, Math.max(1, Number(days ?? count))),
  },
  { says: word('this week|本[週周]|[這这][個个]?[週周]'), period: (today) => week(today, 0) },
  { says: word('last week|上[個个]?[週周]'), period: weekBefore },
  {
    says: word('this month|本月|[這这][個个]月'),
    period: (today) => months(monthOf(today).year, monthOf(today).month, 1),
  },
  { says: word('last month|上[個个]?月'), period: monthBefore },
  { says: word('this quarter|本季度?|[這这][個个]?季度?'), period: (today) => quarter(today, 0) },
  { says: word('last quarter|上[個个]?季度?'), period: (today) => quarter(today, -1) },
  { says: word('this year|今年|本年'), period: (today) => months(monthOf(today).year, 1, 12) },
  { says: word('last year|去年'), period: (today) => months(monthOf(today).year - 1, 1, 12) },
  { says: word('today|今天|今日'), period: (today) => lastDays(today, 1) },
  { says: word('yesterday|昨天|昨日'), period: (today) => lastDays(addDays(today, -1), 1) },
  { says: word('tomorrow|明天|明日'), period: (today) => lastDays(addDays(today, 1), 1) },
  { says: word('next week|下[個个]?[週周]'), period: (today) => week(today, 1) },
  {
    says: word('next month|下[個个]?月'),
    period: (today) => months(monthOf(today).year, monthOf(today).month + 1, 1),
  },
];

function quarter(today: string, quarters: number): Period {
  const { year, month } = monthOf(today);
  return months(year, 3 * (Math.floor((month - 1) / 3) + quarters) + 1, 3);
}

/** The period that a text names, and what else it says; no period: the last thirty days. */
export function periodIn(text: string, today: string): { period: Period; rest: string } {
  const { period, rest } = periodSaid(text, today);
  return { period: period ?? usualPeriod(today), rest };
}

/** The period that a text names (null: none), and what else it says. */
export function periodSaid(text: string, today: string): { period: Period | null; rest: string } {
  for (const { says, period } of rules) {
    const match = says.exec(text);
    if (!match) continue;
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    return { period: period(today, match.groups ?? {}), rest: rest.replace(/\s+/g, ' ').trim() };
  }
  return { period: null, rest: text.trim() };
}

/** Why a period can't be counted; null: it can. */
export function periodProblem({ from, until }: Period): 'unreadable' | 'backwards' | 'long' | null {
  if (!isDate(from) || !isDate(until)) return 'unreadable';
  if (until < from) return 'backwards';
  return addDays(from, mostDays - 1) < until ? 'long' : null;
}
