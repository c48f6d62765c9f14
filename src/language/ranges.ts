import type { DatePart } from './dates.ts';
import { byPlace, findAll, type Ground, partSign, type Span } from './ground.ts';
import { englishNumber, toNumber } from './numbers.ts';
import type { TimePart } from './times.ts';
import { chineseHalves } from './words/times.ts';

const joined = '(?:-{1,2}|to|till|til|until|through|到|至|→)';
// A bare hour is no amount of something, and no part of a longer number or name.
const hour = `(?:\\d{1,2}|${englishNumber})(?![a-z0-9:/%']|\\.\\d|-[a-z]| ?(?:st|nd|rd|th|x|k|%)\\b)`;

type Joinable = { ground: Ground; times: TimePart[] };

const hourFrom = (text: string): number | null => {
  const value = toNumber(text);
  return value <= 24 ? value : null;
};

const bareClock = (text: string): TimePart['clock'] | null => {
  const value = hourFrom(text);
  return value === null ? null : { hour: value, minute: 0, exact: /^0\d/.test(text), half: null };
};

/** T9: times joined to ranges, with bare hours where the other end or `from` says what they are. */
export function joinRanges(ground: Ground, found: TimePart[], dates: readonly DatePart[]): TimePart[] {
  const it: Joinable = { ground, times: [...found].sort(byPlace) };
  joinNeighbours(it);
  bareStart(it);
  bareEnd(it);
  bothBare(it, dates);
  lonelyEnd(it);
  return it.times.sort(byPlace);
}

function joinNeighbours({ ground, times }: Joinable): void {
  const gap = new RegExp(`^ ?${joined} ?$`);
  const between = /(?<![a-z])between $/;
  for (let at = 0; at + 1 < times.length; at++) {
    const [one, two] = [times[at], times[at + 1]];
    if (one === undefined || two === undefined || one.end !== undefined || two.now) continue;
    const span = { from: one.to, to: two.from };
    const { folded } = ground.text;
    const paired = folded.slice(span.from, span.to) === ' and ' && between.test(folded.slice(0, one.from));
    if (!paired && !gap.test(folded.slice(span.from, span.to))) continue;
    ground.claim(span);
    const from = paired ? one.from - 'between '.length : one.from;
    times.splice(at, 2, { ...one, from, to: two.to, end: two.clock });
  }
}

/** `3-4pm`, 3到4点 */
function bareStart({ ground, times }: Joinable): void {
  const pattern = new RegExp(
    `(?<![a-z0-9.:/#$-])(?:from |between )?(?:(?<half>${Object.keys(chineseHalves).join('|')}) ?)?(?<hour>\\d{1,2}|${englishNumber}|[一二两三四五六七八九]|十[一二]?) ?(?:-{1,2}|to|till|until|到|至|(?<=between [a-z0-9]{1,6} )and) ?(?=${partSign})`,
    'g',
  );
  findAll(ground, pattern, (match) => {
    const end = times.find((time) => time.from === match.index + match[0].length);
    const clock = bareClock(match.groups?.hour ?? '');
    if (end === undefined || end.end !== undefined || end.now || clock === null) return null;
    const half = chineseHalves[match.groups?.half ?? ''] ?? null;
    times.splice(times.indexOf(end), 1, {
      ...end,
      from: match.index,
      clock: { ...clock, half },
      end: end.clock,
    });
    return {};
  });
}

/** `3pm till 5`, `14:00-15` */
function bareEnd({ ground, times }: Joinable): void {
  findAll(ground, new RegExp(`(?<=${partSign}) ?${joined} ?(?<hour>${hour})`, 'g'), (match) => {
    const start = times.find((time) => time.to === match.index);
    const clock = bareClock(match.groups?.hour ?? '');
    if (start === undefined || start.end !== undefined || start.now || clock === null) return null;
    times.splice(times.indexOf(start), 1, { ...start, to: match.index + match[0].length, end: clock });
    return {};
  });
}

/** T5: `from 10 to 11`, `Tue 3-4` */
function bothBare({ ground, times }: Joinable, dates: readonly DatePart[]): void {
  const add = (match: RegExpExecArray): object | null => {
    const [clock, end] = [bareClock(match.groups?.a ?? ''), bareClock(match.groups?.b ?? '')];
    if (clock === null || end === null) return null;
    times.push({ from: match.index, to: match.index + match[0].length, clock, end });
    return {};
  };
  findAll(
    ground,
    new RegExp(`(?<![a-z0-9])(?:from|between) (?<a>${hour}) ?(?:-|to|till|until|and) ?(?<b>${hour})`, 'g'),
    add,
  );
  findAll(
    ground,
    new RegExp(`(?<=${partSign}),? ?(?<a>${hour}) ?(?:-|to|till) ?(?<b>${hour})`, 'g'),
    (match) => (isAfterDay(match.index, dates) ? add(match) : null),
  );
}

/** `3pm design review until 4:30`: an end away from its start. */
function lonelyEnd(it: Joinable): void {
  const open = it.times.find((time) => time.end === undefined && !time.now);
  const end = it.times.find((time) => time !== open && time.end === undefined && !time.now);
  if (open === undefined || end === undefined) return;
  const { folded } = it.ground.text;
  const before = /(?<![a-z])(?:until|till|til|直到|到|至) ?$/.exec(folded.slice(0, end.from));
  const after = /^ ?(?:结束|散会)/.exec(folded.slice(end.to));
  if (before === null && after === null) return;
  const endAt = { from: before?.index ?? end.from, to: end.to + (after?.[0].length ?? 0) };
  it.ground.claim(endAt);
  it.times = it.times
    .filter((time) => time !== end)
    .map((time) => (time === open ? { ...time, end: end.clock, endAt } : time));
}

/** T5, Z7: `at 4`, `@ 4`, `Thu 4`, `8 tonight`: a bare number in the place of an hour. */
export function findBareHours(ground: Ground, dates: readonly Span[], tonight: readonly Span[]): TimePart[] {
  const read = (match: RegExpExecArray): Omit<TimePart, keyof Span> | null => {
    const clock = bareClock(match.groups?.hour ?? '');
    return clock === null ? null : { clock, bare: true };
  };
  const afterAt = new RegExp(
    `(?<=(?<![a-z0-9])at |@ ?)(?<hour>${hour})(?! ?(?:people|sites?|offices?|locations?|places|km|percent|points|-)\\b)`,
    'g',
  );
  const afterDay = new RegExp(`(?<=${partSign} )(?<hour>${hour})(?=$|[ ,;)${partSign}]|[.!?](?: |$))`, 'g');
  return [
    ...findAll(ground, afterAt, read),
    ...findAll(ground, afterDay, (match) => (isAfterDay(match.index - 1, dates) ? read(match) : null)),
    ...findAll(ground, new RegExp(`(?<![a-z0-9.:/#$-])(?<hour>${hour})(?= ${partSign})`, 'g'), (match) =>
      tonight.some(({ from }) => from === match.index + match[0].length + 1) ? read(match) : null,
    ),
  ];
}

const isAfterDay = (place: number, dates: readonly Span[]): boolean => dates.some(({ to }) => to === place);
