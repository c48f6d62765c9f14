import { z } from 'zod';
import { type CommandContext, command, type Feature, type Scope } from '../../core/feature.ts';
import { type BookingId, type DraftId, draftSubject, type PersonId, type RoomId } from '../../core/ids.ts';
import { readLocal, toLocal } from '../../core/time.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  type BookingService,
  findBooking,
  isTaken,
  type Outcome,
  originOf,
  requestAnswer,
  showBooking,
  type TypedRequest,
  toBook,
  typedFrom,
} from '../booking/index.ts';
import { namesOf } from '../people/index.ts';
import { findRoom } from '../rooms/index.ts';
import { judgeDraft, readDraft, refusalOf, type Wish } from './judge.ts';
import { addDraft, type Draft, type DraftText, findDraft, moveDraft } from './store.ts';
import { draftCard, recurringCard, settledCard } from './views.ts';

export { readDraft, refusalOf } from './judge.ts';
export type { Changes, Choice, Repeats } from './repeats.ts';
export { addDraft, type Draft, type DraftText, findDraft, moveDraft, pruneDrafts } from './store.ts';

const draftId = z.string().transform((id) => id as DraftId);
const roomId = z.string().transform((id) => id as RoomId);
const bookingId = z.string().transform((id) => id as BookingId);
const seen = { draft: draftId, rev: z.coerce.number().int() };
const instant = z.coerce.number().int();

/** How a draft repeats, in words; null: that is not said yet. */
export type RepeatsText = (reader: Reader, typed: DraftText) => string | null;

/** What other features use of it. */
export type Drafts = ReturnType<typeof createDrafts>;

/** What somebody typed, as a card to go on from: **Book it**, **Edit**, and what is free where it is taken (2.1). */
export function createDrafts(bookings: BookingService, repeatsText: RepeatsText) {
  const feature: Feature = {
    name: 'draft',
    views: {
      'draft.card': async ({ tx, now, reader, purpose, recipient }, data) => {
        const draft = await findDraft(tx, data.draft as DraftId, recipient);
        if (!draft || (purpose === 'send' && draft.booking)) return null;
        const card = await cardOf({ tx, now, reader }, draft);
        return { card, live: { subject: draftSubject(draft.id), revision: draft.revision } };
      },
    },
    commands: {
      'draft.book': command({
        right: 'member',
        input: z.object(seen),
        acts: true,
        handle: (context, input) =>
          onDraft(context, input, async (draft, wish) => {
            const { details, room, zone } = wish;
            const outcome = room
              ? await bookings.request(originOf(context), room, details)
              : await bookings.requestAny(originOf(context), details, zone);
            return booked(context, draft, wish, outcome);
          }),
      }),
      'draft.take': command({
        right: 'member',
        input: z.object({ ...seen, room: roomId, start: instant, end: instant }),
        acts: true,
        handle: (context, input) =>
          onDraft(context, input, async (draft, wish) => {
            const room = await findRoom(context.tx, input.room);
            if (!room) return stale(context);
            const { start, end } = input;
            const details = { ...wish.details, start, end };
            const outcome = await bookings.request(originOf(context), room, details);
            return booked(context, draft, { ...wish, twice: false }, outcome);
          }),
      }),
      'draft.edit': command({
        right: 'member',
        input: z.object({ draft: draftId }),
        acts: false,
        async handle(context, input) {
          const { tx, actor, reader, token } = context;
          const draft = await findDraft(tx, input.draft, actor.person);
          if (!draft) return stale(context);
          if (draft.booking) return bookedAlready(context, draft.booking);
          const typed = { ...onClockOf(draft.typed, reader.zone), token: token() };
          return requestAnswer(context, typed, {
            purpose: { ...toBook(reader), data: { draft: draft.id } },
          });
        },
      }),
      'draft.fromBooking': command({
        right: 'member',
        input: z.object({ booking: bookingId }),
        acts: true,
        async handle(context, input) {
          const { tx, now, actor, reader, token } = context;
          const booking = await findBooking(tx, input.booking);
          if (booking?.host !== actor.person) return stale(context);
          const typed = { ...typedFrom(booking, reader.zone, token()), zone: reader.zone };
          return draftAnswer(context, await addDraft(tx, now, actor.person, typed));
        },
      }),
    },
  };

  return {
    feature,

    /**
     * Keeps what somebody typed and answers its card. `id`: the draft of theirs that it was typed into, which then
     * holds this; absent, or gone: a new one. `rule`: how it repeats, where that was said. Only where it may write.
     */
    async answer(
      context: CommandContext,
      request: TypedRequest,
      id?: DraftId,
      rule?: string,
    ): Promise<Answer> {
      const { tx, now, actor, reader } = context;
      const known = id ? await findDraft(tx, id, actor.person) : null;
      const repeats = rule ? { rule, choices: {} } : known?.typed.repeats;
      const typed = {
        ...request,
        zone: reader.zone,
        ...(request.recurring && repeats ? { repeats } : {}),
      };
      const draft =
        known && !known.booking
          ? await moveDraft(tx, now, known, { typed })
          : await addDraft(tx, now, actor.person, typed);
      return draftAnswer(context, draft);
    },

    /** Keeps what somebody has said so far, and how it repeats, for a form that asks for the rest. */
    async keep(
      { tx, now, actor, reader }: CommandContext,
      request: TypedRequest,
      rule: string,
    ): Promise<DraftId> {
      const typed = { ...request, zone: reader.zone, repeats: { rule, choices: {} } };
      return (await addDraft(tx, now, actor.person, typed)).id;
    },

    /** A draft of theirs has become a booking: its cards offer nothing any more. */
    async settle({ tx, now, actor }: CommandContext, id: DraftId, booking: BookingId): Promise<void> {
      const draft = await findDraft(tx, id, actor.person);
      if (draft && !draft.booking) await moveDraft(tx, now, draft, { booking });
    },
  };

  /** Goes on from a draft as its owner saw it; a click that comes too late is told how it stands. */
  async function onDraft(
    context: CommandContext,
    input: { draft: DraftId; rev: number },
    go: (draft: Draft, wish: Wish) => Promise<Answer>,
  ): Promise<Answer> {
    const { tx, actor, reader } = context;
    const draft = await findDraft(tx, input.draft, actor.person);
    if (!draft) return stale(context);
    if (draft.booking) return bookedAlready(context, draft.booking);
    if (draft.revision !== input.rev)
      return draftAnswer(context, draft, { tone: 'warning', text: reader.t('draft.changed') });
    const read = await readDraft(tx, draft);
    return read.ok ? go(draft, read.wish) : draftAnswer(context, draft);
  }

  /** The booking, or the draft again with what is free now. */
  async function booked(
    context: CommandContext,
    draft: Draft,
    { twice }: Wish,
    outcome: Outcome,
  ): Promise<Answer> {
    const { tx, now, reader } = context;
    if (!outcome.ok) {
      const text = isTaken(outcome.refusal)
        ? reader.t('draft.takenMeanwhile')
        : reader.refusal(outcome.refusal);
      return draftAnswer(context, await moveDraft(tx, now, draft), { tone: 'warning', text });
    }
    await moveDraft(tx, now, draft, { booking: outcome.booking.id });
    const time = toLocal(outcome.booking.start, draft.typed.zone).time;
    return showBooking(
      context,
      outcome.booking.id,
      twice ? { tone: 'warning', text: reader.t('booking.twice', { time }) } : undefined,
    );
  }

  async function draftAnswer(
    context: CommandContext,
    draft: Draft,
    banner?: Card['banner'],
  ): Promise<Answer> {
    await noteUnmet(context, draft);
    return {
      kind: 'card',
      card: await cardOf(context, draft, banner),
      live: {
        view: 'draft.card',
        subject: draftSubject(draft.id),
        revision: draft.revision,
        data: { draft: draft.id },
      },
    };
  }

  /** Whoever is shown that nothing is free wanted a room, whether they go on from there or not (2.8). */
  async function noteUnmet({ tx, now }: CommandContext, draft: Draft): Promise<void> {
    const read = draft.booking || draft.typed.recurring ? null : await readDraft(tx, draft);
    const refusal = read?.ok ? await refusalOf(bookings.facts, tx, now, read.wish) : null;
    if (read?.ok && refusal) await bookings.noteUnmet({ tx, now }, refusal, read.wish);
  }

  async function cardOf({ tx, now, reader }: Scope, draft: Draft, banner?: Card['banner']): Promise<Card> {
    if (draft.booking) return settledCard(reader, draft);
    const names = await namesOf(tx, draft.typed.attendees);
    const nameOf = (person: PersonId) => names.get(person) ?? '–';
    const read = draft.typed.recurring ? await readDraft(tx, draft) : null;
    if (read?.ok)
      return recurringCard(reader, draft, read.wish, nameOf, repeatsText(reader, draft.typed), banner);
    const judged = await judgeDraft(bookings, tx, now, draft);
    return draftCard(reader, draft, judged, nameOf, banner);
  }
}

const stale = ({ reader }: CommandContext): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.t('common.stale'),
});

const bookedAlready = (context: CommandContext, booking: BookingId): Promise<Answer> =>
  showBooking(context, booking, { tone: 'warning', text: context.reader.t('draft.bookedAlready') });

/** The same moment as another clock shows it; what can't be read stays as it was typed. */
function onClockOf({ zone: typedIn, ...typed }: DraftText, zone: string): Omit<DraftText, 'zone'> {
  const read = readLocal({ date: typed.date, time: typed.start, zone: typedIn });
  if (zone === typedIn || !('at' in read)) return typed;
  const { date, time } = toLocal(read.at, zone);
  return { ...typed, date, start: time };
}
