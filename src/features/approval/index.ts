import { z } from 'zod';
import { type CommandContext, command, type Feature, type Scope } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer, Card } from '../../core/view.ts';
import {
  type BookingService,
  type Detail,
  findBookings,
  loadDetail,
  loadDetails,
  type Outcome,
  openRequests,
} from '../booking/index.ts';
import { namesOf } from '../people/index.ts';
import { openingOf, slotsIn } from '../rooms/index.ts';
import { approvalCard, approvalsCard, type Neighbour } from './views.ts';

const pageSize = 5;
const bookingId = z.string().transform((id) => id as BookingId);
const page = z.coerce.number().int().min(1);

/** Deciding requests (2.2): the reviewers' cards, and `/approvals`. */
export function createApproval(bookings: BookingService): Feature {
  return {
    name: 'approval',
    words: { approvals: () => ({ command: 'approval.list', input: {} }) },
    views: {
      'approval.request': async ({ tx, now, reader, purpose, recipient }, data) => {
        const detail = await loadDetail(tx, data.booking as BookingId);
        if (!detail) return null;
        const { booking } = detail;
        const waits = booking.state.kind === 'requested' && now < booking.start;
        if (purpose === 'send' && !(waits && (await bookings.mayDecide(tx, booking, recipient)))) return null;
        const card = approvalCard(reader, detail, await neighboursOf({ tx }, detail));
        return { card, live: { subject: bookingSubject(booking.id), revision: booking.revision } };
      },
    },
    commands: {
      'approval.approve': command({
        right: 'member',
        input: z.object({ booking: bookingId, page: page.optional() }),
        acts: true,
        async handle(context, input) {
          const outcome = await bookings.change(originOf(context), input.booking, {
            type: 'approve',
            by: context.actor.person,
          });
          return answer(context, input, outcome);
        },
      }),
      'approval.reject': command({
        right: 'member',
        input: z.object({ booking: bookingId, page: page.optional(), reason: z.string().default('') }),
        acts: true,
        async handle(context, input) {
          const outcome = await bookings.change(originOf(context), input.booking, {
            type: 'reject',
            by: context.actor.person,
            reason: input.reason,
          });
          return answer(context, input, outcome);
        },
      }),
      'approval.list': command({
        right: 'member',
        input: z.object({ page: page.default(1) }),
        acts: false,
        handle: (context, input) => list(context, input.page),
      }),
    },
  };

  /** The card as it stands now; a click that came too late or was not allowed is told so on it. */
  async function answer(
    context: CommandContext,
    input: { booking: BookingId; page?: number | undefined },
    outcome: Outcome | null,
  ): Promise<Answer> {
    const { tx, reader, actor } = context;
    const detail = await loadDetail(tx, input.booking);
    if (!detail || !outcome) return { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
    const refusal = outcome.ok ? null : reader.refusal(outcome.refusal);
    if (refusal && !(await bookings.mayDecide(tx, detail.booking, actor.person)))
      return { kind: 'note', tone: 'bad', text: refusal };
    const banner: Card['banner'] = refusal ? { tone: 'warning', text: refusal } : undefined;
    if (input.page) return list(context, input.page, banner);
    const { id, revision } = detail.booking;
    return {
      kind: 'card',
      card: approvalCard(reader, detail, await neighboursOf(context, detail), banner),
      live: { view: 'approval.request', subject: bookingSubject(id), revision, data: { booking: id } },
    };
  }

  async function list(context: CommandContext, page: number, banner?: Card['banner']): Promise<Answer> {
    const { tx, now, reader, actor } = context;
    const waiting = await bookings.decidable(tx, await openRequests(tx, now), actor.person);
    const pages = Math.max(1, Math.ceil(waiting.length / pageSize));
    const shown = Math.min(page, pages);
    const details = await loadDetails(tx, waiting.slice((shown - 1) * pageSize, shown * pageSize));
    return {
      kind: 'card',
      card: approvalsCard(reader, { details, total: waiting.length, page: shown, pages }, banner),
    };
  }
}

const originOf = ({ tx, now, actor }: CommandContext) => ({
  tx,
  now,
  actor: actor.person,
  source: actor.platform,
});

/** What else is on that room on that day. */
async function neighboursOf({ tx }: Pick<Scope, 'tx'>, { booking, room }: Detail): Promise<Neighbour[]> {
  const { date } = toLocal(booking.start, room.zone);
  const wholeDay = openingOf(date, room.zone, { opens: 0, closes: 1440 });
  const own = bookingSubject(booking.id);
  const slots = (await slotsIn(tx, room.id, wholeDay)).filter((slot) => slot.owner !== own);
  const others = await findBookings(
    tx,
    slots.map((slot) => slot.owner.replace(/^booking:/, '') as BookingId),
  );
  const names = await namesOf(
    tx,
    others.map((other) => other.host),
  );
  return slots.map((slot) => {
    const other = others.find((it) => bookingSubject(it.id) === slot.owner);
    const open = other && !other.confidential ? other : null;
    return {
      start: other?.start ?? slot.start,
      end: other?.end ?? slot.end,
      topic: open?.topic ?? null,
      host: open ? (names.get(open.host) ?? null) : null,
    };
  });
}
