import type { CommandContext } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import type { Answer, Card } from '../../core/view.ts';
import {
  type Booking,
  type BookingService,
  type Detail,
  type Details,
  detailsOf,
  differences,
  eventAt,
  knowing,
  loadDetail,
  type Outcome,
} from '../booking/index.ts';
import { listApprovals } from './list.ts';
import { loadJudged } from './matter.ts';
import { approvalCard } from './views.ts';

/**
 * What a reviewer pressed. `page`: in that page of the list. `card`: on the card of that booking. `asOf`: the form
 * of the matter that they saw.
 */
export type Pressed = {
  booking: BookingId;
  asOf?: number | undefined;
  page?: number | undefined;
  card?: BookingId | undefined;
};

/** The card as it stands now; a click that came too late or was not allowed is told so on it. */
export async function answerReviewer(
  bookings: BookingService,
  context: CommandContext,
  input: Pressed,
  outcome: Outcome | null,
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const decided = await loadDetail(tx, input.booking);
  if (!decided || !outcome) return { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
  let banner: Card['banner'];
  if (!outcome.ok) {
    const refusal = reader.refusal(outcome.refusal);
    if (!(await bookings.mayDecide(tx, now, decided.booking, actor.person)))
      return { kind: 'note', tone: 'bad', text: refusal };
    const changes =
      outcome.refusal.key === 'booking.refused.changedSince'
        ? await changesSince(context, decided, input)
        : [];
    banner = { tone: 'warning', text: [refusal, ...changes].join('\n') };
  }
  if (input.page) return listApprovals(bookings, context, input.page, banner);
  const shown = input.card && input.card !== input.booking ? await loadDetail(tx, input.card) : decided;
  return reviewerCard(bookings, context, shown ?? decided, banner);
}

/** The card of one booking for a reviewer, kept in step from now on. */
export async function reviewerCard(
  bookings: BookingService,
  context: CommandContext,
  detail: Detail,
  banner?: Card['banner'],
): Promise<Answer> {
  const judged = await loadJudged(bookings, context, detail, context.actor.person);
  const { id } = detail.booking;
  return {
    kind: 'card',
    card: approvalCard(context.reader, judged, banner),
    live: {
      view: 'approval.request',
      subject: bookingSubject(id),
      revision: judged.revision,
      data: { booking: id },
    },
  };
}

/** What has changed since somebody saw it, a line for each difference. */
async function changesSince(
  { tx, reader }: CommandContext,
  detail: Detail,
  { asOf }: Pressed,
): Promise<string[]> {
  const event = await eventAt(tx, detail.booking.id, asOf ?? 1);
  const now = reviewedDetails(detail.booking);
  const seen =
    event?.type === 'requested'
      ? detailsOf(event.booking)
      : event?.type === 'amended' || event?.type === 'changeRequested'
        ? event.to
        : null;
  if (!seen || !now) return [];
  const earlier = await knowing(tx, detail, seen);
  return differences(reader, earlier, seen, now).map(({ label, value }) => `${label}: ${value}`);
}

/** What it is that the reviewers judge now: the request, or what a change would make of the booking. */
function reviewedDetails(booking: Booking): Details | null {
  if (booking.state.kind === 'requested') return detailsOf(booking);
  return booking.state.kind === 'approved' ? (booking.state.change?.to ?? detailsOf(booking)) : null;
}
