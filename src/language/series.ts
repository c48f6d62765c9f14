import { type DateExpr, dayNumber, daysOf, isoDate, partsOf, weekdayOf } from './calendar.ts';
import type { CountPart } from './recurrence.ts';
import { isOpen, type Rule } from './recurrence-rule.ts';
import {
  type Facts,
  lengthOf,
  minutesNamed,
  momentOf,
  type Resolved,
  resolve,
  type TimeError,
  today,
  type When,
} from './resolve.ts';
import { firstDays, type Limit, rruleText } from './rrule.ts';

export type SeriesSaid = {
  rule: Rule;
  when: When;
  /** C6: the days named beside `every week`. */
  weekdays: number[];
  from: DateExpr | null;
  until: DateExpr | null;
  count: CountPart | null;
};

export type Series = { resolved: Resolved | null; recurrence: string | null };

/** C: the first occurrence strictly after now, and the rule as text. */
export function resolveSeries(said: SeriesSaid, facts: Facts): Series {
  const until = said.until === null ? null : coming(said.until, facts);
  const from = said.from === null ? null : coming(said.from, facts);
  if (until === 'invalid' || from === 'invalid') return failed('invalid');
  if ((until !== null && until < today(facts)) || (from !== null && from < today(facts)))
    return failed('past');
  const given = withDay(said, facts);
  if ('error' in given) return failed(given.error);
  const { rule, earliest } = given;
  const recurrence = rruleText(rule, limitOf(said, rule, until));
  if (isOpen(rule)) return { resolved: null, recurrence };
  const start = firstOccurrence(rule, said.when, Math.max(from ?? 0, earliest ?? 0) || null, facts);
  return { resolved: start, recurrence };
}

const failed = (error: TimeError): Series => ({ resolved: { error }, recurrence: null });

function coming(date: DateExpr, facts: Facts): number | 'invalid' {
  const days = daysOf(date, today(facts));
  if (days === null) return 'invalid';
  if (days.kind === 'pinned') return days.day;
  return days.days.find((day) => day > today(facts) || days.todayCounts) ?? 'invalid';
}

/** C6: `every week` takes its day from the date beside it; any other date is the first day of the series. */
function withDay(
  { rule, when, weekdays }: SeriesSaid,
  facts: Facts,
): { rule: Rule; earliest: number | null } | { error: TimeError } {
  const open = isOpen(rule);
  if (open && rule.every === 'week' && weekdays.length > 1) {
    return { rule: { ...rule, weekdays: [...new Set(weekdays)].sort() }, earliest: null };
  }
  if (when.date === null && !(open && rule.every === 'week')) return { rule, earliest: null };
  const first = resolve(when, facts);
  if (first === null) return { rule, earliest: null };
  if ('error' in first) return first;
  const day = dayNumber(first.start.date);
  if (!open) return { rule, earliest: day };
  const whole =
    rule.every === 'week'
      ? { ...rule, weekdays: [weekdayOf(day)] }
      : { ...rule, monthDays: [partsOf(day).day] };
  // `every week on Friday` has no first day but the coming one.
  return { rule: whole, earliest: day };
}

function firstOccurrence(rule: Rule, when: When, from: number | null, facts: Facts): Resolved {
  const earliest = Math.max(from ?? 0, today(facts));
  if (when.clock === null) {
    const [day] = firstDays(rule, from === null ? earliest + 1 : earliest, 1);
    return day === undefined
      ? { error: 'invalid' }
      : { start: { date: isoDate(day), time: null, at: null }, durationMinutes: null };
  }
  const minutes = minutesNamed(when);
  if (minutes === null) return { error: 'invalid' };
  for (const day of firstDays(rule, earliest, 3)) {
    const moment = momentOf(day, minutes.start, facts);
    if (moment !== null && moment.at > facts.now) {
      return { start: moment, durationMinutes: lengthOf(day, minutes, moment.at, facts) };
    }
  }
  return { error: 'invalid' };
}

function limitOf({ count }: SeriesSaid, rule: Rule, until: number | null): Limit {
  if (until !== null) return { until };
  if (count === null) return null;
  if ('times' in count) return { count: count.times };
  if (rule.every === count.unit) {
    const perStep = rule.every === 'week' ? Math.max(1, rule.weekdays.length) : 1;
    return { count: Math.max(1, Math.floor(count.span / rule.interval)) * perStep };
  }
  return rule.every === 'day' && count.unit === 'week' ? { count: count.span * 7 } : null;
}
