import { minute } from '../../core/clock.ts';
import type { PersonId, SeriesId } from '../../core/ids.ts';
import type { Action, Field } from '../../core/view.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Room } from '../rooms/index.ts';
import type { Detail } from './detail.ts';
import { type Booking, isLive, reasonLength } from './domain.ts';

/*
 * The buttons of a booking, by what it is and who looks. Each names the command that it sends; the commands are in
 * the features of that name: `change`, `cancel`, `approval`, `reminder`, `series`.
 */

/** How much longer one click makes a booking, in milliseconds. */
export const longerBy = 15 * minute;

/** Where a button of a list goes back to. */
export type Back = { list?: string; page?: string };

/** What the host may do with a booking now, the most likely first. */
export const hostActions = (reader: Reader, detail: Detail, back: Back = {}): Action[] => {
  const { booking, room } = detail;
  return [
    ...joinAction(reader, booking, room),
    ...calendarAction(reader, detail, booking.host),
    ...answerActions(reader, booking),
    ...proposalActions(reader, booking),
    ...changeActions(reader, booking),
    ...withdrawAction(reader, booking, back),
    ...cancelAction(reader, booking, back),
    ...pendingActions(reader, booking),
    ...handoverAction(reader, booking),
    historyAction(reader, booking),
    ...seriesActions(reader, booking),
  ];
};

/** In a list there is room for few: to join, to open it with all its buttons, and to end it. */
export const listedActions = (reader: Reader, { booking, room }: Detail, back: Back): Action[] => [
  ...joinAction(reader, booking, room),
  {
    kind: 'command',
    label: reader.t('booking.show'),
    command: 'booking.show',
    data: { booking: booking.id },
    answer: 'new',
  },
  // A series stands in one line of the list: what ends it asks for which dates.
  ...(booking.series
    ? seriesActions(reader, booking)
    : [...withdrawAction(reader, booking, back), ...cancelAction(reader, booking, back)]),
];

/** Opens a series. */
export const showSeriesAction = (reader: Reader, series: SeriesId): Action => ({
  kind: 'command',
  label: reader.t('series.show'),
  command: 'series.show',
  data: { series },
  answer: 'new',
});

const seriesActions = (reader: Reader, { series }: Booking): Action[] =>
  series ? [showSeriesAction(reader, series)] : [];

const running = (reader: Reader, { start, end }: Booking): boolean => reader.now >= start && reader.now < end;
const ahead = (reader: Reader, { start }: Booking): boolean => reader.now < start;

export function joinAction(reader: Reader, booking: Booking, room: Room): Action[] {
  if (booking.state.kind !== 'approved' || !room.joinLink || reader.now >= booking.end) return [];
  return [{ kind: 'link', label: reader.t('booking.join'), url: room.joinLink }];
}

/** A button that asks for one line and sends it. */
export const asking = (
  reader: Reader,
  it: {
    command: string;
    label: MessageKey;
    title: MessageKey;
    field: { name: string; label: MessageKey; hint?: MessageKey };
    data: Record<string, string>;
    number: number;
    style?: 'primary' | 'danger';
  },
): Action => ({
  kind: 'command',
  label: reader.t(it.label),
  command: it.command,
  data: it.data,
  ...(it.style ? { style: it.style } : {}),
  ask: {
    title: reader.t(it.title, { number: it.number }),
    submit: reader.t(it.label),
    cancel: reader.t('common.cancel'),
    fields: [textField(reader, it.field)],
  },
});

const textField = (reader: Reader, field: { name: string; label: MessageKey; hint?: MessageKey }): Field => ({
  kind: 'text',
  name: field.name,
  label: reader.t(field.label),
  ...(field.hint ? { hint: reader.t(field.hint) } : {}),
  required: true,
  multiline: true,
  maxLength: reasonLength,
});

/** What a host can do about a question: answer it. */
export function answerActions(reader: Reader, { id, number, state }: Booking): Action[] {
  if (state.kind !== 'requested' || !state.questions.some((it) => it.answer === null)) return [];
  return [
    asking(reader, {
      command: 'approval.answer',
      label: 'approval.answer',
      title: 'approval.answerTitle',
      field: { name: 'text', label: 'approval.yourAnswer' },
      data: { booking: id },
      number,
      style: 'primary',
    }),
  ];
}

/** What a host can do with a proposal: take it or leave it. */
export function proposalActions(reader: Reader, { id, state }: Booking): Action[] {
  if (state.kind !== 'requested' || !state.proposal) return [];
  const data = { booking: id, proposed: String(state.proposal.at) };
  return [
    {
      kind: 'command',
      label: reader.t('approval.acceptProposal'),
      command: 'approval.acceptProposal',
      data,
      style: 'primary',
    },
    {
      kind: 'command',
      label: reader.t('approval.declineProposal'),
      command: 'approval.declineProposal',
      data,
    },
  ];
}

function changeActions(reader: Reader, booking: Booking): Action[] {
  const { id, state } = booking;
  const data = { booking: id };
  if (!isLive(state) || reader.now >= booking.end || (state.kind === 'approved' && state.cancellation))
    return [];
  const open: Action = {
    kind: 'command',
    label: reader.t('change.open'),
    command: 'change.open',
    data,
    answer: 'new',
  };
  // While a change waits, another end would take its place unseen: the form shows what waits.
  if (state.kind !== 'approved' || state.change) return [open];
  const longer: Action = {
    kind: 'command',
    label: reader.t('change.longer', { minutes: longerBy / minute }),
    command: 'change.end',
    data: { ...data, end: String(booking.end + longerBy) },
  };
  const endAt: Action = {
    kind: 'command',
    label: reader.t('change.endAt'),
    command: 'change.askEnd',
    data,
    answer: 'new',
  };
  return running(reader, booking) ? [longer, endAt] : [open, longer, endAt];
}

function withdrawAction(reader: Reader, booking: Booking, back: Back): Action[] {
  if (booking.state.kind !== 'requested' || !ahead(reader, booking)) return [];
  return [
    {
      kind: 'command',
      label: reader.t('booking.withdraw'),
      command: 'booking.withdraw',
      data: { booking: booking.id, ...back },
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

/** Cancelling an approved booking, with a reason (2.5). */
export function cancelAction(reader: Reader, booking: Booking, back: Back = {}): Action[] {
  const { state } = booking;
  if (state.kind !== 'approved' || state.cancellation || !ahead(reader, booking)) return [];
  return [
    asking(reader, {
      command: 'cancel.request',
      label: 'cancel.cancel',
      title: 'cancel.title',
      field: { name: 'reason', label: 'cancel.reason', hint: 'cancel.reasonHint' },
      data: { booking: booking.id, ...back },
      number: booking.number,
      style: 'danger',
    }),
  ];
}

/** Taking back what has not come into effect yet. */
function pendingActions(reader: Reader, { id, state }: Booking): Action[] {
  if (state.kind !== 'approved') return [];
  const data = { booking: id };
  return [
    ...(state.change
      ? [
          {
            kind: 'command',
            label: reader.t('change.withdraw'),
            command: 'change.withdraw',
            data,
          } satisfies Action,
        ]
      : []),
    ...(state.cancellation
      ? [{ kind: 'command', label: reader.t('cancel.keep'), command: 'cancel.keep', data } satisfies Action]
      : []),
  ];
}

/** Opens everything that has happened to a booking (2.6). */
export const historyAction = (reader: Reader, { id }: Pick<Booking, 'id'>): Action => ({
  kind: 'command',
  label: reader.t('records.history'),
  command: 'records.history',
  data: { booking: id },
  answer: 'new',
});

function handoverAction(reader: Reader, booking: Booking): Action[] {
  const { state } = booking;
  const ending = state.kind === 'approved' && state.cancellation !== null;
  if (!isLive(state) || ending || !ahead(reader, booking)) return [];
  return [
    {
      kind: 'command',
      label: reader.t('change.handOver'),
      command: 'change.handOver',
      data: { booking: booking.id },
      answer: 'new',
      ask: {
        title: reader.t('change.handOverTitle', { number: booking.number }),
        submit: reader.t('change.handOver'),
        cancel: reader.t('common.cancel'),
        fields: [
          {
            kind: 'people',
            name: 'to',
            label: reader.t('change.handOverTo'),
            hint: reader.t('change.handOverHint'),
            required: true,
            multiple: false,
          },
        ],
      },
    },
  ];
}

/** Into one's calendar, or out of it again once it is cancelled (2.3). */
export function calendarAction(
  reader: Reader,
  { booking, calendarLink }: Pick<Detail, 'booking' | 'calendarLink'>,
  person: PersonId,
): Action[] {
  const { kind } = booking.state;
  const url = reader.now < booking.end ? calendarLink(person) : null;
  if (url === null || (kind !== 'approved' && kind !== 'cancelled')) return [];
  return [{ kind: 'link', label: reader.t(kind === 'approved' ? 'calendar.add' : 'calendar.takeOut'), url }];
}

/** What an attendee may do: join, say that they can't come, or that they can after all (2.7). */
export function attendeeActions(reader: Reader, detail: Detail, person: PersonId): Action[] {
  const { booking, room } = detail;
  const calendar = calendarAction(reader, detail, person);
  if (booking.state.kind !== 'approved' || reader.now >= booking.end) return calendar;
  const declined = booking.declined.includes(person);
  return [
    ...joinAction(reader, booking, room),
    ...calendar,
    {
      kind: 'command',
      label: reader.t(declined ? 'reminder.canCome' : 'reminder.cannotCome'),
      command: declined ? 'reminder.undecline' : 'reminder.decline',
      data: { booking: booking.id },
    },
  ];
}
