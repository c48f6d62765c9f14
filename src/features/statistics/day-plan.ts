import { hour, type Instant, minute } from '../../core/clock.ts';
import { stepFrom, timeOfDay, toLocal } from '../../core/time.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { DayPicture } from '../../pictures/index.ts';
import { gapsIn, type Interval, type Room, type Slot } from '../rooms/index.ts';

/** One room on the day that is looked at. */
export type RoomDay = {
  room: Room;
  open: Interval;
  /** What is held in it, in order; `mine`: one hosts it or is invited. */
  slots: ReadonlyArray<Slot & { mine: boolean }>;
  /** What a meeting may begin at, in minutes. */
  step: number;
};

/** Where a meeting could begin, and for how many minutes. */
export type FreeSlot = { room: Room; start: Instant; minutes: number };

/** Shorter gaps are of no use to anybody. */
const least = 30;
const usual = 60;

/** The free times of a room's day, from `now` on. */
export const freeTimes = ({ room, open, slots, step }: RoomDay, now: Instant): Interval[] => {
  // A meeting begins later than now.
  const start = stepFrom(Math.max(open.start, now + 1), room.zone, step);
  // What is held includes the tidying up of others; one's own has to fit as well.
  return gapsIn(slots, { start, end: Math.max(start, open.end) })
    .map((gap) => ({ start: stepFrom(gap.start, room.zone, step), end: gap.end - room.buffer * minute }))
    .filter((gap) => gap.end - gap.start >= least * minute);
};

/** The free times nearest to now, one for each room, the smaller room first where they begin together. */
export const nearestFree = (rooms: readonly RoomDay[], now: Instant, most: number): FreeSlot[] =>
  rooms
    .flatMap((it): FreeSlot[] => {
      const [first] = freeTimes(it, now);
      if (!first) return [];
      const fits = Math.floor((first.end - first.start) / minute / it.step) * it.step;
      return [{ room: it.room, start: first.start, minutes: Math.min(usual, fits) }];
    })
    .sort((a, b) => a.start - b.start || a.room.capacity - b.room.capacity)
    .slice(0, most);

/** The zone of the rooms where they share one, else the reader's. */
export function zoneOf(rooms: readonly RoomDay[], reader: Reader): string {
  const [zone, ...others] = new Set(rooms.map((it) => it.room.zone));
  return zone !== undefined && others.length === 0 ? zone : reader.zone;
}

/** The day as it is drawn, from the first full hour at which a room is open to the last. */
export function dayPicture(
  reader: Reader,
  it: { date: string; rooms: readonly RoomDay[]; now: Instant; page: string | null },
): DayPicture {
  const zone = zoneOf(it.rooms, reader);
  const start = hourBefore(Math.min(...it.rooms.map((each) => each.open.start)), zone);
  const span = { start, end: Math.max(start + hour, ...it.rooms.map((each) => each.open.end)) };
  const several = new Set(it.rooms.map((each) => each.room.site)).size > 1;
  const hours = Array.from({ length: Math.floor((span.end - span.start) / hour) + 1 }, (_, at) => {
    const then = span.start + at * hour;
    return { at: then, label: timeOfDay(toLocal(then, zone).minutes) };
  });
  const sites = [...new Set(it.rooms.map((each) => each.room.site))];
  return {
    title: reader.t('statistics.day.title', { day: { day: it.date } }),
    subtitle: [reader.list(sites.slice(0, 3)), reader.zoneName(zone), it.page].filter(Boolean).join(' · '),
    span,
    hours,
    rooms: it.rooms.map(({ room, open, slots }) => ({
      name: room.name,
      site: several ? room.site : null,
      open,
      slots: slots.map(({ start, end, mine }) => ({ start, end, mine })),
    })),
    now:
      it.now >= span.start && it.now < span.end
        ? {
            at: it.now,
            label: reader.t('statistics.day.now', { time: timeOfDay(toLocal(it.now, zone).minutes) }),
          }
        : null,
    words: {
      free: reader.t('statistics.day.free'),
      taken: reader.t('statistics.day.taken'),
      mine: reader.t('statistics.day.mine'),
      closed: reader.t('statistics.day.closed'),
      nothing: reader.t('statistics.day.nothing'),
    },
  };
}

const hourBefore = (at: Instant, zone: string): Instant => at - (toLocal(at, zone).minutes % 60) * minute;

/** What the picture of a day shows, for whoever can't see it. */
export function dayInWords(reader: Reader, date: string, rooms: readonly RoomDay[], now: Instant): string {
  const slots = rooms.flatMap((it) => it.slots);
  const mine = new Set(slots.filter((slot) => slot.mine).map((slot) => slot.owner)).size;
  const isToday = rooms.some((it) => now >= it.open.start && now < it.open.end);
  if (!isToday)
    return reader.t('statistics.day.alt', {
      day: { day: date },
      rooms: rooms.length,
      taken: new Set(slots.map((slot) => slot.owner)).size,
      mine,
    });
  const free = rooms.filter(
    ({ open, slots: held }) =>
      now >= open.start && now < open.end && !held.some((slot) => slot.start <= now && now < slot.end),
  );
  return reader.t('statistics.day.altNow', { free: free.length, rooms: rooms.length, mine });
}
