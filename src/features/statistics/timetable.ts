import type { Instant } from '../../core/clock.ts';
import { addDays, fromLocal, toLocal, weekdayOf } from '../../core/time.ts';
import type { Period } from './domain.ts';
import { monthBefore, weekBefore } from './period.ts';

/** How often statistics are posted. */
export const everies = ['day', 'week', 'month'] as const;
export type Every = (typeof everies)[number];

/** What a text begins with that asks for statistics again and again. */
const words: ReadonlyArray<{ every: Every; says: RegExp }> = [
  { every: 'day', says: /^(?:(?:daily|every (?:work(?:ing )?)?day)(?![a-z\d])|每[個个]?(?:工作)?[天日])/iu },
  { every: 'week', says: /^(?:(?:weekly|every week)(?![a-z\d])|每[個个]?(?:[週周]|星期|[禮礼]拜))/iu },
  { every: 'month', says: /^(?:(?:monthly|every month)(?![a-z\d])|每[個个]?月)/iu },
];

/** How often a text wants statistics, and what else it says; null: once. */
export function everyIn(text: string): { every: Every; rest: string } | null {
  const said = text.trim();
  for (const { every, says } of words) {
    const match = says.exec(said);
    if (match) return { every, rest: said.slice(match[0].length).trim() };
  }
  return null;
}

/** On the clock of whoever set it up. */
const timeOfPost = '08:00';
/** A month has no more days. */
const mostDaysAhead = 31;

/** When statistics are posted next after `after`: on working days, on Mondays, or on the first of the month. */
export function nextPost(every: Every, after: Instant, zone: string, workDays: readonly number[]): Instant {
  const today = toLocal(after, zone).date;
  for (let ahead = 0; ahead <= mostDaysAhead; ahead++) {
    const date = addDays(today, ahead);
    const at = fromLocal({ date, time: timeOfPost, zone });
    if (at > after && isDayOf(every, date, workDays)) return at;
  }
  throw new Error(`no day for statistics of every ${every}`);
}

function isDayOf(every: Every, date: string, workDays: readonly number[]): boolean {
  switch (every) {
    case 'day':
      return isWorkDay(date, workDays);
    case 'week':
      return weekdayOf(date) === 1;
    case 'month':
      return date.endsWith('-01');
  }
}

/** Where no day is a working day, every day is as good as any other. */
const isWorkDay = (date: string, workDays: readonly number[]): boolean =>
  workDays.length === 0 || workDays.includes(weekdayOf(date));

/** The last full working day, week or month before a day. */
export function lastFull(every: Every, today: string, workDays: readonly number[]): Period {
  switch (every) {
    case 'day': {
      let date = addDays(today, -1);
      while (!isWorkDay(date, workDays)) date = addDays(date, -1);
      return { from: date, until: date };
    }
    case 'week':
      return weekBefore(today);
    case 'month':
      return monthBefore(today);
  }
}
