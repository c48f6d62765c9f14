import type { PartOfDay } from './dates.ts';

/** How an hour is read: by am/pm, by a part of day. `dawn` is 凌晨, and `am`/`pm` are the English ones. */
export type Half = 'am' | 'pm' | 'dawn' | PartOfDay;

/** A time as typed. `exact`: 24 hours (T1), whatever the part of day beside it. */
export type Clock = { hour: number; minute: number; exact: boolean; half: Half | null };

export const dayMinutes = 1_440;

/** Is there such a time on the clock (E2)? 24:00 is the end of a day. */
export const exists = ({ hour, minute }: Clock): boolean =>
  minute < 60 && (hour < 24 || (hour === 24 && minute === 0));

/** T1–T3: minutes since the midnight of the day that the text names; 1440 and more is the next day. */
export const minutesOf = (clock: Clock, half: Half | null = clock.half): number =>
  hourOf(clock, half) * 60 + clock.minute;

function hourOf({ hour, exact }: Clock, half: Half | null): number {
  if (hour > 12) return hour;
  if (half === null) return exact || hour === 0 || hour > 7 ? hour : hour + 12;
  switch (half) {
    case 'am':
    case 'dawn':
      return hour === 12 ? 0 : hour;
    case 'morning':
      return hour;
    case 'noon':
      return hour < 4 ? hour + 12 : hour;
    case 'pm':
    case 'afternoon':
      return hour === 0 ? 0 : hour === 12 ? 12 : hour + 12;
    case 'evening':
      // 晚上12点 is midnight, 晚上1点 after it.
      return hour === 12 || hour < 4 ? (hour % 12) + 24 : hour + 12;
  }
}

const opposite: Readonly<Record<Half, Half>> = {
  am: 'pm',
  pm: 'am',
  morning: 'afternoon',
  afternoon: 'morning',
  evening: 'morning',
  noon: 'afternoon',
  dawn: 'afternoon',
};

/** T9: both ends in minutes. A half of the day written once holds for both unless the end would come first. */
export function rangeMinutes(start: Clock, end: Clock): { start: number; end: number } {
  const written = start.half ?? (ownHalf(start) ? null : end.half);
  const from = minutesOf(start, written);
  const to = minutesOf(end, end.half ?? (ownHalf(end) ? null : start.half));
  if (from < to) return { start: from, end: to };
  if (start.half === null && end.half !== null && !ownHalf(start)) {
    const earlier = minutesOf(start, opposite[end.half]);
    if (earlier < to) return { start: earlier, end: to };
  }
  if (end.half === null && !ownHalf(end)) {
    const later = start.half === null ? [to + 720] : [minutesOf(end, opposite[start.half]), to + 720];
    const fits = later.find((it) => it > from);
    if (fits !== undefined && fits - from <= 720) return { start: from, end: fits };
  }
  return { start: from, end: to > from ? to : to + dayMinutes };
}

const ownHalf = ({ exact, hour }: Clock): boolean => exact || hour > 12 || hour === 0;
