import type { Action, Card, Fact, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Room, roomName } from '../rooms/index.ts';
import type { Entry, EntryState } from './domain.ts';

/** An entry with what is needed to show it. `place`: in its queue, 1 is next. */
export type Shown = { entry: Entry; room: Room; place: number };

const tones: Record<EntryState, Tone> = {
  waiting: 'neutral',
  offered: 'good',
  taken: 'good',
  left: 'neutral',
  lapsed: 'neutral',
};

/** What somebody waits for, and how it stands: in the queue, offered, or over (2.1). */
export function entryCard(reader: Reader, shown: Shown, banner?: Card['banner']): Card {
  const { entry, room } = shown;
  const { details, start, end, state } = entry;
  const facts: Fact[] = [
    { label: reader.t('booking.fact.topic'), value: details.topic },
    { label: reader.t('booking.fact.when'), value: reader.when(start, end, room.zone) },
    { label: reader.t('booking.fact.room'), value: roomName(reader, room) },
  ];
  return {
    layout: 'card',
    tone: tones[state.kind],
    title: reader.t('waitlist.title', { room: room.name }),
    badge: reader.t(`waitlist.state.${state.kind}`),
    ...(banner ? { banner } : {}),
    text: [stateText(reader, shown)],
    facts,
    actions: [...entryActions(reader, entry), ...listAction(reader)],
  };
}

function stateText(reader: Reader, { entry, place }: Shown): string {
  const { state } = entry;
  if (state.kind === 'offered') return reader.t('waitlist.offered', { until: reader.until(state.until) });
  if (state.kind !== 'waiting') return reader.t(`waitlist.${state.kind}`);
  return place === 1 ? reader.t('waitlist.next') : reader.t('waitlist.place', { place });
}

/** `page`: of the list that they stand in. */
function entryActions(reader: Reader, { id, state }: Entry, page?: number): Action[] {
  const data = { entry: id, ...(page ? { page: String(page) } : {}) };
  const leave = (label: 'waitlist.leave' | 'waitlist.decline'): Action => ({
    kind: 'command',
    label: reader.t(label),
    command: 'waitlist.leave',
    data,
  });
  switch (state.kind) {
    case 'waiting':
      return [leave('waitlist.leave')];
    case 'offered':
      return [
        {
          kind: 'command',
          label: reader.t('waitlist.take'),
          command: 'waitlist.take',
          data: { entry: id },
          style: 'primary',
        },
        leave('waitlist.decline'),
      ];
    case 'taken':
      return [
        {
          kind: 'command',
          label: reader.t('booking.show'),
          command: 'booking.show',
          data: { booking: state.booking },
          answer: 'new',
        },
      ];
    default:
      return [];
  }
}

const listAction = (reader: Reader): Action[] => [
  {
    kind: 'command',
    label: reader.t('waitlist.list'),
    command: 'waitlist.list',
    data: {},
    answer: 'new',
  },
];

/** `/waitlist`: all that somebody waits for. */
export function waitlistCard(
  reader: Reader,
  { entries, page, pages }: { entries: readonly Shown[]; page: number; pages: number },
  banner?: Card['banner'],
): Card {
  const row = ({ entry, room, place }: Shown): Row => ({
    title: entry.details.topic,
    text: `${reader.when(entry.start, entry.end, room.zone)}\n${roomName(reader, room)}`,
    badge:
      entry.state.kind === 'waiting'
        ? reader.t('waitlist.rowPlace', { place })
        : reader.t(`waitlist.state.${entry.state.kind}`),
    tone: tones[entry.state.kind],
    actions: entryActions(reader, entry, page),
  });
  const turn = (label: string, to: number): Action => ({
    kind: 'command',
    label,
    command: 'waitlist.list',
    data: { page: String(to) },
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('waitlist.list'),
    ...(banner ? { banner } : {}),
    ...(entries.length === 0 ? { text: [reader.t('waitlist.none')] } : {}),
    rows: entries.map(row),
    actions: [
      ...(page > 1 ? [turn(reader.t('common.previous'), page - 1)] : []),
      ...(page < pages ? [turn(reader.t('common.next'), page + 1)] : []),
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}
