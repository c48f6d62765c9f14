import { z } from 'zod';
import { command, type Feature, type ViewDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type BookingService, loadDetail, originOf } from '../booking/index.ts';
import { answerReviewer, reviewerCard } from './answer.ts';
import { reviewJobs } from './clock.ts';
import { dialogueCommands, dialogueViews } from './dialogue.ts';
import { listApprovals } from './list.ts';
import { cardRevision, type Judged, loadJudged, waitingMatter } from './matter.ts';
import { proposeCommands } from './propose.ts';
import { severalCommands } from './several.ts';
import { approvalCard, reminderCard } from './views.ts';

export { answerReviewer } from './answer.ts';
export { planReview } from './clock.ts';
export { waitingFor, waitingMatter } from './matter.ts';
export * from './rivals.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const page = z.coerce.number().int().min(1);
/** The form of the matter that the reviewer saw; buttons of version 0.1 had none, and there was only the first. */
const asOf = z.coerce.number().int().default(1);
/** On what it was pressed: in a page of the list, or on the card of a competing request. */
const pressedOn = { page: page.optional(), card: bookingId.optional() };

/** Deciding what waits (2.2, 2.4, 2.5): the reviewers' cards, and `/approvals`. */
export function createApproval(bookings: BookingService): Feature {
  return {
    name: 'approval',
    words: { approvals: () => ({ command: 'approval.list', input: {} }) },
    views: {
      'approval.request': judgedView((reader, judged) => approvalCard(reader, judged)),
      'approval.reminder': judgedView(reminderCard),
      ...dialogueViews,
    },
    jobs: reviewJobs(bookings),
    commands: {
      'approval.approve': command({
        right: 'member',
        input: z.object({ booking: bookingId, asOf, ...pressedOn }),
        acts: true,
        async handle(context, input) {
          const by = context.actor.person;
          const wanted = { type: 'approve', by, asOf: input.asOf } as const;
          const outcome = await bookings.change(originOf(context), input.booking, wanted);
          return answerReviewer(bookings, context, input, outcome);
        },
      }),
      'approval.reject': command({
        right: 'member',
        input: z.object({ booking: bookingId, asOf, ...pressedOn, reason: z.string().default('') }),
        acts: true,
        async handle(context, input) {
          const by = context.actor.person;
          const wanted = { type: 'reject', by, asOf: input.asOf, reason: input.reason } as const;
          const outcome = await bookings.change(originOf(context), input.booking, wanted);
          return answerReviewer(bookings, context, input, outcome);
        },
      }),
      'approval.show': command({
        right: 'member',
        input: z.object({ booking: bookingId }),
        acts: false,
        async handle(context, input) {
          const { tx, now, reader, actor } = context;
          const detail = await loadDetail(tx, input.booking);
          return detail && (await bookings.mayDecide(tx, now, detail.booking, actor.person))
            ? reviewerCard(bookings, context, detail)
            : { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
        },
      }),
      'approval.list': command({
        right: 'member',
        input: z.object({ page: page.default(1) }),
        acts: false,
        handle: (context, input) => listApprovals(bookings, context, input.page),
      }),
      ...dialogueCommands(bookings),
      ...proposeCommands(bookings),
      ...severalCommands(bookings),
    },
  };

  /** Sent to those whose decision it still needs; once in the chat, it is kept in step with what becomes of it. */
  function judgedView(render: (reader: Reader, judged: Judged) => Card): ViewDef {
    const view: ViewDef = async ({ tx, now, reader, purpose, recipient }, data) => {
      const detail = await loadDetail(tx, data.booking as BookingId);
      if (!detail) return null;
      const { booking } = detail;
      if (purpose === 'send' && waitingMatter(booking, now) === null) return null;
      const judged = await loadJudged(bookings, { tx, now }, detail, recipient);
      if (purpose === 'send' && (!judged.decider || judged.given)) return null;
      return {
        card: render(reader, judged),
        live: { subject: bookingSubject(booking.id), revision: judged.revision },
      };
    };
    view.revision = ({ tx, now }) => cardRevision(tx, now);
    return view;
  }
}
