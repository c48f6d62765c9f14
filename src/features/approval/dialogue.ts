import { z } from 'zod';
import { type CommandContext, command, type Feature, type ViewDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  answerActions,
  type BookingService,
  type Command,
  type Detail,
  differences,
  findBooking,
  loadDetail,
  originOf,
  outcomeText,
  proposalActions,
  sharedFacts,
  showBooking,
  standing,
} from '../booking/index.ts';
import { answerReviewer } from './answer.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const text = z.string().default('');

/** What reviewers and host say to each other about a request: a question and its answer, a proposal and its (2.2). */
export function dialogueCommands(bookings: BookingService): NonNullable<Feature['commands']> {
  return {
    'approval.ask': command({
      right: 'member',
      input: z.object({ booking: bookingId, asOf: z.coerce.number().int(), text }),
      acts: true,
      async handle(context, input) {
        const outcome = await bookings.change(originOf(context), input.booking, {
          type: 'ask',
          by: context.actor.person,
          asOf: input.asOf,
          text: input.text,
        });
        return answerReviewer(bookings, context, input, outcome);
      },
    }),
    'approval.answer': command({
      right: 'member',
      input: z.object({ booking: bookingId, text }),
      acts: true,
      handle: (context, input) =>
        byHost(
          context,
          input.booking,
          { type: 'answer', by: context.actor.person, text: input.text },
          {
            tone: 'good',
            text: context.reader.t('approval.question.answered'),
          },
        ),
    }),
    'approval.acceptProposal': command({
      right: 'member',
      input: z.object({ booking: bookingId, proposed: z.coerce.number() }),
      acts: true,
      handle: (context, input) =>
        onProposal(context, input, { type: 'acceptProposal', by: context.actor.person }),
    }),
    'approval.declineProposal': command({
      right: 'member',
      input: z.object({ booking: bookingId, proposed: z.coerce.number() }),
      acts: true,
      handle: (context, input) =>
        onProposal(
          context,
          input,
          { type: 'declineProposal', by: context.actor.person },
          {
            tone: 'neutral',
            text: context.reader.t('approval.proposal.declined'),
          },
        ),
    }),
  };

  /** Only the proposal that the host saw is taken or left; one that has taken its place is another. */
  async function onProposal(
    context: CommandContext,
    { booking: id, proposed }: { booking: BookingId; proposed: number },
    wanted: Command,
    done?: Card['banner'],
  ): Promise<Answer> {
    const booking = await findBooking(context.tx, id);
    const current = booking?.state.kind === 'requested' ? booking.state.proposal : null;
    if (booking?.host === context.actor.person && current && current.at !== proposed) {
      const refusal = context.reader.refusal({ key: 'booking.refused.changedSince', clause: '2.2' });
      return showBooking(context, id, { tone: 'warning', text: refusal });
    }
    return byHost(context, id, wanted, done);
  }

  async function byHost(
    context: CommandContext,
    id: BookingId,
    wanted: Command,
    done?: Card['banner'],
  ): Promise<Answer> {
    const outcome = await bookings.change(originOf(context), id, wanted);
    if (!outcome) return { kind: 'note', tone: 'bad', text: context.reader.t('common.stale') };
    if (outcome.ok) return showBooking(context, id, done);
    return showBooking(context, id, { tone: 'bad', text: context.reader.refusal(outcome.refusal) });
  }
}

/** What the host is asked: by a question, by a proposal. Both follow the booking. */
export const dialogueViews: Record<string, ViewDef> = {
  'approval.question': asked((reader, detail) => {
    const { booking, nameOf } = detail;
    const open =
      booking.state.kind === 'requested' ? booking.state.questions.filter((it) => it.answer === null) : [];
    const last = open.at(-1);
    return {
      layout: 'booking',
      tone: last ? 'warning' : 'neutral',
      title: last
        ? reader.t('approval.question.title', { name: nameOf(last.by), number: booking.number })
        : reader.t('booking.title', { number: booking.number }),
      text: last
        ? open.map((it) => it.text)
        : [reader.t('approval.question.settled'), ...settled(reader, detail)],
      facts: sharedFacts(reader, detail).slice(0, 3),
      actions: answerActions(reader, booking),
      open: last !== undefined,
    };
  }),
  'approval.proposal': asked((reader, detail) => {
    const { booking, nameOf } = detail;
    const proposal = booking.state.kind === 'requested' ? booking.state.proposal : null;
    const { room, start, end } = proposal ?? booking;
    const changes = differences(reader, detail, booking, { ...booking, room, start, end });
    const changed = new Set(changes.map((fact) => fact.label));
    return {
      layout: 'booking',
      tone: proposal ? 'warning' : 'neutral',
      title: proposal
        ? reader.t('approval.proposal.title', { name: nameOf(proposal.by), number: booking.number })
        : reader.t('booking.title', { number: booking.number }),
      text: proposal
        ? [reader.t('approval.proposal.text')]
        : [reader.t('approval.proposal.settled'), ...settled(reader, detail)],
      facts: [
        ...changes,
        ...sharedFacts(reader, detail)
          .slice(0, 3)
          .filter((fact) => !changed.has(fact.label)),
      ],
      actions: proposalActions(reader, booking),
      open: proposal !== null,
    };
  }),
};

/** What became of the request meanwhile. */
const settled = (reader: Reader, detail: Detail): string[] => {
  const outcome = outcomeText(reader, detail);
  return outcome ? [outcome] : standing(reader, detail);
};

/** Sent to the host while it is `open`; in the chat already, it says what has become of it. */
function asked(render: (reader: Reader, detail: Detail) => Card & { open: boolean }): ViewDef {
  return async ({ tx, reader, purpose, recipient }, data) => {
    const detail = await loadDetail(tx, data.booking as BookingId);
    if (!detail) return null;
    const { booking } = detail;
    const { open, ...card } = render(reader, detail);
    if (purpose === 'send' && !(open && recipient === booking.host)) return null;
    // Whoever has handed the booking over has nothing to answer any more.
    const theirs = recipient === booking.host ? card : { ...card, actions: [] };
    return { card: theirs, live: { subject: bookingSubject(booking.id), revision: booking.revision } };
  };
}
