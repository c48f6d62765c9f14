import { type Instant, minute } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/refusal.ts';
import { addDays, fromLocal, timeOfDay, toLocal } from '../../core/time.ts';
import type { Booking } from '../booking/domain.ts';

/**
 * When nothing is sent, in minutes after midnight on a person's own clock. Where `until` is the earlier of the
 * two, it spans midnight.
 */
export type Quiet = { from: number; until: number };

/** What a person wants of reminders (2.7). */
export type Setting = {
  /** Minutes before the start; null: as the organisation does. Empty: none. */
  leads: number[] | null;
  quiet: Quiet | null;
  /** When the day's digest comes, in minutes after midnight; null: none. */
  digestAt: number | null;
};

/** Of everybody who has not said otherwise. */
export const defaultSetting: Setting = { leads: null, quiet: null, digestAt: null };

/** `until`: when it has nothing to say any more, since the next one is due or the meeting begins. */
export type Reminder = { due: Instant; until: Instant };

/**
 * When to remind somebody of what begins at `start` (2.7): `leads` minutes before it; a lead that has passed
 * already is left out. One that falls into their quiet hours comes just before these begin or, where it is too
 * late for that, when they end; where the meeting has begun by then, it is left out. Of those that come to the same
 * moment one is kept.
 * @param zone in which the quiet hours are read
 */
export function plan(it: {
  start: Instant;
  leads: readonly number[];
  quiet: Quiet | null;
  zone: string;
  now: Instant;
}): Reminder[] {
  const { start, quiet, zone, now } = it;
  const dues = it.leads
    .map((lead) => start - lead * minute)
    .filter((due) => due > now)
    .map((due) => outsideOf(quiet, zone, due, now))
    .filter((due) => due < start)
    .sort((a, b) => a - b);
  const apart = dues.filter((due, n) => due !== dues[n + 1]);
  return apart.map((due, n) => ({ due, until: apart[n + 1] ?? start }));
}

/** `due` itself, or the moment next to the quiet hours that it falls into. */
function outsideOf(quiet: Quiet | null, zone: string, due: Instant, now: Instant): Instant {
  const silence = quiet && silenceAround(quiet, zone, due);
  if (!silence) return due;
  return silence.start > now ? silence.start : silence.end;
}

/**
 * The quiet hours that `at` falls into, or null. The moment at which they begin is not one of them. Their ends are
 * moments on the wall clock of `zone`, so that they may be an hour longer or shorter when the clock is changed.
 */
export function silenceAround(
  { from, until }: Quiet,
  zone: string,
  at: Instant,
): { start: Instant; end: Instant } | null {
  const today = toLocal(at, zone).date;
  for (const date of [addDays(today, -1), today]) {
    const start = fromLocal({ date, time: timeOfDay(from), zone });
    const last = until <= from ? addDays(date, 1) : date;
    const end = fromLocal({ date: last, time: timeOfDay(until), zone });
    if (start < at && at < end) return { start, end };
  }
  return null;
}

/** True where the wall clock at `minutes` after midnight is inside of the quiet hours. */
export const isQuiet = ({ from, until }: Quiet, minutes: number): boolean =>
  from < until ? from < minutes && minutes < until : from < minutes || minutes < until;

/** A reminder that is late (the program was down, the platform unreachable) has nothing to say from `until` on. */
export const isOvertaken = (until: Instant, now: Instant): boolean => now >= until;

/** When the digest of a day comes, on the clock of `zone`. */
export const digestOf = (date: string, digestAt: number, zone: string): Instant =>
  fromLocal({ date, time: timeOfDay(digestAt), zone });

/** When the next digest comes (2.7): at the same local time every day, also when the clock is changed. */
export function nextDigest(digestAt: number, zone: string, now: Instant): Instant {
  const today = toLocal(now, zone).date;
  const at = digestOf(today, digestAt, zone);
  return at > now ? at : digestOf(addDays(today, 1), digestAt, zone);
}

/** Who of a booking's people is reminded, and hears of the others: the host, and the attendees who are coming. */
export const comingTo = ({ host, attendees, declined }: Booking): PersonId[] => [
  host,
  ...attendees.filter((person) => !declined.includes(person)),
];

/** By how many minutes people say that they will be late. */
export const lateChoices = [5, 10, 15, 30] as const;
export const wordsLength = 200;

/** Whether `by` may say that they are running late (2.7), and who hears of it. */
export function decideLate(
  booking: Booking,
  by: PersonId,
  now: Instant,
): { ok: true; tell: PersonId[] } | { ok: false; refusal: Refusal } {
  const clause = '2.7';
  if (booking.host !== by && !booking.attendees.includes(by))
    return refuse({ key: 'reminder.refused.notInvited', clause });
  if (booking.declined.includes(by)) return refuse({ key: 'reminder.refused.declined', clause });
  if (booking.state.kind !== 'approved') return refuse({ key: 'reminder.refused.off', clause });
  if (now >= booking.end) return refuse({ key: 'booking.refused.over', clause });
  const others = comingTo(booking).filter((person) => person !== by);
  if (others.length === 0) return refuse({ key: 'reminder.refused.alone', clause });
  return { ok: true, tell: others };
}
