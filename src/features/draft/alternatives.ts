import { day, type Instant, minute } from '../../core/clock.ts';
import type { Refusal } from '../../core/refusal.ts';
import { addDays, fromLocal, stepFrom, toLocal, weekdayOf } from '../../core/time.ts';
import type { Details, Place } from '../booking/index.ts';
import { held, type Interval, isOpen, openingOf, type Room } from '../rooms/domain.ts';
import type { Rules } from '../rules/domain.ts';

/** What was asked for and can't be had; `room` null: any that fits. */
export type Wanted = Pick<Details, 'start' | 'end' | 'headcount' | 'equipment'> & { room: Room | null };

/** A room with its rules and what is held in it, sorted by start, over all days that are searched. */
export type Candidate = { room: Room; rules: Rules; slots: readonly Interval[] };

/** Which rule a place would break, apart from being taken; null: none. */
export type BreachAt = (room: Room, at: Interval) => Refusal | null;

export const mostAlternatives = 5;
/** How many days after the wanted one are searched, as far as the rules allow. */
export const daysSearched = 7;
/** In how many other rooms another time is looked for. */
const roomsSearched = 12;
/** After so many times of a day that are free but not allowed, the next day is looked at. */
const triesADay = 16;
/** Times in one room beyond these are no choice any more. */
const mostInRoom = 3;

/** Of each kind, as long as the others have enough: the same room, the same time, neither. */
const shares = [2, 2, 1] as const;

/**
 * Up to five places in the stead of the wanted one (2.1), best first: the same room nearest in time, other rooms at
 * the same time, then other rooms near in time.
 * @param candidates the most similar first; see `bySimilarity`
 */
export function alternatives(
  wanted: Wanted,
  candidates: readonly Candidate[],
  breachAt: BreachAt,
  now: Instant,
): Place[] {
  const itself = candidates.find((it) => it.room.id === wanted.room?.id);
  const others = candidates.filter((it) => it !== itself);
  const sameRoom = itself ? nearIn(itself, wanted, breachAt, now) : [];
  const free = others.filter(
    (it) =>
      isFree(it, wanted) && isOpen(wanted, it.room.zone, it.rules) && breachAt(it.room, wanted) === null,
  );
  const sameTime = free.map(({ room }) => ({ room: room.id, start: wanted.start, end: wanted.end }));
  const nearby = others
    .filter((it) => !free.includes(it))
    .slice(0, roomsSearched)
    .flatMap((it) => nearIn(it, wanted, breachAt, now))
    // One of each room before a second of any.
    .sort((a, b) => a.rank - b.rank || a.distance - b.distance);
  return shared([sameRoom.map(placeOnly), sameTime, nearby.map(placeOnly)]);
}

/** Rooms as similar as can be first: of the same site, kind and size. Where any will do, the smallest that fits. */
export function bySimilarity({ room, headcount }: Pick<Wanted, 'room' | 'headcount'>) {
  const differences = (it: Room): number[] => [
    Number(it.id !== room?.id),
    Number(room !== null && it.site !== room.site),
    Number(room !== null && it.kind !== room.kind),
    Math.abs(it.capacity - (room?.capacity ?? headcount)),
  ];
  return (a: Room, b: Room): number => {
    const [of, than] = [differences(a), differences(b)];
    const first = of.findIndex((it, index) => it !== than[index]);
    if (first >= 0) return (of[first] ?? 0) - (than[first] ?? 0);
    return a.name < b.name || (a.name === b.name && a.id < b.id) ? -1 : 1;
  };
}

/** Everything that has to be known of what is held: from the wanted day to the last one that is searched. */
export const spanSearched = ({ start }: Interval, now: Instant): Interval => {
  const from = Math.max(start, now);
  return { start: from - 2 * day, end: from + (daysSearched + 3) * day };
};

/** `rank`: which of its room's it is; `distance`: from the wanted start, a later day being further than any hour. */
type Near = Place & { rank: number; distance: number };

/** Times in one room that are free and allowed, the nearest first and apart from each other. */
function nearIn(candidate: Candidate, wanted: Wanted, breachAt: BreachAt, now: Instant): Near[] {
  const { room, rules } = candidate;
  const found: Near[] = [];
  for (const starts of startsByDay(candidate, wanted, now)) {
    let refused = 0;
    for (const { start, distance } of starts) {
      const at = { start, end: start + wanted.end - wanted.start };
      const same = room.id === wanted.room?.id && start === wanted.start;
      if (same || found.some((it) => overlaps(it, at)) || !isFree(candidate, at)) continue;
      const breach = breachAt(room, at);
      if (breach && !dependsOnTime(breach, rules)) return [];
      if (!breach) found.push({ room: room.id, ...at, rank: found.length, distance });
      else if (++refused === triesADay) break;
      if (found.length === mostInRoom) return found;
    }
  }
  return found;
}

/** Every start at which the room is open long enough, the nearest of each day first. */
function* startsByDay({ room, rules }: Candidate, wanted: Wanted, now: Instant) {
  const length = wanted.end - wanted.start;
  const first = toLocal(Math.max(wanted.start, now), room.zone);
  const worksThen = rules.workDays.includes(weekdayOf(first.date));
  for (let ahead = 0; ahead <= daysSearched; ahead++) {
    const date = addDays(first.date, ahead);
    // Nobody who meets on a working day is helped by a Sunday.
    if (worksThen && !rules.workDays.includes(weekdayOf(date))) continue;
    const aim = fromLocal({ date, time: first.time, zone: room.zone });
    const opening = openingOf(date, room.zone, rules);
    const starts: Array<{ start: Instant; distance: number }> = [];
    const from = stepFrom(Math.max(opening.start, now + 1), room.zone, rules.stepMinutes);
    for (let start = from; start + length <= opening.end; start += rules.stepMinutes * minute)
      starts.push({ start, distance: ahead * day + Math.abs(start - aim) });
    yield starts.sort((a, b) => a.distance - b.distance);
  }
}

/** True where another time of the same room may be allowed: who decides and whether can depend on the time. */
const dependsOnTime = ({ field }: Refusal, { approval }: Rules): boolean =>
  field === 'start' || field === 'date' || (field === 'room' && approval.length > 0);

const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

const isFree = ({ room, slots }: Candidate, at: Interval): boolean => {
  const whole = held(at, room);
  return !slots.some((slot) => overlaps(slot, whole));
};

const placeOnly = ({ room, start, end }: Near): Place => ({ room, start, end });

/** Each kind gets its share; what one leaves over goes to the others, in their order. */
function shared(kinds: readonly Place[][]): Place[] {
  const counts = kinds.map((places, kind) => Math.min(places.length, shares[kind] ?? 0));
  for (const [kind, places] of kinds.entries()) {
    const spare = mostAlternatives - counts.reduce((sum, count) => sum + count, 0);
    counts[kind] = Math.min(places.length, (counts[kind] ?? 0) + spare);
  }
  return kinds.flatMap((places, kind) => places.slice(0, counts[kind]));
}
