import type { PersonId } from '../../core/ids.ts';
import type { Action, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { roomName } from '../rooms/index.ts';
import {
  attendeeActions,
  calendarAction,
  cancelAction,
  hostActions,
  joinAction,
  listedActions,
} from './actions.ts';
import type { Detail } from './detail.ts';
import type { Booking } from './domain.ts';
import type { Which } from './store.ts';

import {
  bookingFacts,
  factTexts,
  labelled,
  outcomeText,
  pendingDifferences,
  sharedFacts,
  standing,
  stateName,
  toneOf,
  tones,
} from './texts.ts';

/** The host's own card: it changes in place as the state moves on. */
export function hostCard(reader: Reader, detail: Detail, banner?: Card['banner']): Card {
  const { booking } = detail;
  const outcome = outcomeText(reader, detail);
  const changes = pendingDifferences(reader, detail);
  const changed = new Set(changes.map((fact) => fact.label));
  return {
    layout: 'booking',
    tone: toneOf(booking.state),
    title: reader.t('booking.title', { number: booking.number }),
    badge: stateName(reader, booking.state),
    ...(banner ? { banner } : {}),
    text: [outcome ?? reader.t('booking.waiting'), ...standing(reader, detail)],
    facts: [...changes, ...bookingFacts(reader, detail).filter((fact) => !changed.has(fact.label))],
    actions: hostActions(reader, detail),
  };
}

/** What becomes of the card of a host who has handed the booking over: it is another's now. */
export function formerHostCard(reader: Reader, detail: Detail): Card {
  const { number, host, state } = detail.booking;
  return {
    layout: 'booking',
    tone: 'neutral',
    title: reader.t('booking.title', { number }),
    badge: reader.t(`booking.state.${state.kind}`),
    text: [reader.t('booking.news.handedOver', { number, name: detail.nameOf(host) })],
    facts: sharedFacts(reader, detail),
  };
}

/** What an attendee gets: the same, without what only the host can do. */
export function invitedCard(reader: Reader, detail: Detail, person: PersonId): Card {
  const { booking, nameOf } = detail;
  const on = booking.state.kind === 'approved';
  return {
    layout: 'booking',
    tone: tones[booking.state.kind],
    title: reader.t(on ? 'booking.invited' : 'booking.title', {
      number: booking.number,
      host: nameOf(booking.host),
    }),
    badge: reader.t(`booking.state.${booking.state.kind}`),
    ...(on ? {} : { text: [outcomeText(reader, detail) ?? ''] }),
    facts: sharedFacts(reader, detail),
    actions: attendeeActions(reader, detail, person),
  };
}

/** What becomes of an invitation once its attendee has been taken off the list: nothing of what it is now. */
export const uninvitedCard = (reader: Reader, { booking: { number, topic } }: Detail): Card => ({
  layout: 'booking',
  tone: 'neutral',
  title: reader.t('change.removed', { number, topic }),
});

/** What an admin sees of a booking that is not theirs, to cancel it (2.5); of a confidential one only that it is (5.3). */
export function overseenCard(reader: Reader, detail: Detail): Card {
  const { booking } = detail;
  const { when, room, host } = factTexts(reader, detail);
  const open = { when, room, host };
  return {
    layout: 'booking',
    tone: toneOf(booking.state),
    title: reader.t('booking.title', { number: booking.number }),
    badge: stateName(reader, booking.state),
    text: booking.confidential ? [] : [outcomeText(reader, detail) ?? ''].filter(Boolean),
    facts: booking.confidential ? labelled(reader, open) : sharedFacts(reader, detail),
    actions: cancelAction(reader, booking),
  };
}

export const newsKinds = ['approved', 'rejected', 'withdrawn', 'expired', 'cancelled'] as const;
export type News = (typeof newsKinds)[number];

/** A short message that the state has moved on, for those who are to hear of it. */
export function newsCard(reader: Reader, detail: Detail, news: News, person: PersonId): Card {
  const { booking, room } = detail;
  const { state } = booking;
  const theirWish = state.kind === 'cancelled' && state.asked === booking.host;
  const lost = (news === 'rejected' || news === 'cancelled') && person === booking.host && !theirWish;
  return {
    layout: 'notice',
    tone: tones[news],
    title: reader.t(`booking.news.${news}`, { number: booking.number, room: room.name }),
    text: [outcomeText(reader, detail) ?? ''],
    facts: sharedFacts(reader, detail).slice(0, 3),
    actions: [
      ...joinAction(reader, booking, room),
      ...calendarAction(reader, detail, person),
      ...(lost && reader.now < booking.start ? [alternativesAction(reader, booking)] : []),
    ],
  };
}

/** For whoever has lost their place: what else is free. */
const alternativesAction = (reader: Reader, { id }: Booking): Action => ({
  kind: 'command',
  label: reader.t('draft.alternatives'),
  command: 'draft.fromBooking',
  data: { booking: id },
  answer: 'new',
  style: 'primary',
});

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
        ...(booking.series ? [reader.t('series.listed')] : []),
      ].join('\n'),
      badge: stateName(reader, booking.state),
      tone: toneOf(booking.state),
      actions: hosting
        ? listedActions(reader, detail, { list: list.which, page: String(list.page) })
        : joinAction(reader, booking, room),
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

/** Something that happened to a booking, told in one line to whom it concerns. */
export const words = [
  'answered',
  'proposalDeclined',
  'handoverDeclined',
  'handedOver',
  'declined',
  'undeclined',
  'changeRejected',
  'changeExpired',
] as const;
export type Word = (typeof words)[number];

/** @param name of the person who did it; `reason`: theirs */
export function wordCard(reader: Reader, detail: Detail, word: Word, name: string, reason?: string): Card {
  const { booking } = detail;
  const answers = booking.state.kind === 'requested' ? booking.state.questions : [];
  const said = word === 'answered' ? answers.flatMap((it) => it.answer ?? []).slice(-1) : [];
  return {
    layout: 'notice',
    tone: word.startsWith('change') ? 'warning' : 'neutral',
    title: reader.t(`booking.news.${word}`, { number: booking.number, name }),
    text: [...said, ...(reason ? [reader.t('booking.reason', { name, reason })] : [])],
    facts: sharedFacts(reader, detail).slice(0, 3),
  };
}
