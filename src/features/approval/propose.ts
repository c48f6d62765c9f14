import { z } from 'zod';
import { minute } from '../../core/clock.ts';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { isDate, isTimeOfDay, readLocal, toLocal } from '../../core/time.ts';
import type { Answer, Form } from '../../core/view.ts';
import {
  type Booking,
  type BookingService,
  findBooking,
  originOf,
  type Place,
  timesOfDay,
} from '../booking/index.ts';
import { type Room, roomOption, searchRooms } from '../rooms/index.ts';
import { rulesByVersion } from '../rules/index.ts';
import { answerReviewer } from './answer.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const asOf = z.coerce.number().int();
const text = z.string().default('');

const typedProposal = z.object({
  token: z.string(),
  booking: bookingId,
  asOf,
  room: text,
  date: text,
  start: text,
});
type Typed = z.infer<typeof typedProposal>;
type Problems = Partial<Record<'room' | 'date' | 'start', Refusal>>;

/** As many rooms as a form holds. */
const mostRooms = 60;

/** Proposing another room or time for a request (2.2). */
export function proposeCommands(bookings: BookingService): NonNullable<Feature['commands']> {
  return {
    'approval.proposeForm': command({
      right: 'member',
      input: z.object({ booking: bookingId, asOf }),
      acts: false,
      async handle(context, input) {
        const { tx, now, reader, actor, token } = context;
        const booking = await findBooking(tx, input.booking);
        if (!booking || !(await bookings.mayDecide(tx, now, booking, actor.person))) return stale(context);
        const start = toLocal(booking.start, reader.zone);
        const place = { room: booking.room as string, date: start.date, start: start.time };
        return formAnswer(context, booking, { token: token(), ...input, ...place });
      },
    }),
    'approval.propose': command({
      right: 'member',
      input: typedProposal,
      acts: true,
      async handle(context, typed) {
        const { tx, now, reader, actor } = context;
        const booking = await findBooking(tx, typed.booking);
        if (!booking) return stale(context);
        const read = readPlace(typed, booking, reader.zone);
        // The form names the topic, and a client may send any booking's id (5.3).
        if (!read.ok)
          return (await bookings.mayDecide(tx, now, booking, actor.person))
            ? formAnswer(context, booking, typed, read.problems)
            : stale(context);
        const proposing = { by: actor.person, asOf: typed.asOf, place: read.place };
        const outcome = await bookings.propose(originOf(context), booking.id, proposing);
        // What is wrong with the place can be put right in the form; all else is said on the card.
        if (outcome && !outcome.ok && isAtField(outcome.refusal))
          return formAnswer(context, booking, typed, { [outcome.refusal.field]: outcome.refusal });
        return answerReviewer(bookings, context, typed, outcome);
      },
    }),
  };

  async function formAnswer(
    context: CommandContext,
    booking: Booking,
    typed: Typed,
    problems?: Problems,
  ): Promise<Answer> {
    const { reader } = context;
    const rooms = await roomsToPropose(context, booking);
    if (rooms.length === 0) {
      const none = reader.t('approval.proposal.noRoom', { count: booking.headcount });
      return { kind: 'note', tone: 'bad', text: none };
    }
    const { document } = await rulesByVersion(context.tx, booking.rulesVersion);
    const form = proposalForm(context, booking, {
      typed,
      rooms,
      step: document.organisation.stepMinutes,
      problems,
    });
    return problems ? { kind: 'invalid', form } : { kind: 'form', form };
  }

  /** The rooms that are large enough and for which this person could decide, the one asked for first. */
  async function roomsToPropose({ tx, now, actor }: CommandContext, booking: Booking): Promise<Room[]> {
    const rooms = await searchRooms(tx, { activeOnly: true, limit: -1 });
    const large = rooms.filter((room) => room.capacity >= booking.headcount);
    const decidersOf = await bookings.facts.decidersByRoom(
      tx,
      now,
      large.map((room) => ({ room: room.id })),
    );
    const { host, state } = booking;
    const theirs = large.filter((room) =>
      decidersOf({ room: room.id, host, state }).some((it) => it.person === actor.person),
    );
    const asked = (room: Room) => Number(room.id !== booking.room);
    return theirs.sort((a, b) => asked(a) - asked(b)).slice(0, mostRooms);
  }
}

const stale = ({ reader }: CommandContext): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.t('common.stale'),
});

const isAtField = (refusal: Refusal): refusal is Refusal & { field: 'room' | 'date' | 'start' } =>
  refusal.field === 'room' || refusal.field === 'date' || refusal.field === 'start';

/** Reads where and when; the length stays that of the request. */
function readPlace(
  typed: Typed,
  booking: Booking,
  zone: string,
): { ok: true; place: Place } | { ok: false; problems: Problems } {
  const read = readLocal({ date: typed.date, time: typed.start, zone });
  const problems: Problems = {
    ...(typed.room === '' ? { room: { key: 'approval.proposal.room' as const, field: 'room' } } : {}),
    ...(isDate(typed.date) ? {} : { date: { key: 'booking.wrong.date' as const, field: 'date' } }),
    ...(isTimeOfDay(typed.start) ? {} : { start: { key: 'booking.wrong.start' as const, field: 'start' } }),
  };
  if (read.kind === 'skipped')
    problems.start = {
      key: 'booking.refused.skipped',
      figures: { time: typed.start },
      clause: '2.1',
      field: 'start',
      nearest: { key: 'booking.nearest.from', figures: { at: { instant: read.next } } },
    };
  if (Object.keys(problems).length > 0 || read.kind === 'skipped' || read.kind === 'invalid')
    return { ok: false, problems };
  const end = read.at + booking.end - booking.start;
  return { ok: true, place: { room: typed.room as RoomId, start: read.at, end } };
}

function proposalForm(
  { reader }: CommandContext,
  booking: Booking,
  it: { typed: Typed; rooms: readonly Room[]; step: number; problems: Problems | undefined },
): Form {
  const { typed, rooms, step, problems } = it;
  const at = (name: 'room' | 'date' | 'start', label: string) => {
    const problem = problems?.[name];
    return { name, label, required: true, ...(problem ? { error: reader.refusal(problem) } : {}) };
  };
  return {
    layout: 'form',
    title: reader.t('approval.proposal.formTitle', { number: booking.number }),
    command: 'approval.propose',
    submit: reader.t('approval.proposal.send'),
    cancel: reader.t('common.cancel'),
    data: { token: typed.token, booking: booking.id, asOf: String(typed.asOf) },
    banner: {
      tone: 'neutral',
      text: reader.t('approval.proposal.banner', {
        topic: booking.topic,
        length: { minutes: (booking.end - booking.start) / minute },
      }),
    },
    fields: [
      {
        kind: 'choice',
        ...at('room', reader.t('booking.field.room')),
        value: typed.room,
        options: rooms.map((room) => roomOption(reader, room)),
      },
      {
        kind: 'date',
        ...at('date', reader.t('booking.field.date')),
        value: typed.date,
        min: toLocal(reader.now, reader.zone).date,
      },
      {
        kind: 'time',
        ...at('start', reader.t('booking.field.startIn', { zone: reader.zoneName() })),
        value: typed.start,
        options: timesOfDay(step),
      },
    ],
  };
}
