import type { Action, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { bookingFacts, type Detail, outcomeText, reasonLength, stateName, tones } from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';

/** Another booking of the same room on that day; confidential ones are only `busy` to the reviewer. */
export type Neighbour = { start: number; end: number; topic: string | null; host: string | null };

/** Everything that a reviewer needs to judge a request (2.2). */
export function approvalCard(
  reader: Reader,
  detail: Detail,
  neighbours: readonly Neighbour[],
  banner?: Card['banner'],
): Card {
  const { booking, room, nameOf } = detail;
  const outcome = outcomeText(reader, detail);
  const around = neighbours.map((it) => {
    const when = reader.hours(it.start, it.end, room.zone);
    return it.topic === null
      ? reader.t('approval.busy', { when })
      : reader.t('approval.neighbour', { when, topic: it.topic, host: it.host ?? '' });
  });
  return {
    layout: 'approval',
    tone: tones[booking.state.kind],
    title: reader.t('approval.title', { host: nameOf(booking.host), room: room.name }),
    badge: stateName(reader, booking.state),
    ...(banner ? { banner } : {}),
    ...(outcome ? { text: [outcome] } : {}),
    facts: [
      ...bookingFacts(reader, detail),
      {
        label: reader.t('approval.around'),
        value: around.length > 0 ? around.join('\n') : reader.t('approval.nothingAround'),
      },
    ],
    footnote: reader.t('booking.title', { number: booking.number }),
    actions: booking.state.kind === 'requested' ? decisions(reader, detail, {}) : [],
  };
}

function decisions(reader: Reader, { booking }: Detail, extra: Record<string, string>): Action[] {
  const data = { booking: booking.id, ...extra };
  return [
    {
      kind: 'command',
      label: reader.t('approval.approve'),
      command: 'approval.approve',
      data,
      style: 'primary',
    },
    {
      kind: 'command',
      label: reader.t('approval.reject'),
      command: 'approval.reject',
      data,
      style: 'danger',
      ask: {
        title: reader.t('approval.rejectTitle', { number: booking.number }),
        submit: reader.t('approval.reject'),
        cancel: reader.t('common.cancel'),
        fields: [
          {
            kind: 'text',
            name: 'reason',
            label: reader.t('approval.reason'),
            hint: reader.t('approval.reasonHint'),
            required: true,
            multiline: true,
            maxLength: reasonLength,
          },
        ],
      },
    },
  ];
}

/** `/approvals`: what waits for this reviewer. */
export function approvalsCard(
  reader: Reader,
  list: { details: Detail[]; total: number; page: number; pages: number },
  banner?: Card['banner'],
): Card {
  const row = (detail: Detail): Row => {
    const { booking, room, nameOf } = detail;
    return {
      title: reader.t('booking.rowTitle', { number: booking.number, topic: booking.topic }),
      text: [
        `${nameOf(booking.host)} · ${roomName(reader, room)}`,
        reader.when(booking.start, booking.end, room.zone),
        reader.t('booking.headcountOf', { headcount: booking.headcount, capacity: room.capacity }),
      ].join('\n'),
      actions: decisions(reader, detail, { page: String(list.page) }),
    };
  };
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'approval.list',
    data: { page: String(page) },
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('approval.list', { count: list.total }),
    ...(banner ? { banner } : {}),
    ...(list.total === 0 ? { text: [reader.t('approval.none')] } : {}),
    rows: list.details.map(row),
    actions: [
      ...(list.page > 1 ? [turn(list.page - 1, reader.t('common.previous'))] : []),
      ...(list.page < list.pages ? [turn(list.page + 1, reader.t('common.next'))] : []),
    ],
    ...(list.pages > 1 ? { footnote: reader.t('common.page', { page: list.page, pages: list.pages }) } : {}),
  };
}
