import type { Action } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { asking, type Booking, cancelAction, matterOf, reviewOf } from '../booking/index.ts';
import type { Judged, Rival } from './matter.ts';

/** Names the form of the matter that its reader sees: a click on an older one does nothing. */
const dataOf = (booking: Booking, extra: Record<string, string> = {}): Record<string, string> => ({
  booking: booking.id,
  asOf: String(matterOf(booking)?.asOf ?? 1),
  ...extra,
});

/** What a reviewer may do with what waits, and once it is approved: end it (2.5). Nothing for others. */
export function decisionActions(reader: Reader, { detail, matter, decider, given }: Judged): Action[] {
  const { booking } = detail;
  if (!decider) return [];
  if (!matter) return cancelAction(reader, booking);
  if (matter === 'cancellation') return [confirmAction(reader, booking)];
  return [
    ...(given ? [] : [approveAction(reader, booking)]),
    rejectAction(reader, booking),
    ...(matter === 'request' ? [askAction(reader, booking), ...proposeAction(reader, booking)] : []),
  ];
}

/** In a list there is room for few: to decide, and to open it with all that there is to it. */
export const listedDecisions = (reader: Reader, booking: Booking, page: number): Action[] => {
  const back = { page: String(page) };
  const cancellation = matterOf(booking)?.matter === 'cancellation';
  return [
    ...(cancellation
      ? [confirmAction(reader, booking, back)]
      : [approveAction(reader, booking, back), rejectAction(reader, booking, back)]),
    {
      kind: 'command',
      label: reader.t('approval.open'),
      command: 'approval.show',
      data: { booking: booking.id },
      answer: 'new',
    },
  ];
};

/** Approving a competing request; the answer is the card on which it was pressed. */
export const rivalAction = (reader: Reader, card: Booking, { booking, mine }: Rival): Action[] =>
  mine ? [approveAction(reader, booking, { card: card.id })] : [];

const approveAction = (reader: Reader, booking: Booking, extra?: Record<string, string>): Action => ({
  kind: 'command',
  label: reader.t('approval.approve'),
  command: 'approval.approve',
  data: dataOf(booking, extra),
  style: 'primary',
});

const rejectAction = (reader: Reader, booking: Booking, extra?: Record<string, string>): Action =>
  asking(reader, {
    command: 'approval.reject',
    label: 'approval.reject',
    title: 'approval.rejectTitle',
    field: { name: 'reason', label: 'approval.reason', hint: 'approval.reasonHint' },
    data: dataOf(booking, extra),
    number: booking.number,
    style: 'danger',
  });

const confirmAction = (reader: Reader, booking: Booking, extra?: Record<string, string>): Action => ({
  kind: 'command',
  label: reader.t('cancel.confirm'),
  command: 'cancel.confirm',
  data: dataOf(booking, extra),
  style: 'danger',
});

const askAction = (reader: Reader, booking: Booking): Action =>
  asking(reader, {
    command: 'approval.ask',
    label: 'approval.question.ask',
    title: 'approval.question.askTitle',
    field: { name: 'text', label: 'approval.question.text', hint: 'approval.reasonHint' },
    data: dataOf(booking),
    number: booking.number,
  });

/** Where two have to approve, nobody can promise another place alone. */
const proposeAction = (reader: Reader, booking: Booking): Action[] =>
  (reviewOf(booking)?.needed ?? 1) > 1
    ? []
    : [
        {
          kind: 'command',
          label: reader.t('approval.proposal.open'),
          command: 'approval.proposeForm',
          data: dataOf(booking),
          answer: 'new',
        },
      ];
