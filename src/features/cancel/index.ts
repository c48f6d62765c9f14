import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import { answerReviewer } from '../approval/index.ts';
import {
  type Booking,
  type BookingService,
  listBookings,
  type Outcome,
  originOf,
  showBooking,
  which,
} from '../booking/index.ts';
import { rulesByVersion } from '../rules/index.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const page = z.coerce.number().int().min(1);
const asOf = z.coerce.number().int();

/** Ending an approved booking before it begins: the host's, or a reviewer's or admin's (2.5). */
export function createCancel(bookings: BookingService): Feature {
  return {
    name: 'cancel',
    jobs: {
      'cancel.confirm': async ({ tx, now }, data) => {
        // Confirmed or taken back in the meantime: the refusal is the answer, and there is nothing to do.
        await bookings.change({ tx, now, actor: null, source: 'job' }, data.booking as BookingId, {
          type: 'confirmCancel',
          by: null,
          asOf: Number(data.asOf),
        });
      },
    },
    commands: {
      'cancel.request': command({
        right: 'member',
        input: z.object({
          booking: bookingId,
          reason: z.string().default(''),
          list: which.optional(),
          page: page.default(1),
        }),
        acts: true,
        async handle(context, input) {
          const by = context.actor.person;
          const wanted = { type: 'cancel', by, reason: input.reason } as const;
          const outcome = await bookings.change(originOf(context), input.booking, wanted);
          if (outcome?.booking && outcome.booking.host !== by)
            return answerReviewer(bookings, context, { booking: input.booking }, outcome);
          const banner = outcome?.ok ? await askedFor(context, outcome.booking) : refusalOf(context, outcome);
          if (input.list) return listBookings(context, input.list, input.page, banner);
          return showBooking(context, input.booking, banner);
        },
      }),
      'cancel.keep': command({
        right: 'member',
        input: z.object({ booking: bookingId }),
        acts: true,
        async handle(context, input) {
          const wanted = { type: 'takeBackCancel', by: context.actor.person } as const;
          const outcome = await bookings.change(originOf(context), input.booking, wanted);
          const kept: Card['banner'] = { tone: 'good', text: context.reader.t('cancel.kept') };
          return showBooking(context, input.booking, outcome?.ok ? kept : refusalOf(context, outcome));
        },
      }),
      'cancel.confirm': command({
        right: 'member',
        input: z.object({ booking: bookingId, asOf, page: page.optional() }),
        acts: true,
        async handle(context, input) {
          const by = context.actor.person;
          const outcome = await bookings.change(originOf(context), input.booking, {
            type: 'confirmCancel',
            by,
            asOf: input.asOf,
          });
          return answerReviewer(bookings, context, input, outcome);
        },
      }),
    },
  };
}

/** Why nothing was done, where nothing was. */
function refusalOf({ reader }: CommandContext, outcome: Outcome | null): Card['banner'] {
  if (outcome?.ok) return undefined;
  return { tone: 'bad', text: outcome ? reader.refusal(outcome.refusal) : reader.t('common.stale') };
}

/** What the host is told of a cancellation that waits: until when, and whether it counts as late. */
async function askedFor(
  { tx, reader }: CommandContext,
  { state, rulesVersion }: Booking,
): Promise<Card['banner']> {
  if (state.kind !== 'approved' || !state.cancellation) return undefined;
  const { due, late } = state.cancellation;
  const asked = reader.t('cancel.asked', { due: { instant: due } });
  if (!late) return { tone: 'neutral', text: asked };
  const { document } = await rulesByVersion(tx, rulesVersion);
  const notice = { minutes: document.organisation.lateMinutes };
  return { tone: 'warning', text: `${asked} ${reader.t('cancel.askedLate', { notice })}` };
}
