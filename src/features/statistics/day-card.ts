import { day as oneDay } from '../../core/clock.ts';
import type { CommandContext } from '../../core/feature.ts';
import { bookingSubject } from '../../core/ids.ts';
import { addDays, isDate, toLocal } from '../../core/time.ts';
import type { Action, Answer, Card, Picture } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { scriptFor } from '../../pictures/index.ts';
import { agendaOf } from '../booking/index.ts';
import { selvesOf } from '../people/index.ts';
import { openingOf, type Room, roomName, searchRooms, slotsByRoom } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import {
  dayInWords,
  dayPicture,
  type FreeSlot,
  freeTimes,
  nearestFree,
  type RoomDay,
  zoneOf,
} from './day-plan.ts';
import type { StatisticsDeps } from './deps.ts';
import { publish } from './painting.ts';

/** As many rooms as a phone shows so that they can be read; as a list, as many as a card holds. */
const perPage = { picture: 40, list: 8 } as const;
const mostRooms = 1000;
/** As many free slots are offered as buttons. */
const offered = 4;

/** `today`, `tomorrow` and their like in Chinese, or a date, as a calendar day; null: it is none of these. */
export function dayNamed(text: string, today: string): string | null {
  const word = text.trim().toLowerCase();
  if (/^(today|今天|今日)?$/.test(word)) return today;
  if (/^(tomorrow|明天|明日)$/.test(word)) return addDays(today, 1);
  return isDate(word) ? word : null;
}

/**
 * The day at a glance (2.8): rooms × hours, what is free, taken and mine, and what is free next.
 * @param asked `day` as typed; `text`: words in the name, site or floor of the rooms, none: those near the reader
 */
export async function dayCard(
  deps: StatisticsDeps,
  context: CommandContext,
  asked: { day: string; text: string; page: number },
): Promise<Answer> {
  const { now, reader } = context;
  const date = dayNamed(asked.day, toLocal(now, reader.zone).date);
  if (date === null) return { kind: 'note', tone: 'bad', text: reader.t('statistics.day.unreadable') };
  const rooms = await roomsFor(context, asked.text);
  if (rooms.length === 0) return { kind: 'note', tone: 'neutral', text: reader.t('statistics.day.nothing') };

  const all = await daysOf(context, date, rooms);
  // What is free next is looked for in all of them, whichever are on this page.
  const next = nearestFree(all, now, offered);
  const drawn = turnTo(all, asked.page, perPage.picture);
  const image = await pictureOf(deps, context, date, drawn);
  const shown = image ? drawn : turnTo(all, asked.page, perPage.list);
  return { kind: 'card', card: cardOf(context, { ...asked, ...shown, date, next, image }) };
}

type Turned = { page: number; pages: number; plan: RoomDay[] };

function turnTo(days: readonly RoomDay[], asked: number, size: number): Turned {
  const pages = Math.ceil(days.length / size);
  const page = Math.min(asked, pages);
  return { page, pages, plan: days.slice((page - 1) * size, page * size) };
}

async function roomsFor({ tx, reader }: CommandContext, text: string): Promise<Room[]> {
  const found = await searchRooms(tx, { text, activeOnly: true, limit: mostRooms });
  const near = found.filter((room) => room.zone === reader.zone);
  return text.trim() === '' && near.length > 0 ? near : found;
}

async function daysOf(
  { tx, now, actor }: CommandContext,
  date: string,
  rooms: readonly Room[],
): Promise<RoomDay[]> {
  const { document } = await rulesAt(tx, now);
  const days = rooms.map((room) => {
    const rules = rulesFor(document, room);
    return { room, open: openingOf(date, room.zone, rules), step: rules.stepMinutes };
  });
  const span = {
    start: Math.min(...days.map((it) => it.open.start)),
    end: Math.max(...days.map((it) => it.open.end)),
  };
  const held = await slotsByRoom(
    tx,
    rooms.map((room) => room.id),
    span,
  );
  const meetings = await agendaOf(tx, await selvesOf(tx, actor.person), {
    from: span.start - oneDay,
    until: span.end,
  });
  const mine = new Set(meetings.map((booking) => bookingSubject(booking.id)));
  return days.map((it) => ({
    ...it,
    slots: (held.get(it.room.id) ?? []).map((slot) => ({
      ...slot,
      mine: mine.has(slot.owner),
    })),
  }));
}

function pictureOf(
  deps: StatisticsDeps,
  context: CommandContext,
  date: string,
  { page, pages, plan: rooms }: Turned,
): Promise<Picture | null> {
  const { now, reader } = context;
  const turn = pages > 1 ? reader.t('common.page', { page, pages }) : null;
  const day = dayPicture(reader, { date, rooms, now, page: turn });
  const drawing = { kind: 'day', day, script: scriptFor(reader.language) } as const;
  return publish(deps, { person: context.actor.person }, drawing, dayInWords(reader, date, rooms, now));
}

type Shown = Turned & { date: string; text: string; next: readonly FreeSlot[]; image: Picture | null };

function cardOf({ now, reader }: CommandContext, it: Shown): Card {
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'statistics.day',
    data: { day: it.date, text: it.text, page: String(page) },
  });
  const actions: Action[] = it.next.map(({ room, start, minutes }) => {
    const typed = toLocal(start, reader.zone);
    return {
      kind: 'command',
      label: reader.t('statistics.day.book', { room: room.name, time: toLocal(start, room.zone).time }),
      command: 'booking.open',
      data: { room: room.id, date: typed.date, start: typed.time, duration: String(minutes) },
      answer: 'new',
    };
  });
  if (it.page > 1) actions.push(turn(it.page - 1, reader.t('common.previous')));
  if (it.page < it.pages) actions.push(turn(it.page + 1, reader.t('common.next')));
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('statistics.day.title', { day: { day: it.date } }),
    text: [
      dayInWords(reader, it.date, it.plan, now),
      reader.t(it.next.length > 0 ? 'statistics.day.nearest' : 'statistics.day.noneFree'),
    ],
    ...(it.image ? { image: it.image } : { rows: it.plan.map((each) => roomRow(reader, each, now)) }),
    actions,
    footnote:
      it.pages > 1
        ? reader.t('common.page', { page: it.page, pages: it.pages })
        : reader.zoneName(zoneOf(it.plan, reader)),
  };
}

const roomRow = (reader: Reader, it: RoomDay, now: number) => ({
  title: roomName(reader, it.room),
  text:
    freeTimes(it, now)
      .map(({ start, end }) => reader.hours(start, end, it.room.zone))
      .join(' · ') || reader.t('statistics.day.full'),
});
