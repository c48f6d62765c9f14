import type { PersonId } from '../../core/ids.ts';
import { never } from '../../core/refusal.ts';
import type { Action, Card, Fact, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentNames, roomName } from '../rooms/index.ts';
import {
  attendeeActions,
  calendarAction,
  cancelAction,
  hostActions,
  joinAction,
  listedActions,
} from './actions.ts';
import { reviewOf } from './decide.ts';
import type { Detail } from './detail.ts';
import type { Approval, Booking, Details, State } from './domain.ts';
import type { Which } from './store.ts';

export const tones: Record<State['kind'], Tone> = {
  requested: 'warning',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'neutral',
  expired: 'neutral',
  cancelled: 'neutral',
};

/** The state in a word or two; what waits for a reviewer counts more than that it is approved. */
export function stateName(reader: Reader, state: State): string {
  if (state.kind === 'approved' && state.cancellation) return reader.t('booking.state.cancelling');
  if (state.kind === 'approved' && state.change) return reader.t('booking.state.changing');
  return reader.t(`booking.state.${state.kind}`);
}

/** Who did something, and whose substitute they were (7.1). */
const actorName = (
  reader: Reader,
  nameOf: Detail['nameOf'],
  it: { by: PersonId | null; for: PersonId | null },
): string =>
  it.for === null
    ? nameOf(it.by)
    : reader.t('booking.stands.forWhom', { name: nameOf(it.by), other: nameOf(it.for) });

/** Who decided what and when, in one sentence; null while nobody has. */
export function outcomeText(reader: Reader, { booking, nameOf }: Detail): string | null {
  const { state } = booking;
  switch (state.kind) {
    case 'requested':
      return null;
    case 'approved': {
      const at = { instant: state.at };
      if (state.by === null)
        return reader.t('booking.outcome.approvedByRule', { rule: state.rule ?? '', at });
      if (state.for === null) return reader.t('booking.outcome.approved', { name: nameOf(state.by), at });
      return reader.t('booking.outcome.approvedFor', {
        name: nameOf(state.by),
        other: nameOf(state.for),
        at,
      });
    }
    case 'withdrawn':
      return reader.t('booking.outcome.withdrawn', { name: nameOf(state.by), at: { instant: state.at } });
    case 'rejected': {
      const told = { name: nameOf(state.by), at: { instant: state.at }, reason: state.reason };
      if (state.reason === '') return reader.t('booking.outcome.outdone', told);
      if (state.for === null) return reader.t('booking.outcome.rejected', told);
      return reader.t('booking.outcome.rejectedFor', { ...told, other: nameOf(state.for) });
    }
    case 'expired':
      return reader.t('booking.outcome.expired', { at: { instant: state.at } });
    case 'cancelled':
      return reader.t(state.late ? 'booking.outcome.cancelledLate' : 'booking.outcome.cancelled', {
        // A reviewer may have confirmed it, but this is whose wish and reason it was.
        name: state.asked === state.by ? actorName(reader, nameOf, state) : nameOf(state.asked),
        at: { instant: state.at },
        reason: state.reason,
      });
    default:
      return never(state);
  }
}

/** How what is under way stands: who has approved, what is asked, proposed, changing or being cancelled. */
export function standing(reader: Reader, { booking, nameOf, roomOf }: Detail): string[] {
  const { state, handover } = booking;
  const given = reviewOf(booking)?.given ?? [];
  const approver = (it: Approval) => actorName(reader, nameOf, it);
  const lines: string[] = [];
  if (given.length > 0)
    lines.push(reader.t('booking.stands.seconded', { names: reader.list(given.map(approver)) }));
  if (state.kind === 'requested') {
    if (state.escalated) lines.push(reader.t('booking.stands.escalated'));
    for (const { by, text, answer } of state.questions) {
      lines.push(reader.t('booking.stands.question', { name: nameOf(by), text }));
      if (answer !== null) lines.push(reader.t('booking.stands.answer', { text: answer }));
    }
    if (state.proposal) {
      const { room: id, start, end } = state.proposal;
      const { name: room, zone } = roomOf(id);
      const when = reader.when(start, end, zone);
      const name = actorName(reader, nameOf, state.proposal);
      lines.push(reader.t('booking.stands.proposal', { name, room, when }));
    }
  }
  if (state.kind === 'approved' && state.change) {
    if (state.change.escalated) lines.push(reader.t('booking.stands.escalated'));
    lines.push(reader.t('booking.stands.change'));
  }
  if (state.kind === 'approved' && state.cancellation) {
    const { reason, due, late } = state.cancellation;
    const key = late ? 'booking.stands.cancellingLate' : 'booking.stands.cancelling';
    lines.push(reader.t(key, { reason, due: { instant: due } }));
  }
  if (handover) lines.push(reader.t('booking.stands.handover', { name: nameOf(handover.to) }));
  return lines;
}

/** What host and reviewers see of a booking. */
export const bookingFacts = (reader: Reader, detail: Detail): Fact[] => [
  ...sharedFacts(reader, detail),
  ...(detail.booking.note ? [{ label: reader.t('booking.fact.note'), value: detail.booking.note }] : []),
];

/** What attendees see of it too: all but the note, which is for the reviewer. */
export function sharedFacts(reader: Reader, detail: Detail): Fact[] {
  const { note: _, ...facts } = factTexts(reader, detail);
  return labelled(reader, facts);
}

const factTexts = (reader: Reader, detail: Detail) => ({
  ...detailTexts(reader, detail, detail.booking),
  host: detail.nameOf(detail.booking.host),
  declined: reader.list(detail.booking.declined.map(detail.nameOf)),
});

/** The order in which the facts of a booking are read. */
const factOrder = [
  'topic',
  'when',
  'room',
  'host',
  'attendees',
  'declined',
  'headcount',
  'equipment',
  'confidential',
] as const;

const labelled = (reader: Reader, facts: Partial<Record<(typeof factOrder)[number], string>>): Fact[] =>
  factOrder.flatMap((name) => {
    const value = facts[name] ?? '';
    return value === '' ? [] : [{ label: reader.t(`booking.fact.${name}`), value }];
  });

/** The details of a booking, or of what it is to become, as people read them; empty where there is nothing. */
function detailTexts(reader: Reader, { nameOf, roomOf }: Detail, it: Details) {
  const room = roomOf(it.room);
  return {
    topic: it.topic,
    when: reader.when(it.start, it.end, room.zone),
    room: roomName(reader, room),
    attendees: reader.list(it.attendees.map(nameOf)),
    headcount: reader.t('booking.headcountOf', { headcount: it.headcount, capacity: room.capacity }),
    equipment: equipmentNames(reader, it.equipment),
    confidential: it.confidential ? reader.t('common.yes') : '',
    note: it.note,
  };
}

/** What differs between two forms of a booking, old and new side by side (2.4). */
export function differences(reader: Reader, detail: Detail, from: Details, to: Details): Fact[] {
  const [was, is] = [detailTexts(reader, detail, from), detailTexts(reader, detail, to)];
  const or = (text: string) => text || reader.t('booking.nothing');
  // A time can have two lines, by two clocks: then the new one begins a line of its own.
  const key = (text: string) => (text.includes('\n') ? 'booking.fromToLines' : 'booking.fromTo');
  return (
    (Object.keys(was) as Array<keyof typeof was>)
      // The capacity beside the headcount changes with the room, which is said already.
      .filter((name) => (name === 'headcount' ? from.headcount !== to.headcount : was[name] !== is[name]))
      .map((name) => ({
        label: reader.t(`booking.fact.${name}`),
        value: reader.t(key(was[name] + is[name]), { from: or(was[name]), to: or(is[name]) }),
      }))
  );
}

/** What a change that waits would make of a booking; nothing where none does. */
export const pendingDifferences = (reader: Reader, detail: Detail): Fact[] =>
  detail.booking.state.kind === 'approved' && detail.booking.state.change
    ? differences(reader, detail, detail.booking, detail.booking.state.change.to)
    : [];

/** The host's own card: it changes in place as the state moves on. */
export function hostCard(reader: Reader, detail: Detail, banner?: Card['banner']): Card {
  const { booking } = detail;
  const outcome = outcomeText(reader, detail);
  const changes = pendingDifferences(reader, detail);
  const changed = new Set(changes.map((fact) => fact.label));
  return {
    layout: 'booking',
    tone: tones[booking.state.kind],
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
    tone: tones[booking.state.kind],
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
      tone: tones[booking.state.kind],
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
