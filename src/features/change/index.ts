import { z } from 'zod';
import type { Instant } from '../../core/clock.ts';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { BookingId, PersonId, RoomId } from '../../core/ids.ts';
import { printOf } from '../../core/print.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import {
  type Booking,
  type BookingService,
  type Command,
  changedFields,
  type Details,
  detailsOf,
  findBooking,
  isLive,
  longerBy,
  type Outcome,
  originOf,
  type Problems,
  readRequest,
  requestAnswer,
  showBooking,
  type TypedRequest,
  typedFrom,
  typedRequest,
} from '../booking/index.ts';
import { refuseStrangers } from '../people/index.ts';
import { chosenAttendees, known } from './attendees.ts';
import { changeViews, endForm, overtakenBanner, purposeOf, type Seen } from './views.ts';

export { chosenAttendees, known } from './attendees.ts';
export { handoverActions } from './views.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const about = z.object({ booking: bookingId });
/** Forms of older versions of this program have none. */
const seen = { seen: z.string().default(''), asOf: z.string().default('') };

/** Changing a booking (2.4): all of it, only its end, or whose it is. */
export function createChange(bookings: BookingService): Feature {
  return {
    name: 'change',
    views: changeViews,
    commands: {
      'change.open': command({
        right: 'member',
        input: about,
        acts: false,
        handle: (context, input) => openChange(context, input.booking),
      }),
      'change.submit': command({
        right: 'member',
        input: typedRequest.extend({ booking: bookingId, ...seen }),
        people: ['attendees'],
        acts: true,
        handle: (context, { booking, seen, asOf, ...typed }) =>
          submit(context, booking, { seen, asOf }, typed),
      }),
      'change.end': command({
        right: 'member',
        input: about.extend({ end: z.coerce.number().int(), token: z.string().optional() }),
        acts: true,
        async handle(context, input) {
          const booking = await findBooking(context.tx, input.booking);
          if (!booking) return stale(context);
          if (input.token === undefined && isOutdated(context, booking, input.end)) {
            const text = context.reader.refusal({ key: 'booking.refused.changedSince', clause: '2.4' });
            return showBooking(context, booking.id, { tone: 'warning', text });
          }
          return told(context, booking, await revise(context, booking, { ...booking, end: input.end }));
        },
      }),
      'change.askEnd': command({
        right: 'member',
        input: about,
        acts: false,
        handle: (context, input) => openEnd(context, input.booking),
      }),
      'change.withdraw': command({
        right: 'member',
        input: about,
        acts: true,
        handle: (context, { booking }) =>
          move(context, booking, { type: 'withdrawChange', by: context.actor.person }, 'change.kept'),
      }),
      'change.handOver': command({
        right: 'member',
        input: about.extend({ to: z.array(z.string()).default([]) }),
        people: ['to'],
        acts: true,
        async handle(context, input) {
          const { reader, actor } = context;
          const refused = refuseStrangers(context.strangers, 'to');
          const [to] = input.to;
          if (refused || to === undefined)
            return note(refused ? reader.refusal(refused) : reader.t('change.wrong.to'));
          const wanted = { type: 'offerHandover', by: actor.person, to: to as PersonId } as const;
          return move(context, input.booking, wanted, 'change.offeredThem');
        },
      }),
      'change.acceptHandover': command({
        right: 'member',
        input: about,
        acts: true,
        handle: (context, { booking }) =>
          move(context, booking, { type: 'acceptHandover', by: context.actor.person }, 'change.accepted'),
      }),
      'change.declineHandover': command({
        right: 'member',
        input: about,
        acts: true,
        async handle(context, { booking }) {
          const wanted = { type: 'declineHandover', by: context.actor.person } as const;
          const outcome = await bookings.change(originOf(context), booking, wanted);
          if (outcome?.ok)
            return { kind: 'note', tone: 'neutral', text: context.reader.t('change.declined') };
          return note(outcome ? context.reader.refusal(outcome.refusal) : context.reader.t('common.stale'));
        },
      }),
    },
  };

  async function submit(
    context: CommandContext,
    id: BookingId,
    seen: Seen,
    typed: TypedRequest,
  ): Promise<Answer> {
    const { tx, reader, actor } = context;
    const booking = await findBooking(tx, id);
    if (!booking) return stale(context);
    const now = pending(booking);
    const purpose = purposeOf(reader, booking, seen);
    const attendees = await chosenAttendees(tx, actor.account, now.attendees, typed.attendees);
    const read = readRequest({ ...typed, attendees }, actor.person, reader.zone);
    const stranger = refuseStrangers(context.strangers, 'attendees');
    if (!read.ok || stranger)
      return requestAnswer(context, typed, {
        purpose,
        problems: { ...(read.ok ? {} : read.problems), ...(stranger ? { attendees: stranger } : {}) },
      });
    const wanted = { ...read.details, room: typed.room as RoomId };
    if (isOvertaken(booking, seen) && changedFields(now, wanted).length === 0)
      return showBooking(context, id, { tone: 'neutral', text: reader.t('change.alreadySo') });
    // Or what was typed into an older form would undo what has happened since, unseen.
    if (isOvertaken(booking, seen) && !barredFromChanging(context, booking))
      return requestAnswer(context, typed, {
        purpose: purposeOf(reader, booking, seenNow(booking)),
        problems: {},
        banner: await overtakenBanner(context, booking, now, wanted),
      });
    const outcome = await revise(context, booking, wanted);
    if (outcome && !outcome.ok && outcome.refusal.field)
      return requestAnswer(context, typed, {
        purpose,
        problems: { [outcome.refusal.field as keyof Problems]: outcome.refusal },
      });
    return told(context, booking, outcome);
  }

  function revise(context: CommandContext, booking: Booking, to: Details): Promise<Outcome | null> {
    const wanted = { by: context.actor.person, to: detailsOf(to), apart: booking.series !== null };
    return bookings.revise(originOf(context), booking.id, wanted);
  }

  /** The card after a change, saying what became of it: applied, sent to the reviewers, or refused. */
  async function told(context: CommandContext, before: Booking, outcome: Outcome | null): Promise<Answer> {
    const { reader } = context;
    if (!outcome) return stale(context);
    if (!outcome.ok)
      return showBooking(context, before.id, { tone: 'bad', text: reader.refusal(outcome.refusal) });
    const { state } = outcome.booking;
    const waits = state.kind === 'approved' && state.change !== null;
    const key = waits ? 'change.sent' : state.kind === 'requested' ? 'change.amended' : 'change.saved';
    return showBooking(context, before.id, { tone: waits ? 'neutral' : 'good', text: reader.t(key) });
  }

  async function move(
    context: CommandContext,
    id: BookingId,
    wanted: Command,
    done: 'change.kept' | 'change.offeredThem' | 'change.accepted',
  ): Promise<Answer> {
    const { reader } = context;
    const outcome = await bookings.change(originOf(context), id, wanted);
    if (!outcome) return stale(context);
    const banner: Card['banner'] = outcome.ok
      ? { tone: 'good', text: reader.t(done) }
      : { tone: 'bad', text: reader.refusal(outcome.refusal) };
    return showBooking(context, id, banner);
  }
}

/** The form with today's values, and what somebody has said of it already in words. */
export async function openChange(
  context: CommandContext,
  id: BookingId,
  said: Partial<TypedRequest> = {},
): Promise<Answer> {
  const { tx, now, reader, token } = context;
  const booking = await findBooking(tx, id);
  if (!booking) return stale(context);
  const barred = barredFromChanging(context, booking);
  if (barred) return note(reader.refusal(barred));
  // Of a meeting that is under way only the end can be changed.
  if (now >= booking.start) return openEnd(context, id);
  const typed = typedFrom(await known(tx, pending(booking)), reader.zone, token());
  const purpose = purposeOf(reader, booking, seenNow(booking));
  return requestAnswer(context, { ...typed, ...said }, { purpose });
}

/** The form that asks for a new end alone. */
async function openEnd(context: CommandContext, id: BookingId): Promise<Answer> {
  const booking = await findBooking(context.tx, id);
  if (!booking) return stale(context);
  const barred = barredFromChanging(context, booking);
  if (barred) return note(context.reader.refusal(barred));
  return { kind: 'form', form: await endForm(context, booking) };
}

/** Why a form need not be opened at all. */
function barredFromChanging({ now, actor }: CommandContext, booking: Booking): Refusal | null {
  if (booking.host !== actor.person) return { key: 'booking.refused.notHost', clause: '2.4' };
  const ended = !isLive(booking.state) || now >= booking.end;
  return ended ? { key: 'booking.refused.over', clause: '2.4' } : null;
}

/**
 * Whether a button that makes a booking longer stood on a card that is out of date: what it names is not that much
 * later than the end is now, or another change has come to wait. The form is another matter: there the end is chosen.
 */
function isOutdated(context: CommandContext, booking: Booking, end: Instant): boolean {
  if (barredFromChanging(context, booking)) return false;
  const waits = booking.state.kind === 'approved' && booking.state.change !== null;
  return waits || (end !== booking.end && end !== booking.end + longerBy);
}

/** What the form opens with: the change that waits, else the booking as it is. */
const pending = (booking: Booking): Details =>
  booking.state.kind === 'approved' && booking.state.change ? booking.state.change.to : booking;

const seenNow = (booking: Booking): Seen => ({
  seen: printOf(detailsOf(pending(booking))),
  asOf: String(booking.revision),
});

/**
 * Whether a booking is another than the form was opened with. At the same revision nothing has happened to it, though
 * another version of this program may print it differently; and what has happened need not concern the details.
 */
function isOvertaken(booking: Booking, { seen, asOf }: Seen): boolean {
  const now = seenNow(booking);
  return asOf !== now.asOf && seen !== now.seen;
}

const note = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });
const stale = (context: CommandContext): Answer => note(context.reader.t('common.stale'));
