import type { Refusal } from '../../core/refusal.ts';
import { addDays, toLocal } from '../../core/time.ts';
import { anyRoom, fittingRooms, nothingFree, readRequest } from '../booking/index.ts';
import type { Choice, Draft, DraftText } from '../draft/index.ts';
import { findRooms, type Room } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { breachesAt, type Sight, type Wish } from './look.ts';
import { planBreach } from './plan.ts';
import type { Content } from './preview.ts';
import { type Occurrence, occurrences, type Recurrence, type Repeating } from './recurrence.ts';
import { readRecurrence, type Unended } from './rrule.ts';

/** A date of a series that is being prepared: where it would be, and what stands in the way there. */
export type Planned = Occurrence & {
  choice: Choice | null;
  /** Null: it is left out. */
  place: Wish | null;
  breach: Refusal | null;
};

/** A series as it stands before it is sent. */
export type Prepared = { content: Content; room: Room; repeating: Repeating; dates: Planned[] };

/** What is typed, as far as it can be read: `recurrence` null where it is not said (enough) how it repeats. */
export type Read = {
  content: Content;
  /** Null: any that fits. */
  room: Room | null;
  once: Omit<Repeating, 'recurrence'>;
  asked: Unended | null;
  recurrence: Recurrence | null;
  /** Why what is asked for can't be planned. */
  breach: Refusal | null;
  lastDay: string;
};

/** Reads a draft as a series (2.1). A refusal: what of the request itself can't be read. */
export async function readDraft(
  { tx, now }: Pick<Sight, 'tx' | 'now'>,
  { person, typed }: Pick<Draft, 'person' | 'typed'>,
): Promise<Read | { refusal: Refusal }> {
  const read = readRequest(typed, person, typed.zone);
  const room =
    typed.room === anyRoom ? null : (await findRooms(tx, [typed.room as Room['id']])).values().next().value;
  if (!read.ok) {
    const [refusal] = Object.values(read.problems);
    return { refusal: refusal ?? { key: 'booking.wrong.room' } };
  }
  if (room === undefined) return { refusal: { key: 'booking.wrong.room', field: 'room' } };
  const { start, end, ...content } = read.details;
  const { document } = await rulesAt(tx, now);
  const rules = rulesFor(document, room);
  const lastDay = addDays(toLocal(now, room?.zone ?? typed.zone).date, rules.horizonDays);
  const asked = typed.repeats ? readRecurrence(typed.repeats.rule, typed.date) : null;
  const ended = asked?.ends ? { pattern: asked.pattern, ends: asked.ends } : null;
  const breach = ended && planBreach(ended, typed.date, lastDay);
  return {
    content,
    room,
    once: { date: typed.date, time: typed.start, zone: typed.zone, minutes: Number(typed.duration) },
    asked,
    recurrence: breach ? null : ended,
    breach,
    lastDay,
  };
}

/** How many dates decide which room a series gets. */
const datesTried = 100;
const roomsTried = 12;

/** Of the rooms that fit and are free on the first date, the one that is free on most; a refusal: there is none. */
export async function roomFor(
  sight: Sight,
  { content, once, lastDay }: Pick<Read, 'content' | 'once' | 'lastDay'>,
  recurrence: Recurrence,
): Promise<Room | { refusal: Refusal }> {
  const dates = occurrences({ ...once, recurrence }, lastDay).slice(0, datesTried);
  const [first] = dates;
  const fitting = first ? await fittingRooms(sight.tx, { ...content, ...first }, once.zone) : [];
  const rooms = fitting.slice(0, roomsTried);
  const places = rooms.flatMap((room) => dates.map(({ start, end }) => ({ ...content, start, end, room })));
  const breaches = await breachesAt(sight, places);
  const free = (room: Room) => places.filter((it, n) => it.room === room && breaches[n] === null).length;
  const [best] = rooms.map((room) => ({ room, count: free(room) })).sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.room : { refusal: nothingFree(content) };
}

/** Every date of a series with what was chosen for it, and what stands in the way; one query for all of them. */
export async function prepare(
  sight: Sight,
  { content, once, lastDay }: Read,
  room: Room,
  recurrence: Recurrence,
  choices: Record<string, Choice>,
): Promise<Prepared> {
  const repeating = { ...once, recurrence };
  const dates = occurrences(repeating, lastDay);
  const chosen = Object.values(choices).flatMap((it) => (it.kind === 'room' ? [it.room] : []));
  const rooms = await findRooms(sight.tx, chosen);
  const planned = dates.map((date) => {
    const choice = choices[date.day] ?? null;
    return { ...date, choice, place: placeOf(content, date, room, choice, rooms) };
  });
  const places = planned.flatMap(({ place }) => place ?? []);
  const found = await breachesAt(sight, places);
  const breaches = new Map(places.map((place, n) => [place, found[n] ?? null]));
  return {
    content,
    room,
    repeating,
    dates: planned.map((it) => ({
      ...it,
      breach: (it.place && breaches.get(it.place)) ?? null,
    })),
  };
}

function placeOf(
  content: Content,
  { start, end }: Occurrence,
  room: Room,
  choice: Choice | null,
  rooms: ReadonlyMap<Room['id'], Room>,
): Wish | null {
  switch (choice?.kind) {
    case 'skip':
      return null;
    case 'room':
      return { ...content, room: rooms.get(choice.room) ?? room, start, end };
    case 'time':
      return { ...content, room, start: choice.start, end: choice.start + end - start };
    default:
      return { ...content, room, start, end };
  }
}

/** The dates that would be booked: not left out, and with nothing in the way. */
export const bookable = ({ dates }: Prepared): Array<Planned & { place: Wish }> =>
  dates.flatMap(({ place, ...date }) => (place && date.breach === null ? [{ ...date, place }] : []));

/** The draft as a series that repeats so, in that room. */
export const repeating = (typed: DraftText, rule: string, room: Room): DraftText => ({
  ...typed,
  room: room.id,
  repeats: { rule, choices: {} },
});
