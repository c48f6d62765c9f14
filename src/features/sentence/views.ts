import { toLocal } from '../../core/time.ts';
import type { Action, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentNames, type Interval, type Room, roomName } from '../rooms/index.ts';

export type FreeRoom = { room: Room; gaps: Interval[] };

type FreeRooms = {
  free: FreeRoom[];
  page: number;
  pages: number;
  /** What was asked for, in the words of whoever asked. */
  text: string;
  when: string;
  minutes: number;
  headcount: number | null;
  equipment: readonly string[];
};

/** As many gaps as a line holds. */
const mostGaps = 4;

/** Which rooms are free when, each with a button that opens the form for its first gap. */
export function freeRoomsCard(reader: Reader, list: FreeRooms): Card {
  const row = ({ room, gaps }: FreeRoom): Row => {
    const [first] = gaps;
    const start = toLocal(first?.start ?? reader.now, reader.zone);
    return {
      title: roomName(reader, room),
      text: [reader.t('rooms.people', { count: room.capacity }), equipmentNames(reader, room.equipment)]
        .filter(Boolean)
        .join(' · '),
      badge: reader.t('sentence.rooms.free', {
        spans: gaps
          .slice(0, mostGaps)
          .map((gap) => reader.hours(gap.start, gap.end))
          .join(', '),
      }),
      tone: 'good',
      actions: [
        {
          kind: 'command',
          label: reader.t('sentence.rooms.book'),
          command: 'booking.open',
          data: {
            room: room.id,
            date: start.date,
            start: start.time,
            duration: String(list.minutes),
            ...(list.headcount === null ? {} : { headcount: String(list.headcount) }),
            ...(list.equipment.length > 0 ? { equipment: list.equipment.join(',') } : {}),
          },
          answer: 'new',
        },
      ],
    };
  };
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'sentence.rooms',
    data: { text: list.text, page: String(page) },
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('sentence.rooms.title', { when: list.when }),
    ...(list.free.length === 0 ? { text: [reader.t('sentence.rooms.none')] } : {}),
    rows: list.free.map(row),
    actions: [
      ...(list.page > 1 ? [turn(list.page - 1, reader.t('common.previous'))] : []),
      ...(list.page < list.pages ? [turn(list.page + 1, reader.t('common.next'))] : []),
    ],
    ...(list.pages > 1 ? { footnote: reader.t('common.page', { page: list.page, pages: list.pages }) } : {}),
  };
}
