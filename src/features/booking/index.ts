import { z } from 'zod';
import { type CommandContext, command, type Feature, type ViewDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type DraftId, type PersonId, type RoomId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import { namesOf, refuseStrangers } from '../people/index.ts';
import { findRoom, roomOption, searchRooms } from '../rooms/index.ts';
import { listBookings, presetFor, requestAnswer, showBooking } from './answers.ts';
import { type Detail, loadDetail } from './detail.ts';
import { anyOption, toBook } from './form.ts';
import { type BookingService, isTaken, originOf } from './handler.ts';
import { revisionOf } from './store.ts';
import { anyRoom, type Problems, readRequest, type TypedRequest, typedRequest } from './typed.ts';
import {
  formerHostCard,
  hostCard,
  invitedCard,
  type News,
  newsCard,
  uninvitedCard,
  type Word,
  wordCard,
} from './views.ts';

export * from './actions.ts';
export * from './agenda.ts';
export * from './answers.ts';
export { competing } from './competing.ts';
export * from './decide.ts';
export * from './detail.ts';
export * from './domain.ts';
export * from './evolve.ts';
export * from './facts.ts';
export * from './form.ts';
export * from './handler.ts';
export { bareBreach, firstBreach, topicLength } from './policy.ts';
export * from './record.ts';
export * from './revise.ts';
export {
  booking as bookingTable,
  bookingAttendee as attendeeTable,
  bookingTransition as transitionTable,
} from './schema.ts';
export {
  eventAt,
  findBooking,
  findBookings,
  findNumbered,
  indexTopics,
  lastChanges,
  occurrencesOf,
  openMatters,
} from './store.ts';
export {
  bookingFacts,
  differences,
  outcomeText,
  pendingDifferences,
  sharedFacts,
  standing,
  stateName,
  toneOf,
  tones,
} from './texts.ts';
export { topicQuery } from './topic-words.ts';
export { idWord, indexed, monthWord } from './topics.ts';
export * from './typed.ts';
export { invitedCard } from './views.ts';

const bookingId = z.string().transform((id) => id as BookingId);
const draftId = z.string().transform((id) => id as DraftId);
export const which = z.enum(['upcoming', 'past']);
const page = z.coerce.number().int().min(1).default(1);

/** Where a request goes on that can't be had as it is; see the feature `draft`. */
export type Drafts = {
  answer(context: CommandContext, typed: TypedRequest, id?: DraftId): Promise<Answer>;
  settle(context: CommandContext, id: DraftId, booking: BookingId): Promise<void>;
};

/** Asking for a room and what becomes of it: `/book`, `/bookings`. */
export function createBooking(bookings: BookingService, drafts: Drafts): Feature {
  return {
    name: 'booking',
    words: {
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
      'booking.host': detailView((detail, reader, _, person) =>
        // Handed over: what it becomes is the new host's.
        detail.booking.host === person ? hostCard(reader, detail) : formerHostCard(reader, detail),
      ),
      'booking.invited': detailView((detail, reader, purpose, person) => {
        const { host, attendees, state } = detail.booking;
        if (host === person) return hostCard(reader, detail);
        const invited = attendees.includes(person);
        if (purpose === 'send' && !(invited && state.kind === 'approved')) return null;
        return invited ? invitedCard(reader, detail, person) : uninvitedCard(reader, detail);
      }),
      'booking.word': async ({ tx, reader }, data) => {
        const detail = await loadDetail(tx, data.booking as BookingId);
        if (!detail) return null;
        const names = await namesOf(tx, data.person ? [data.person as PersonId] : []);
        return {
          card: wordCard(reader, detail, data.word as Word, [...names.values()][0] ?? '', data.reason),
        };
      },
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
        input: z
          .object({
            room: z.string(),
            date: z.string(),
            start: z.string(),
            duration: z.string(),
            headcount: z.string(),
            equipment: z.string(),
          })
          .partial(),
        acts: false,
        async handle(context, { room: id, equipment, ...given }) {
          const room = id ? await findRoom(context.tx, id as RoomId) : null;
          const typed = await presetFor(context, context.token(), room);
          return requestAnswer(context, {
            ...typed,
            date: given.date ?? typed.date,
            start: given.start ?? typed.start,
            duration: given.duration ?? typed.duration,
            headcount: given.headcount ?? typed.headcount,
            equipment: equipment?.split(',') ?? typed.equipment,
          });
        },
      }),
      'booking.request': command({
        right: 'member',
        input: typedRequest.extend({ draft: draftId.optional() }),
        people: ['attendees'],
        acts: true,
        handle: (context, { draft, ...typed }) => request(context, typed, draft),
      }),
      'booking.withdraw': command({
        right: 'member',
        input: z.object({ booking: bookingId, list: which.optional(), page }),
        acts: true,
        async handle(context, input) {
          const { reader, actor } = context;
          const outcome = await bookings.change(originOf(context), input.booking, {
            type: 'withdraw',
            by: actor.person,
          });
          const refused: Card['banner'] =
            outcome && !outcome.ok ? { tone: 'bad', text: reader.refusal(outcome.refusal) } : undefined;
          if (!input.list) return showBooking(context, input.booking, refused);
          // It leaves the list that is looked at.
          const done: Card['banner'] = outcome?.ok
            ? { tone: 'good', text: reader.t('booking.list.withdrawn', { number: outcome.booking.number }) }
            : undefined;
          return listBookings(context, input.list, input.page, refused ?? done);
        },
      }),
      'booking.show': command({
        right: 'member',
        input: z.object({ booking: bookingId }),
        acts: false,
        handle: (context, input) => showBooking(context, input.booking),
      }),
      'booking.list': command({
        right: 'member',
        input: z.object({ list: which.default('upcoming'), page }),
        acts: false,
        handle: (context, input) => listBookings(context, input.list, input.page),
      }),
    },
  };

  /** `draft`: the draft that was opened in the form; it goes on where this is refused, and ends where it is booked. */
  async function request(
    context: CommandContext,
    typed: TypedRequest,
    draft: DraftId | undefined,
  ): Promise<Answer> {
    const { tx, reader, actor } = context;
    const refused = (problems: Problems) =>
      requestAnswer(context, typed, {
        problems,
        ...(draft ? { purpose: { ...toBook(reader), data: { draft } } } : {}),
      });
    const read = readRequest(typed, actor.person, reader.zone);
    const stranger = refuseStrangers(context.strangers, 'attendees');
    if (!read.ok || stranger)
      return refused({ ...(read.ok ? {} : read.problems), ...(stranger ? { attendees: stranger } : {}) });
    const room = typed.room === anyRoom ? null : await findRoom(tx, typed.room as RoomId);
    if (!room && typed.room !== anyRoom)
      return refused({ room: { key: 'booking.wrong.room', field: 'room' } });
    if (typed.recurring) return drafts.answer(context, typed, draft);
    const origin = originOf(context);
    const outcome = room
      ? await bookings.request(origin, room, read.details)
      : await bookings.requestAny(origin, read.details, reader.zone);
    if (!outcome.ok)
      return isTaken(outcome.refusal)
        ? drafts.answer(context, typed, draft)
        : refused(problemAt(outcome.refusal));
    if (draft) await drafts.settle(context, draft, outcome.booking.id);
    const banner: Card['banner'] = read.twice
      ? { tone: 'warning', text: reader.t('booking.twice', { time: typed.start }) }
      : undefined;
    return showBooking(context, outcome.booking.id, banner);
  }
}

const problemAt = (refusal: Refusal): Problems => ({
  [(refusal.field ?? 'room') as keyof Problems]: refusal,
});

/** A view of one booking that follows it. */
function detailView(
  render: (
    detail: Detail,
    reader: CommandContext['reader'],
    purpose: 'send' | 'update',
    person: PersonId,
  ) => Card | null,
): ViewDef {
  const view: ViewDef = async ({ tx, reader, purpose, recipient }, data) => {
    const detail = await loadDetail(tx, data.booking as BookingId);
    const card = detail && render(detail, reader, purpose, recipient);
    if (!detail || !card) return null;
    const { id, revision } = detail.booking;
    return { card, live: { subject: bookingSubject(id), revision } };
  };
  view.revision = ({ tx }, data) => revisionOf(tx, data.booking as BookingId);
  return view;
}

const newsView: ViewDef = async ({ tx, reader, recipient }, data) => {
  const detail = await loadDetail(tx, data.booking as BookingId);
  // Overtaken: the state has moved on again, and that has its own news.
  if (!detail || detail.booking.state.kind !== data.news) return null;
  return { card: newsCard(reader, detail, data.news as News, recipient) };
};
