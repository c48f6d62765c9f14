import { type Role, roleOf } from './bounds.ts';
import { type DateExpr, daysOf } from './calendar.ts';
import type { DatePart } from './dates.ts';
import type { DurationPart } from './durations.ts';
import { between, type Ground, partSign, type Span } from './ground.ts';
import { toNumber } from './numbers.ts';
import type { Parts } from './parts.ts';
import type { HeadcountPart } from './people.ts';
import { isOpen } from './recurrence-rule.ts';
import type { TimePart } from './times.ts';

export type Chosen = {
  date: DatePart | null;
  /** C6: weekdays named beside `every week`. */
  weekdays: number[];
  from: DatePart | null;
  until: DatePart | null;
  time: TimePart | null;
  duration: DurationPart | null;
  headcount: HeadcountPart | null;
  /** What the chosen dates say it took, with the small words of their role. */
  spans: Span[];
};

/** Of several days, times and amounts the ones that are meant; the others are part of the topic (E3, S7). */
export function choose(ground: Ground, parts: Parts, today: number): Chosen {
  const [recurrence] = parts.recurrences;
  const series = recurrence !== undefined;
  const times = parts.times;
  const dates = mergeNeighbours(ground, withoutSubjects(ground, parts, today));
  const roles = dates.map((date) => ({
    date,
    ...(series ? roleOf(ground, date) : { role: 'on' as Role, from: date.from, to: date.to }),
  }));
  const first = (role: Role) => roles.find((it) => it.role === role) ?? null;
  const [from, until] = [first('from'), first('until')];
  // Friday in "Friday demo prep every Tuesday" is no day of the series.
  const dayKnown = series && !isOpen(recurrence.rule);
  const on = roles
    .filter(({ role, date: { date } }) => role === 'on' && !(dayKnown && isPlainWeekday(date)))
    .map((it) => it.date);
  const usable = times.filter(
    (time) => !time.now || (times.length === 1 && on.length === 0 && parts.elapsed.length === 0 && !series),
  );
  const { date, time } = nearest(ground, on, usable);
  const weekdays = series ? on.filter((it) => isPlainWeekday(it.date)) : [];
  const several = date !== null && weekdays.includes(date) ? weekdays : [];
  return {
    date,
    weekdays: several.flatMap((it) => (it.date.on === 'weekday' ? [it.date.weekday] : [])),
    from: from?.date ?? null,
    until: until?.date ?? parts.ends[0] ?? null,
    time,
    duration: bestDuration(ground, parts.durations),
    headcount: parts.headcounts[0] ?? labelledCount(ground, parts),
    spans: [
      ...[from, until].filter((it) => it !== null),
      ...(date === null ? [] : [date, ...confirmations(ground, parts.dates, date)]),
      ...several,
      ...(series ? parts.ends.slice(0, 1) : []),
    ],
  };
}

const isPlainWeekday = (date: DateExpr): boolean => date.on === 'weekday' && date.week === null;

/** E3: a day with 's or 的 that describes the subject, where the text has another day or time. */
function withoutSubjects(ground: Ground, parts: Parts, today: number): DatePart[] {
  const { folded } = ground.text;
  const subjects = parts.dates.filter((date) => {
    const group = groupEnd(ground, date, [...parts.partsOfDay, ...parts.times]);
    if (!/^(?:'s(?![a-z])| ?的)/.test(folded.slice(group.to))) return false;
    const others =
      parts.dates.filter((it) => it !== date).length + parts.elapsed.length + parts.recurrences.length;
    const otherTimes = parts.times.filter((it) => !group.inside.includes(it)).length;
    return others > 0 || (isPast(date, today) && otherTimes > 0);
  });
  // Something must be left to be the day.
  const left = parts.dates.filter((date) => !subjects.includes(date));
  const dropped = subjects.filter(
    (date) =>
      left.length > 0 || parts.elapsed.length > 0 || parts.recurrences.length > 0 || isPast(date, today),
  );
  for (const date of dropped) {
    const { inside } = groupEnd(ground, date, [...parts.partsOfDay, ...parts.times]);
    parts.times = parts.times.filter((time) => !inside.includes(time));
    parts.partsOfDay = parts.partsOfDay.filter((part) => !inside.includes(part));
  }
  return parts.dates.filter((date) => !dropped.includes(date));
}

const isPast = ({ date }: DatePart, today: number): boolean => {
  const days = daysOf(date, today);
  return days?.kind === 'pinned' && days.day < today;
};

function groupEnd(ground: Ground, date: DatePart, others: readonly Span[]): { to: number; inside: Span[] } {
  const inside: Span[] = [];
  let to = date.to;
  for (let again = true; again; ) {
    const next = others.find(
      (it) => it.from >= to && /^ ?$/.test(ground.text.folded.slice(to, it.from)) && it.from - to <= 1,
    );
    again = next !== undefined;
    if (next !== undefined) {
      inside.push(next);
      to = next.to;
    }
  }
  return { to, inside };
}

const weight = ({ date }: DatePart): number => {
  switch (date.on) {
    case 'monthDay':
      return 4;
    case 'monthsDay':
      return date.months === null ? 2 : 3;
    case 'days':
      return 3;
    case 'weekday':
      return date.week === null ? 1 : 2;
    case 'end':
      return 0;
  }
};

const isBeside = (ground: Ground, one: Span, other: Span): boolean =>
  /^[ ,(（]{0,3}$/.test(between(ground, one, other));

/** D10: a weekday beside a date only confirms it. */
function mergeNeighbours(ground: Ground, dates: readonly DatePart[]): DatePart[] {
  return dates.filter(
    (date) =>
      !dates.some((other) => other !== date && isBeside(ground, date, other) && weight(other) > weight(date)),
  );
}

const confirmations = (ground: Ground, dates: readonly DatePart[], chosen: DatePart): DatePart[] =>
  dates.filter((date) => date !== chosen && isBeside(ground, date, chosen) && weight(date) < weight(chosen));

/** The day and the time that stand beside each other, or else the ones that stand best by themselves. */
function nearest(
  ground: Ground,
  dates: readonly DatePart[],
  times: readonly TimePart[],
): { date: DatePart | null; time: TimePart | null } {
  const pairs = dates.flatMap((date) => times.map((time) => ({ date, time })));
  const close = pairs.find(({ date, time }) => isClose(ground, date, time));
  if (close !== undefined && (dates.length > 1 || times.length > 1)) return close;
  const sure = times.filter(({ bare }) => !bare);
  return { date: standingBest(ground, dates), time: standingBest(ground, sure) ?? times[0] ?? null };
}

const linking = /^[\s,，的]*(?:at|@|on|from|around|about|in the|of|大概|大约|约|,)?[\s,]*$/;
const isClose = (ground: Ground, date: Span, time: Span): boolean => {
  const [from, to] = date.from < time.from ? [date.to, time.from] : [time.to, date.from];
  return from <= to && linking.test(ground.open().slice(from, to).replaceAll(partSign, ''));
};

function standingBest<T extends Span>(ground: Ground, found: readonly T[]): T | null {
  const scored = found.map((part) => ({ part, score: standing(ground, part) }));
  scored.sort((one, other) => other.score - one.score || one.part.from - other.part.from);
  return scored[0]?.part ?? null;
}

/** How well a part is set off from the topic around it. */
function standing(ground: Ground, { from, to }: Span): number {
  const open = ground.open();
  const [before, after] = [open.slice(0, from), open.slice(to)];
  const setOff = (text: string): boolean => text === '' || /^[^\p{L}\p{N}\ue001]/u.test(text);
  const introduced = /(?<![a-z])(?:on|for|at|共|为时|时长) ?$/.test(before) ? 2 : 0;
  const right = setOff(after.trimStart()) ? 2 : setOff(after) ? 1 : 0;
  const left = before === '' || /[^\p{L}\p{N}\ue001]$/u.test(before) ? 0.5 : 0;
  return introduced + right + left;
}

const bestDuration = standingBest<DurationPart>;

/** N4: `人數：12` */
function labelledCount(ground: Ground, { labels }: Parts): HeadcountPart | null {
  for (const { field, to, end } of labels) {
    if (field !== 'people') continue;
    const match = /^ ?(?:(?<low>\d{1,4}) ?- ?)?(?<n>\d{1,4}|[一二两三四五六七八九十百]{1,5})(?![\d:])/.exec(
      ground.open().slice(to, end),
    );
    if (match === null) continue;
    const people = Math.max(toNumber(match.groups?.n ?? '0'), Number(match.groups?.low ?? 0));
    return { from: to, to: to + match[0].length, people };
  }
  return null;
}
