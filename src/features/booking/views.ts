import { never } from '../../core/refusal.ts';
import type { Action, Card, Fact, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentNames, type Room, roomName } from '../rooms/index.ts';
import type { Detail } from './detail.ts';
import { type Booking, isLive, type State } from './domain.ts';
import type { Which } from './store.ts';

export const tones: Record<State['kind'], Tone> = {
  requested: 'warning',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'neutral',
  expired: 'neutral',
};

export const stateName = (reader: Reader, state: State): string => reader.t(`booking.state.${state.kind}`);

/** Who decided what and when, in one sentence; null while nobody has. */
export function outcomeText(reader: Reader, { booking, nameOf }: Detail): string | null {
  const { state } = booking;
  switch (state.kind) {
    case 'requested':
      return null;
    case 'approved':
    case 'withdrawn':
      return reader.t(`booking.outcome.${state.kind}`, { name: nameOf(state.by), at: { instant: state.at } });
    case 'rejected':
      return reader.t('booking.outcome.rejected', {
        name: nameOf(state.by),
        at: { instant: state.at },
        reason: state.reason,
      });
    case 'expired':
      return reader.t('booking.outcome.expired', { at: { instant: state.at } });
    default:
      return never(state);
  }
}

/** What host and reviewers see of a booking. */
export const bookingFacts = (reader: Reader, detail: Detail): Fact[] => [
  ...sharedFacts(reader, detail),
  ...(detail.booking.note ? [{ label: reader.t('booking.fact.note'), value: detail.booking.note }] : []),
];

/** What attendees see of it too: all but the note, which is for the reviewer. */
export function sharedFacts(reader: Reader, { booking, room, nameOf }: Detail): Fact[] {
  const facts = {
    topic: booking.topic,
    when: reader.when(booking.start, booking.end, room.zone),
    room: roomName(reader, room),
    host: nameOf(booking.host),
    attendees: reader.list(booking.attendees.map(nameOf)),
    headcount: reader.t('booking.headcountOf', { headcount: booking.headcount, capacity: room.capacity }),
    equipment: equipmentNames(reader, booking.equipment),
    confidential: booking.confidential ? reader.t('common.yes') : '',
  };
  return (Object.keys(facts) as Array<keyof typeof facts>)
    .filter((name) => facts[name] !== '')
    .map((name) => ({ label: reader.t(`booking.fact.${name}`), value: facts[name] }));
}

/** The host's own card: it changes in place as the state moves on. */
export function hostCard(reader: Reader, detail: Detail, banner?: Card['banner']): Card {
  const { booking, room } = detail;
  const outcome = outcomeText(reader, detail);
  return {
    layout: 'booking',
    tone: tones[booking.state.kind],
    title: reader.t('booking.title', { number: booking.number }),
    badge: stateName(reader, booking.state),
    ...(banner ? { banner } : {}),
    text: [outcome ?? reader.t('booking.waiting')],
    facts: bookingFacts(reader, detail),
    actions: [...joinAction(reader, booking, room), ...withdrawAction(reader, booking, {})],
  };
}

/** What an attendee gets: the same, without what only the host can do. */
export function invitedCard(reader: Reader, detail: Detail): Card {
  const { booking, room, nameOf } = detail;
  const on = booking.state.kind === 'approved';
  return {
    layout: 'booking',
    tone: tones[booking.state.kind],
    title: reader.t(on ? 'booking.invited' : 'booking.title', {
      number: booking.number,
      host: nameOf(booking.host),
    }),
    badge: stateName(reader, booking.state),
    ...(on ? {} : { text: [outcomeText(reader, detail) ?? ''] }),
    facts: sharedFacts(reader, detail),
    actions: joinAction(reader, booking, room),
  };
}

export type News = 'approved' | 'rejected' | 'withdrawn' | 'expired';

/** A short message that the state has moved on, for those who are to hear of it. */
export function newsCard(reader: Reader, detail: Detail, news: News): Card {
  const { booking, room } = detail;
  return {
    layout: 'notice',
    tone: tones[news],
    title: reader.t(`booking.news.${news}`, { number: booking.number, room: room.name }),
    text: [outcomeText(reader, detail) ?? ''],
    facts: sharedFacts(reader, detail).slice(0, 3),
    actions: joinAction(reader, booking, room),
  };
}

export function joinAction(reader: Reader, booking: Booking, room: Room): Action[] {
  if (booking.state.kind !== 'approved' || !room.joinLink || reader.now >= booking.end) return [];
  return [{ kind: 'link', label: reader.t('booking.join'), url: room.joinLink }];
}

function withdrawAction(reader: Reader, booking: Booking, data: Record<string, string>): Action[] {
  if (!isLive(booking.state) || reader.now >= booking.start) return [];
  return [
    {
      kind: 'command',
      label: reader.t('booking.withdraw'),
      command: 'booking.withdraw',
      data: { booking: booking.id, ...data },
      style: 'danger',
      confirm: {
        title: reader.t('booking.withdraw'),
        text: reader.t('booking.withdrawConfirm', { number: booking.number }),
        yes: reader.t('booking.withdraw'),
        no: reader.t('common.no'),
      },
    },
  ];
}

export type BookingList = {
  which: Which;
  page: number;
  pages: number;
  details: Detail[];
  /** Who looks: only the host gets the buttons. */
  person: string;
};

/** `/bookings`: mine, upcoming or past. */
export function bookingsCard(reader: Reader, list: BookingList, banner?: Card['banner']): Card {
  const row = (detail: Detail): Row => {
    const { booking, room, nameOf } = detail;
    const hosting = booking.host === list.person;
    return {
      title: reader.t('booking.rowTitle', { number: booking.number, topic: booking.topic }),
      text: [
        reader.when(booking.start, booking.end, room.zone),
        hosting ? roomName(reader, room) : `${roomName(reader, room)} · ${nameOf(booking.host)}`,
      ].join('\n'),
      badge: stateName(reader, booking.state),
      tone: tones[booking.state.kind],
      actions: [
        ...joinAction(reader, booking, room),
        ...(hosting ? withdrawAction(reader, booking, { list: list.which, page: String(list.page) }) : []),
      ],
    };
  };
  const turn = (which: Which, page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'booking.list',
    data: { list: which, page: String(page) },
  });
  const other: Which = list.which === 'upcoming' ? 'past' : 'upcoming';
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t(`booking.list.${list.which}`),
    ...(banner ? { banner } : {}),
    ...(list.details.length === 0 ? { text: [reader.t(`booking.list.none.${list.which}`)] } : {}),
    rows: list.details.map(row),
    actions: [
      ...(list.page > 1 ? [turn(list.which, list.page - 1, reader.t('common.previous'))] : []),
      ...(list.page < list.pages ? [turn(list.which, list.page + 1, reader.t('common.next'))] : []),
      turn(other, 1, reader.t(`booking.list.${other}`)),
      {
        kind: 'command',
        label: reader.t('booking.form.title'),
        command: 'booking.open',
        data: {},
        style: 'primary',
        answer: 'new',
      },
    ],
    ...(list.pages > 1 ? { footnote: reader.t('common.page', { page: list.page, pages: list.pages }) } : {}),
  };
}
