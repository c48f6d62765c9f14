import type { Instant } from '../../core/clock.ts';
import { minute } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import { addDays, fromLocal, timeOfDay, toLocal } from '../../core/time.ts';

export const roomKinds = ['physical', 'online', 'hybrid'] as const;
export type RoomKind = (typeof roomKinds)[number];

export const equipmentKinds = ['projector', 'whiteboard', 'video', 'phone', 'tv'] as const;
export type Equipment = (typeof equipmentKinds)[number];

export type Room = {
  id: RoomId;
  name: string;
  site: string;
  floor: string;
  /** IANA zone: opening hours are read on its clock. */
  zone: string;
  kind: RoomKind;
  capacity: number;
  equipment: Equipment[];
  /** Opening hours in minutes after midnight; null: as the rules say. */
  opens: number | null;
  closes: number | null;
  /** The longest booking in minutes; null: as the rules say. */
  maxMinutes: number | null;
  /** Minutes for tidying up that are held after each booking. */
  buffer: number;
  joinLink: string | null;
  active: boolean;
  /** Several may ask for the same slot; the one that is approved gets it (2.2). */
  tentative: boolean;
};

export type RoomDraft = Omit<Room, 'id'> & { reviewers: PersonId[] };

/** What a slot is of its owner's: see the table. */
export type SlotPart = 'own' | 'change' | 'proposal';

/** Half-open: `[start, end)`, in UTC milliseconds. */
export type Interval = { start: Instant; end: Instant };

/** What a booking holds: itself and the time for tidying up after it. */
export const held = ({ start, end }: Interval, room: Pick<Room, 'buffer'>): Interval => ({
  start,
  end: end + room.buffer * minute,
});

/** True where start and end lie inside one opening day of the room. Round the clock (0–1440) has no nights. */
export function isOpen(
  { start, end }: Interval,
  zone: string,
  hours: { opens: number; closes: number },
): boolean {
  if (isRoundTheClock(hours)) return true;
  const from = toLocal(start, zone);
  // The end is not part of the meeting: one that ends at midnight ends on the day it began.
  const last = toLocal(end - 1, zone);
  return from.date === last.date && from.minutes >= hours.opens && last.minutes < hours.closes;
}

const isRoundTheClock = (hours: { opens: number; closes: number }): boolean =>
  hours.opens === 0 && hours.closes === 1440;

/** The opening hours of one calendar day as instants. */
export function openingOf(date: string, zone: string, hours: { opens: number; closes: number }): Interval {
  const at = (minutes: number): Instant =>
    minutes === 1440
      ? fromLocal({ date: addDays(date, 1), time: '00:00', zone })
      : fromLocal({ date, time: timeOfDay(minutes), zone });
  return { start: at(hours.opens), end: at(hours.closes) };
}

/** The free times of a window, from what is held, sorted by start. */
export function gapsIn(slots: readonly Interval[], { start, end }: Interval): Interval[] {
  const gaps: Interval[] = [];
  let from = start;
  for (const slot of slots) {
    if (slot.start > from) gaps.push({ start: from, end: Math.min(slot.start, end) });
    from = Math.max(from, slot.end);
    if (from >= end) break;
  }
  if (from < end) gaps.push({ start: from, end });
  return gaps.filter((gap) => gap.end > gap.start);
}

export type Occupancy = { free: true; until: Instant | null } | { free: false; until: Instant };

/** When the room closes next, being open at `now`; null where it is open round the clock. */
export const closingAfter = (
  now: Instant,
  zone: string,
  hours: { opens: number; closes: number },
): Instant | null => (isRoundTheClock(hours) ? null : openingOf(toLocal(now, zone).date, zone, hours).end);

/**
 * Whether a room is free at `now`, and until when that stays so, from what is held in it (sorted by start) and
 * when it closes. Slots that follow each other without a gap count as one.
 */
export function occupancy(slots: readonly Interval[], now: Instant, closes: Instant | null): Occupancy {
  let until = now;
  for (const slot of slots) {
    if (slot.end <= until) continue;
    if (slot.start > until) return until === now ? freeUntil(slot.start, closes) : { free: false, until };
    until = slot.end;
  }
  return until === now ? { free: true, until: closes } : { free: false, until };
}

const freeUntil = (next: Instant, closes: Instant | null): Occupancy => ({
  free: true,
  until: closes === null ? next : Math.min(next, closes),
});
