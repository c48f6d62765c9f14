import { minute } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Action, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  attendeeActions,
  type Booking,
  cancelAction,
  type Detail,
  joinAction,
  sharedFacts,
  stateName,
  toneOf,
  tones,
} from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import { comingTo, lateChoices, wordsLength } from './domain.ts';

/** What host and attendees get before the meeting (2.7). */
export function reminderCard(
  reader: Reader,
  detail: Detail,
  person: PersonId,
  banner?: Card['banner'],
): Card {
  const { booking } = detail;
  const on = booking.state.kind === 'approved';
  return {
    layout: 'reminder',
    tone: on ? 'neutral' : tones[booking.state.kind],
    title: title(reader, booking),
    ...(on ? {} : { badge: stateName(reader, booking.state) }),
    ...(banner ? { banner } : {}),
    facts: sharedFacts(reader, detail),
    footnote: reader.t('booking.title', { number: booking.number }),
    actions: actions(reader, detail, person),
  };
}

function title(reader: Reader, { topic, start, end }: Booking): string {
  if (reader.now >= end) return reader.t('reminder.titleOver', { topic });
  if (reader.now >= start) return reader.t('reminder.titleNow', { topic });
  const minutes = Math.max(1, Math.round((start - reader.now) / minute));
  return reader.t('reminder.title', { topic, in: { minutes: rounded(minutes) } });
}

/** Nobody wants to read "in 23 h 59 min". */
const rounded = (minutes: number): number =>
  minutes > 1410 ? Math.round(minutes / 1440) * 1440 : minutes > 90 ? Math.round(minutes / 15) * 15 : minutes;

function actions(reader: Reader, detail: Detail, person: PersonId): Action[] {
  const { booking, room } = detail;
  if (booking.state.kind !== 'approved' || reader.now >= booking.end) return [];
  const join = joinAction(reader, booking, room);
  if (person === booking.host)
    return [...join, ...lateAction(reader, booking, person), ...cancelAction(reader, booking)];
  const others = attendeeActions(reader, detail, person).filter((it) => it.kind === 'command');
  return [
    ...join,
    ...lateAction(reader, booking, person),
    // The answer takes the place of this card, so it is to be one like it.
    ...others.map((it): Action => ({ ...it, data: { ...it.data, card: 'reminder' } })),
  ];
}

function lateAction(reader: Reader, booking: Booking, person: PersonId): Action[] {
  const coming = comingTo(booking);
  if (!coming.includes(person) || coming.length < 2) return [];
  return [
    {
      kind: 'command',
      label: reader.t('reminder.late.button'),
      command: 'reminder.late',
      data: { booking: booking.id },
      ask: {
        title: reader.t('reminder.late.button'),
        submit: reader.t('reminder.late.submit'),
        cancel: reader.t('common.cancel'),
        fields: [
          {
            kind: 'choice',
            name: 'minutes',
            label: reader.t('reminder.late.minutes'),
            required: true,
            value: String(lateChoices[1]),
            options: lateChoices.map((minutes) => ({
              value: String(minutes),
              label: reader.duration(minutes),
            })),
          },
          {
            kind: 'text',
            name: 'words',
            label: reader.t('reminder.late.words'),
            maxLength: wordsLength,
          },
        ],
      },
    },
  ];
}

/** What the others get when somebody is running late (2.7). */
export function lateCard(
  reader: Reader,
  detail: Detail,
  late: { person: PersonId; minutes: number; words: string },
): Card {
  const { booking, room, nameOf } = detail;
  return {
    layout: 'notice',
    tone: 'warning',
    title: reader.t('reminder.late.title', {
      name: nameOf(late.person),
      late: { minutes: late.minutes },
    }),
    ...(late.words ? { text: [late.words] } : {}),
    facts: sharedFacts(reader, detail).slice(0, 3),
    footnote: reader.t('booking.title', { number: booking.number }),
    actions: joinAction(reader, booking, room),
  };
}

/** A meeting in a list, with a button to join it and one to open it. */
export function meetingRow(reader: Reader, { booking, room, nameOf }: Detail, hosting: boolean): Row {
  return {
    title: reader.t('booking.rowTitle', { number: booking.number, topic: booking.topic }),
    text: [
      reader.when(booking.start, booking.end, room.zone),
      hosting ? roomName(reader, room) : `${roomName(reader, room)} · ${nameOf(booking.host)}`,
    ].join('\n'),
    badge: stateName(reader, booking.state),
    tone: toneOf(booking.state),
    actions: [
      ...joinAction(reader, booking, room),
      {
        kind: 'command',
        label: reader.t('booking.show'),
        command: 'booking.show',
        data: { booking: booking.id },
        answer: 'new',
      },
    ],
  };
}

/** The meetings of the day that are still ahead or under way (2.7). */
export const digestCard = (
  reader: Reader,
  meetings: ReadonlyArray<{ detail: Detail; hosting: boolean }>,
): Card => ({
  layout: 'list',
  tone: 'neutral',
  title: reader.t('reminder.digest.title', { count: meetings.length }),
  rows: meetings.map(({ detail, hosting }) => meetingRow(reader, detail, hosting)),
});
