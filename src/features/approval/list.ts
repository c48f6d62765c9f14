import type { CommandContext } from '../../core/feature.ts';
import type { Action, Answer, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  type Booking,
  type BookingService,
  type Detail,
  differences,
  loadDetails,
  matterOf,
} from '../booking/index.ts';
import { roomName } from '../rooms/index.ts';
import { listedDecisions } from './actions.ts';
import { waitingFor } from './matter.ts';

const pageSize = 5;

/** What waits for a decision; of the dates of a series that are decided together, the first, and how many there are. */
export type Listed = { detail: Detail; dates: number };

export type Page = { listed: Listed[]; total: number; page: number; pages: number };

/** One page of what waits for the person who asks, the most urgent first; beyond the last, the last. */
export async function pageOf(
  bookings: BookingService,
  { tx, now, actor }: CommandContext,
  wanted: number,
): Promise<Page> {
  const matters = await bookings.facts.matters(tx, now, actor.person);
  const waiting = await waitingFor(bookings, { tx, now }, matters, actor.person);
  const firsts = waiting.filter((it, n) => waiting.findIndex((other) => isTogether(other, it)) === n);
  const pages = Math.max(1, Math.ceil(firsts.length / pageSize));
  const page = Math.min(wanted, pages);
  const details = await loadDetails(tx, firsts.slice((page - 1) * pageSize, page * pageSize));
  const listed = details.map((detail) => ({
    detail,
    dates: waiting.filter((it) => isTogether(it, detail.booking)).length,
  }));
  return { listed, total: firsts.length, page, pages };
}

/** The dates of a series are decided together. */
const isTogether = (one: Booking, other: Booking): boolean =>
  one.id === other.id || (one.series !== null && one.series === other.series);

/** `/approvals` (2.2). */
export async function listApprovals(
  bookings: BookingService,
  context: CommandContext,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const shown = await pageOf(bookings, context, page);
  return { kind: 'card', card: approvalsCard(context.reader, shown, banner) };
}

function approvalsCard(reader: Reader, list: Page, banner?: Card['banner']): Card {
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'approval.list',
    data: { page: String(page) },
  });
  const several: Action[] =
    list.listed.filter(canBeApproved).length < 2
      ? []
      : [
          {
            kind: 'command',
            label: reader.t('approval.several.open'),
            command: 'approval.several',
            data: { page: String(list.page) },
            answer: 'new',
          },
        ];
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('approval.list', { count: list.total }),
    ...(banner ? { banner } : {}),
    ...(list.total === 0 ? { text: [reader.t('approval.none')] } : {}),
    rows: list.listed.map((it) => (it.dates > 1 ? seriesRow(reader, it) : row(reader, it.detail, list.page))),
    actions: [
      ...several,
      ...(list.page > 1 ? [turn(list.page - 1, reader.t('common.previous'))] : []),
      ...(list.page < list.pages ? [turn(list.page + 1, reader.t('common.next'))] : []),
    ],
    ...(list.pages > 1 ? { footnote: reader.t('common.page', { page: list.page, pages: list.pages }) } : {}),
  };
}

/** A cancellation is confirmed, and a series has a card of its own. */
export const canBeApproved = ({ detail, dates }: Listed): boolean =>
  dates === 1 && matterOf(detail.booking)?.matter !== 'cancellation';

function seriesRow(reader: Reader, { detail, dates }: Listed): Row {
  const { booking, room, nameOf } = detail;
  return {
    title: booking.topic,
    badge: reader.t('booking.fact.series'),
    text: [
      `${nameOf(booking.host)} · ${roomName(reader, room)}`,
      reader.t('approval.dates', { count: dates, first: reader.when(booking.start, booking.end, room.zone) }),
    ].join('\n'),
    actions: [
      {
        kind: 'command',
        label: reader.t('approval.open'),
        command: 'series.show',
        data: { series: booking.series ?? '' },
        answer: 'new',
      },
    ],
  };
}

function row(reader: Reader, detail: Detail, page: number): Row {
  const { booking, room, nameOf } = detail;
  const { state } = booking;
  const matter = matterOf(booking)?.matter ?? 'request';
  const change = state.kind === 'approved' ? state.change : null;
  const cancellation = state.kind === 'approved' ? state.cancellation : null;
  return {
    title: reader.t('booking.rowTitle', { number: booking.number, topic: booking.topic }),
    ...(matter === 'request' ? {} : { badge: reader.t(`approval.matter.${matter}`) }),
    text: [
      `${nameOf(booking.host)} · ${roomName(reader, room)}`,
      reader.when(booking.start, booking.end, room.zone),
      reader.t('booking.headcountOf', { headcount: booking.headcount, capacity: room.capacity }),
      ...(change
        ? differences(reader, detail, booking, change.to).map(({ label, value }) => `${label}: ${value}`)
        : []),
      ...(cancellation
        ? [reader.t('booking.reason', { name: nameOf(booking.host), reason: cancellation.reason })]
        : []),
    ].join('\n'),
    actions: listedDecisions(reader, booking, page),
  };
}
