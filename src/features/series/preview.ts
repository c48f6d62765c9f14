import type { Instant } from '../../core/clock.ts';
import { minute } from '../../core/clock.ts';
import type { Refusal } from '../../core/refusal.ts';
import { stepFrom, stepUntil, toLocal } from '../../core/time.ts';
import { bareBreach, type Details, type RequestFacts } from '../booking/index.ts';
import { held, type Interval, longestSlot, openingOf, type Room } from '../rooms/index.ts';

/** What is booked on each date. */
export type Content = Omit<Details, 'room' | 'start' | 'end'>;

/** What a request for a room at a time is judged by, apart from what else is held there. */
type Judge = (room: Room, at: Interval & { headcount?: number }) => RequestFacts;

/** What can be had on a date instead: a room at that time, or a time in that room; null: there is none. */
export type Alternative = { room: Room | null; time: Interval | null };

/** What stands in the way of one date: a rule that it breaks, or somebody who has the room (2.1). */
export function breachAt(
  wish: Content & Interval,
  room: Room,
  slots: readonly Interval[],
  judge: Judge,
  now: Instant,
): Refusal | null {
  const wanted = held(wish, room);
  const last = between(slots, wanted).at(-1);
  const taken = last ? { until: last.end, nextFree: null } : null;
  return bareBreach({ ...wish, room: room.id }, { ...judge(room, wish), taken }, now);
}

/**
 * The time on the same day, in the same room, that is free, allowed, and nearest to the one wanted.
 * @param slots what is held in the room, sorted by start
 */
export function otherTime(
  content: Content,
  room: Room,
  at: Interval,
  slots: readonly Interval[],
  judge: Judge,
  now: Instant,
): Interval | null {
  const { rules } = judge(room, at);
  const length = at.end - at.start;
  const opening = openingOf(toLocal(at.start, room.zone).date, room.zone, rules);
  const that = between(slots, held(opening, room));
  const earliest = [at.start, opening.start, ...that.map((slot) => slot.end)];
  const latest = [at.end, opening.end, ...that.map((slot) => slot.start - room.buffer * minute)];
  const starts = [
    ...earliest.map((from) => stepFrom(from, room.zone, rules.stepMinutes)),
    ...latest.map((until) => stepUntil(until - length, room.zone, rules.stepMinutes)),
  ].sort((a, b) => Math.abs(a - at.start) - Math.abs(b - at.start));
  for (const start of starts) {
    const time = { start, end: start + length };
    const inside = start >= opening.start && time.end <= opening.end;
    if (inside && breachAt({ ...content, ...time }, room, that, judge, now) === null) return time;
  }
  return null;
}

/** The first of the rooms that is free and allowed at that time. */
export const otherRoom = (
  content: Content,
  rooms: readonly Room[],
  at: Interval,
  slotsOf: (room: Room) => readonly Interval[],
  judge: Judge,
  now: Instant,
): Room | null =>
  rooms.find((room) => breachAt({ ...content, ...at }, room, slotsOf(room), judge, now) === null) ?? null;

/** The slots that overlap `[start, end)`, out of many that are sorted by start. */
export function between<Slot extends Interval>(slots: readonly Slot[], { start, end }: Interval): Slot[] {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.start ?? 0) > start - longestSlot) high = middle;
    else low = middle + 1;
  }
  const found: Slot[] = [];
  for (let n = low; n < slots.length; n++) {
    const slot = slots[n];
    if (!slot || slot.start >= end) break;
    if (slot.end > start) found.push(slot);
  }
  return found;
}
