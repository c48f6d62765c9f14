import { minute } from '../../core/clock.ts';
import type { CommandContext } from '../../core/feature.ts';
import { fromLocal, toLocal } from '../../core/time.ts';
import type { Answer } from '../../core/view.ts';
import type { Understood } from '../../language/index.ts';
import {
  type Equipment,
  equipmentKinds,
  gapsIn,
  type Interval,
  listRooms,
  openingOf,
  type Room,
  searchRooms,
  slotsByRoom,
} from '../rooms/index.ts';
import { type RulesDocument, rulesAt, rulesFor } from '../rules/index.ts';
import { understood, unreadable } from './reading.ts';
import { type FreeRoom, freeRoomsCard } from './views.ts';

const pageSize = 8;
/** More rooms than anybody pages through. */
const mostRooms = 1000;
/** How long a meeting is where nothing was said. */
const usualMinutes = 30;

/** When a part of the day is, in minutes after midnight. */
const partsOfDay = {
  morning: [6 * 60, 12 * 60],
  noon: [11 * 60 + 30, 14 * 60],
  afternoon: [12 * 60, 18 * 60],
  evening: [17 * 60, 24 * 60],
} as const;

type Said = Extract<Understood, { ok: true }>;

/** `/rooms <words>`: which rooms are free then (2.1); words that name no time or need are looked for in the names. */
export async function listFreeRooms(
  context: CommandContext,
  input: { text: string; page: number },
): Promise<Answer> {
  const { tx, now, reader } = context;
  const said = await understood(context, input.text);
  if (!said.ok) return { kind: 'note', tone: 'bad', text: reader.refusal(unreadable(said.error)) };
  if (said.start === null && said.headcount === null && said.equipment.length === 0)
    return listRooms(context, input);

  const { document } = await rulesAt(tx, now);
  const rooms = await roomsFor(context, said);
  const least = (said.durationMinutes ?? usualMinutes) * minute;
  const windows = new Map(rooms.map((room) => [room.id, windowOf(context, said, room, document, least)]));
  const span = spanOf([...windows.values()]);
  const slots = await slotsByRoom(
    tx,
    rooms.map((room) => room.id),
    span,
  );
  const free = rooms.flatMap((room): FreeRoom[] => {
    const window = windows.get(room.id) ?? span;
    const tidied = { start: window.start, end: window.end + room.buffer * minute };
    const gaps = gapsIn(slots.get(room.id) ?? [], tidied)
      .map((gap) => ({ start: gap.start, end: Math.min(gap.end - room.buffer * minute, window.end) }))
      .filter((gap) => gap.end - gap.start >= least);
    return gaps.length > 0 ? [{ room, gaps }] : [];
  });

  const pages = Math.max(1, Math.ceil(free.length / pageSize));
  const page = Math.min(input.page, pages);
  const day = reader.day(said.start?.date ?? toLocal(now, reader.zone).date);
  const when = said.start?.time ? `${day}, ${said.start.time}` : day;
  return {
    kind: 'card',
    card: freeRoomsCard(reader, {
      free: free.slice((page - 1) * pageSize, page * pageSize),
      page,
      pages,
      text: input.text,
      when,
      minutes: least / minute,
      headcount: said.headcount,
      equipment: said.equipment,
    }),
  };
}

/** Rooms that fit what was said; those in the reader's zone where there are any, the smallest first. */
async function roomsFor({ tx, reader }: CommandContext, said: Said): Promise<Room[]> {
  const kinds: Equipment[] = equipmentKinds.filter((kind) => said.equipment.includes(kind));
  const text = [said.room, said.topic].filter(Boolean).join(' ');
  const found = (await searchRooms(tx, { text, activeOnly: true, limit: mostRooms })).filter(
    (room) => room.capacity >= (said.headcount ?? 1) && kinds.every((kind) => room.equipment.includes(kind)),
  );
  const near = found.filter((room) => room.zone === reader.zone || room.kind === 'online');
  return (near.length > 0 ? near : found).toSorted((a, b) => a.capacity - b.capacity);
}

/** When a room would have to be free: at the time that was said, or somewhere in the day or the part of it. */
function windowOf(
  { now, reader }: CommandContext,
  said: Said,
  room: Room,
  document: RulesDocument,
  least: number,
): Interval {
  const rules = rulesFor(document, room);
  const date = said.start?.date ?? toLocal(now, reader.zone).date;
  const open = openingOf(date, room.zone, rules);
  const [from, until] = said.partOfDay ? partsOfDay[said.partOfDay] : [0, 24 * 60];
  const time = said.start?.time;
  const at = time ? fromLocal({ date, time, zone: reader.zone }) : null;
  const wanted =
    at === null
      ? openingOf(date, reader.zone, { opens: from, closes: until })
      : { start: at, end: at + least };
  const start = Math.max(wanted.start, open.start, now);
  return { start, end: Math.max(start, Math.min(wanted.end, open.end)) };
}

/** From the first start to the last end; where there are no windows, no time at all. */
const spanOf = (windows: readonly Interval[]): Interval =>
  windows.length === 0
    ? { start: 0, end: 0 }
    : {
        start: Math.min(...windows.map((it) => it.start)),
        end: Math.max(...windows.map((it) => it.end)),
      };
