import { z } from 'zod';
import { type CommandContext, command, type Feature, type ViewDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import { refuseStrangers, selvesOf } from '../people/index.ts';
import { findRoom, layerOf, roomOption, searchRooms } from '../rooms/index.ts';
import { effectiveRules, rulesAt } from '../rules/index.ts';
import { type Detail, loadDetail, loadDetails } from './detail.ts';
import { anyOption, presetRequest, requestForm } from './form.ts';
import type { BookingService } from './handler.ts';
import { topicLength } from './policy.ts';
import { bookingsOf, type Which } from './store.ts';
import { anyRoom, type Problems, readRequest, type TypedRequest, typedRequest } from './typed.ts';
import { bookingsCard, hostCard, invitedCard, type News, newsCard } from './views.ts';

export * from './detail.ts';
export * from './domain.ts';
export * from './handler.ts';
export { findBooking, findBookings, openRequests } from './store.ts';
export { bookingFacts, joinAction, outcomeText, sharedFacts, stateName, tones } from './views.ts';

const pageSize = 5;
/** As many rooms as a card holds beside the rest; the others are found by typing. */
const roomsInForm = 60;

const bookingId = z.string().transform((id) => id as BookingId);
const which = z.enum(['upcoming', 'past']);
const page = z.coerce.number().int().min(1).default(1);

/** Asking for a room and what becomes of it: `/book`, `/bookings`. */
export function createBooking(bookings: BookingService): Feature {
  return {
    name: 'booking',
    words: {
      book: (rest) => ({
        command: 'booking.open',
        input: { topic: [...rest].slice(0, topicLength).join('') },
      }),
      bookings: (rest) => ({ command: 'booking.list', input: rest === 'past' ? { list: 'past' } : {} }),
    },
    options: {
      bookable: async ({ tx, reader }, query) => {
        const found = await searchRooms(tx, { text: query, activeOnly: true, limit: 99, zone: reader.zone });
        const rooms = found.map((room) => roomOption(reader, room));
        return query.trim() === '' ? [anyOption(reader), ...rooms] : rooms;
      },
    },
    views: {
      'booking.host': detailView((detail, reader) => hostCard(reader, detail)),
      'booking.invited': detailView((detail, reader, purpose) =>
        purpose === 'send' && detail.booking.state.kind !== 'approved' ? null : invitedCard(reader, detail),
      ),
      'booking.news': newsView,
    },
    jobs: {
      'booking.expire': async ({ tx, now }, data) => {
        // Decided or withdrawn in the meantime: the refusal is the answer, and there is nothing to do.
        await bookings.change({ tx, now, actor: null, source: 'job' }, data.booking as BookingId, {
          type: 'expire',
        });
      },
    },
    commands: {
      'booking.open': command({
        right: 'member',
        input: z.object({
          room: z.string().optional(),
          topic: z.string().max(500).default(''),
        }),
        acts: false,
        async handle(context, input) {
          const { tx, now, reader, token } = context;
          const room = input.room ? await findRoom(tx, input.room as RoomId) : null;
          const { document } = await rulesAt(tx, now);
          const rules = room ? effectiveRules(document, room.site, layerOf(room)) : document.organisation;
          const typed = presetRequest(reader, rules, token(), room);
          return formAnswer(context, { ...typed, topic: input.topic });
        },
      }),
      'booking.request': command({
        right: 'member',
        input: typedRequest,
        people: ['attendees'],
        acts: true,
        handle: (context, typed) => request(context, typed),
      }),
      'booking.withdraw': command({
        right: 'member',
        input: z.object({ booking: bookingId, list: which.optional(), page }),
        acts: true,
        async handle(context, input) {
          const { tx, now, reader, actor } = context;
          const origin = { tx, now, actor: actor.person, source: actor.platform };
          const outcome = await bookings.change(origin, input.booking, {
            type: 'withdraw',
            by: actor.person,
          });
          const banner: Card['banner'] =
            outcome && !outcome.ok ? { tone: 'bad', text: reader.refusal(outcome.refusal) } : undefined;
          if (input.list) return listAnswer(context, input.list, input.page, banner);
          const detail = await loadDetail(tx, input.booking);
          if (!detail || detail.booking.host !== actor.person)
            return { kind: 'note', tone: 'bad', text: banner?.text ?? reader.t('common.stale') };
          return hostAnswer(context, detail, banner);
        },
      }),
      'booking.list': command({
        right: 'member',
        input: z.object({ list: which.default('upcoming'), page }),
        acts: false,
        handle: (context, input) => listAnswer(context, input.list, input.page),
      }),
    },
  };

  async function request(context: CommandContext, typed: TypedRequest): Promise<Answer> {
    const { tx, now, reader, actor } = context;
    const read = readRequest(typed, actor.person, reader.zone);
    const stranger = refuseStrangers(context.strangers, 'attendees');
    if (!read.ok || stranger)
      return formAnswer(context, typed, {
        ...(read.ok ? {} : read.problems),
        ...(stranger ? { attendees: stranger } : {}),
      });
    const origin = { tx, now, actor: actor.person, source: actor.platform };
    const room = typed.room === anyRoom ? null : await findRoom(tx, typed.room as RoomId);
    if (!room && typed.room !== anyRoom)
      return formAnswer(context, typed, { room: { key: 'booking.wrong.room', field: 'room' } });
    const outcome = room
      ? await bookings.request(origin, room, read.details)
      : await bookings.requestAny(origin, read.details, reader.zone);
    if (!outcome.ok) return formAnswer(context, typed, problemAt(outcome.refusal));
    const detail = await loadDetail(tx, outcome.booking.id);
    if (!detail) throw new Error('a booking that was just made is not there');
    const banner: Card['banner'] = read.twice
      ? { tone: 'warning', text: reader.t('booking.twice', { time: typed.start }) }
      : undefined;
    return hostAnswer(context, detail, banner);
  }
}

const problemAt = (refusal: Refusal): Problems => ({
  [(refusal.field ?? 'room') as keyof Problems]: refusal,
});

const hostAnswer = ({ reader }: CommandContext, detail: Detail, banner: Card['banner']): Answer => ({
  kind: 'card',
  card: hostCard(reader, detail, banner),
  live: {
    view: 'booking.host',
    subject: bookingSubject(detail.booking.id),
    revision: detail.booking.revision,
    data: { booking: detail.booking.id },
  },
});

async function formAnswer(
  { tx, now, reader }: CommandContext,
  typed: TypedRequest,
  problems?: Problems,
): Promise<Answer> {
  const { document } = await rulesAt(tx, now);
  const rooms = await searchRooms(tx, { activeOnly: true, limit: roomsInForm, zone: reader.zone });
  const chosen = typed.room === anyRoom ? null : await findRoom(tx, typed.room as RoomId);
  const form = requestForm(reader, {
    typed,
    rooms: chosen && !rooms.some((room) => room.id === chosen.id) ? [chosen, ...rooms] : rooms,
    rules: chosen ? effectiveRules(document, chosen.site, layerOf(chosen)) : document.organisation,
    ...(problems ? { problems } : {}),
  });
  return problems ? { kind: 'invalid', form } : { kind: 'form', form };
}

async function listAnswer(
  { tx, now, reader, actor }: CommandContext,
  list: Which,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const { bookings, ...where } = await bookingsOf(tx, await selvesOf(tx, actor.person), {
    which: list,
    now,
    page,
    pageSize,
  });
  const details = await loadDetails(tx, bookings);
  return {
    kind: 'card',
    card: bookingsCard(reader, { which: list, ...where, details, person: actor.person }, banner),
  };
}

/** A view of one booking that follows it. */
function detailView(
  render: (detail: Detail, reader: CommandContext['reader'], purpose: 'send' | 'update') => Card | null,
): ViewDef {
  return async ({ tx, reader, purpose }, data) => {
    const detail = await loadDetail(tx, data.booking as BookingId);
    const card = detail && render(detail, reader, purpose);
    if (!detail || !card) return null;
    const { id, revision } = detail.booking;
    return { card, live: { subject: bookingSubject(id), revision } };
  };
}

const newsView: ViewDef = async ({ tx, reader }, data) => {
  const detail = await loadDetail(tx, data.booking as BookingId);
  // Overtaken: the state has moved on again, and that has its own news.
  if (!detail || detail.booking.state.kind !== data.news) return null;
  return { card: newsCard(reader, detail, data.news as News) };
};
