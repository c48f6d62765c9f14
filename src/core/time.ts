import { IANAZone } from 'luxon';
import { day, type Instant, minute } from './clock.ts';

/** A wall-clock moment as a person types it: `2026-12-03` and `15:00`, read in an IANA zone. */
export type LocalTime = { date: string; time: string; zone: string };

export type Reading =
  | { kind: 'exact'; at: Instant }
  /** The clock shows this time twice (autumn): `at` is the first, `second` the other. */
  | { kind: 'twice'; at: Instant; second: Instant }
  /** The clock never shows this time (spring): `next` is the first moment after the gap. */
  | { kind: 'skipped'; next: Instant }
  | { kind: 'invalid' };

export const isZone = (zone: string): boolean => IANAZone.create(zone).isValid;

/** `2026-12-03`, and a day that the calendar has; before 1900 and after 2999 nobody means it, and sums fail. */
export function isDate(date: string): boolean {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(date)) return false;
  // A day that its month does not have is none, or one of the next.
  return new Date(date).getUTCDate() === Number(date.slice(8));
}

/** `00:00` to `23:59`. */
export const isTimeOfDay = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);

/** Reads a wall-clock time in its zone, telling apart the ones that don't exist and those that exist twice. */
export function readLocal({ date, time, zone }: LocalTime): Reading {
  if (!isDate(date) || !isTimeOfDay(time) || !isZone(zone)) return { kind: 'invalid' };
  const wall = Date.parse(`${date}T${time}Z`);
  // Where the clock is changed nearby, one is read by the clock before the change, the other by the one after it.
  const before = wall - aheadAt(wall - day, zone);
  const after = wall - aheadAt(wall + day, zone);
  const shown = [...new Set([before, after])].filter((at) => at + aheadAt(at, zone) === wall);
  const [first, second] = shown.sort((a, b) => a - b);
  if (first === undefined) return { kind: 'skipped', next: changeBetween(after, before, zone) };
  return second === undefined ? { kind: 'exact', at: first } : { kind: 'twice', at: first, second };
}

/** No zone changes its clocks twice within this time. */
const stretch = 7 * day;
/** More stretches than a series looks at; whoever asks for more starts afresh. */
const mostKept = 1000;
/** By zone: by how much it is ahead, in minutes, as each stretch begins. */
const kept = new Map<string, Map<number, number>>();

/** By how much the clock in `zone` is ahead of UTC, in milliseconds. To ask for it takes microseconds, and is kept. */
function aheadAt(at: Instant, zone: string): number {
  const begins = Math.floor(at / stretch);
  const ahead = aheadAsItBegins(begins, zone);
  return (ahead === aheadAsItBegins(begins + 1, zone) ? ahead : IANAZone.create(zone).offset(at)) * minute;
}

function aheadAsItBegins(begins: number, zone: string): number {
  const its = kept.get(zone) ?? new Map<number, number>();
  if (its.size > mostKept) its.clear();
  const ahead = its.get(begins) ?? IANAZone.create(zone).offset(begins * stretch);
  its.set(begins, ahead);
  kept.set(zone, its);
  return ahead;
}

/** The minute in `(from, until]` at which the clock is changed. */
function changeBetween(from: Instant, until: Instant, zone: string): Instant {
  if (until - from <= minute) return until;
  const middle = from + Math.ceil((until - from) / 2 / minute) * minute;
  return aheadAt(middle, zone) === aheadAt(until, zone)
    ? changeBetween(from, middle, zone)
    : changeBetween(middle, until, zone);
}

/** The wall clock at an instant: `{date: '2026-12-03', time: '15:00', minutes: 900}`. */
export function toLocal(at: Instant, zone: string): { date: string; time: string; minutes: number } {
  const wall = new Date(at + aheadAt(at, zone));
  const shown = wall.toISOString();
  return {
    date: shown.slice(0, 10),
    time: shown.slice(11, 16),
    minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

/** The instant at which the clock in `zone` shows this; a skipped time gives the end of the gap. */
export function fromLocal(local: LocalTime): Instant {
  const read = readLocal(local);
  switch (read.kind) {
    case 'exact':
    case 'twice':
      return read.at;
    case 'skipped':
      return read.next;
    case 'invalid':
      throw new Error(`not a local time: ${local.date} ${local.time} ${local.zone}`);
  }
}

/** The calendar day `days` after the given one; `addDays('2026-12-31', 1)` is `2027-01-01`. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/** The ISO weekday of a calendar day: 1 is Monday, 7 Sunday. */
export const weekdayOf = (date: string): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (new Date(date).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How far this is past a full step of the wall clock, in milliseconds: 7 min at 15:07 with steps of 15. */
export const pastStep = (at: Instant, zone: string, step: number): number =>
  (toLocal(at, zone).minutes % step) * minute + (at % minute);

/** The first full step of the wall clock at or after `at`. */
export function stepFrom(at: Instant, zone: string, step: number): Instant {
  const past = pastStep(at, zone, step);
  // The clock may be put forward on the way, and the step be missed by that.
  return past === 0 ? at : stepFrom(at - past + step * minute, zone, step);
}

/** The last full step of the wall clock at or before `at`. */
export function stepUntil(at: Instant, zone: string, step: number): Instant {
  const past = pastStep(at, zone, step);
  return past === 0 ? at : stepUntil(at - past, zone, step);
}

/** `08:30` as 510; throws on anything else. */
export function minutesOfDay(time: string): number {
  if (!isTimeOfDay(time)) throw new Error(`not a time of day: ${time}`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** 510 as `08:30`; 1440 as `24:00`. */
export const timeOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
