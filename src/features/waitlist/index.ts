import { z } from 'zod';
import { type CommandContext, command, type Feature, type Scope, type ViewDef } from '../../core/feature.ts';
import { type BookingId, type DraftId, newId, type WaitlistId, waitlistSubject } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import {
  type Booking,
  type BookingService,
  type Details,
  findBookings,
  originOf,
  showBooking,
} from '../booking/index.ts';
import { findDraft, moveDraft, readDraft, refusalOf } from '../draft/index.ts';
import { selvesOf } from '../people/index.ts';
import { findRoom, findRooms, free, slotsIn } from '../rooms/index.ts';
import { barredFromTaking, decideJoin, type Entry, isActive, isSame, placeInQueue } from './domain.ts';
import { advance, join, reach } from './queue.ts';
import { entriesOf, findEntry, queueFor, queuesOf } from './store.ts';
import { entryCard, type Shown, waitlistCard } from './views.ts';

export { offerFreed } from './queue.ts';
export { countOffers } from './store.ts';

const pageSize = 5;
const entryId = z.string().transform((id) => id as WaitlistId);
const page = z.coerce.number().int().min(1);

/** Waiting for a room that is taken, first come, first served (2.1): `/waitlist`. */
export function createWaitlist(bookings: BookingService): Feature {
  return {
    name: 'waitlist',
    words: { waitlist: () => ({ command: 'waitlist.list', input: {} }) },
    views: {
      'waitlist.entry': entryView(() => true),
      'waitlist.offer': entryView(({ state }, now) => state.kind === 'offered' && now < state.until),
    },
    jobs: {
      'waitlist.lapse': async ({ tx, now }, data) => {
        const entry = await findEntry(tx, data.entry as WaitlistId);
        // Answered in the meantime: the refusal is the answer, and there is nothing to do.
        if (entry) await advance(tx, now, entry, { type: 'lapse' });
      },
    },
    commands: {
      'waitlist.join': command({
        right: 'member',
        input: z.object({
          draft: z.string().transform((id) => id as DraftId),
          rev: z.coerce.number().int(),
        }),
        acts: true,
        handle: (context, input) => joinWith(context, input.draft, input.rev),
      }),
      'waitlist.take': command({
        right: 'member',
        input: z.object({ entry: entryId }),
        acts: true,
        handle: (context, input) => take(context, input.entry),
      }),
      'waitlist.leave': command({
        right: 'member',
        input: z.object({ entry: entryId, page: page.optional() }),
        acts: true,
        async handle(context, input) {
          const { tx, now, actor } = context;
          const entry = await findEntry(tx, input.entry);
          if (!entry) return stale(context);
          const outcome = await advance(tx, now, entry, { type: 'leave', by: actor.person });
          const banner = outcome.ok ? undefined : refusedBanner(context, outcome.refusal);
          return input.page ? list(context, input.page, banner) : show(context, entry.id, banner);
        },
      }),
      'waitlist.list': command({
        right: 'member',
        input: z.object({ page: page.default(1) }),
        acts: false,
        handle: (context, input) => list(context, input.page),
      }),
    },
  };

  async function joinWith(context: CommandContext, id: DraftId, rev: number): Promise<Answer> {
    const { tx, now, actor } = context;
    const draft = await findDraft(tx, id, actor.person);
    if (draft?.revision !== rev) return stale(context);
    const read = await readDraft(tx, draft);
    // One waits for a certain room: only where that is taken the card has the button.
    if (!read.ok || !read.wish.room) return stale(context);
    const { wish } = read;
    const details = { ...wish.details, room: read.wish.room.id };
    const queue = await queueFor(tx, details.room, details);
    const mine = queue.filter((it) => it.host === actor.person);
    const refusal = await refusalOf(bookings.facts, tx, now, wish);
    const booked = await bookingAt(tx, details);
    const facts = { refusal, mine, booked: booked !== undefined };
    const decision = decideJoin(newId<WaitlistId>(), details, facts, now);
    if (decision.ok) {
      await join(tx, now, decision.entry);
      return show(context, decision.entry.id);
    }
    const banner = refusedBanner(context, decision.refusal);
    const already = mine.find((it) => isSame(it, details));
    if (already) return show(context, already.id, banner);
    if (booked) return showBooking(context, booked.id, banner);
    // It has become free, or can't be had at all any more: the draft's card shows what there is now.
    await moveDraft(tx, now, draft);
    return { kind: 'note', tone: 'neutral', text: banner.text };
  }

  /** What is held for them becomes a request of theirs, judged like any other (2.2). */
  async function take(context: CommandContext, id: WaitlistId): Promise<Answer> {
    const { tx, now, actor } = context;
    const entry = await findEntry(tx, id);
    const room = entry && (await findRoom(tx, entry.room));
    if (!entry || !room) return stale(context);
    const barred = barredFromTaking(entry, actor.person, now);
    if (barred) return show(context, id, refusedBanner(context, barred));
    await free(tx, waitlistSubject(id));
    const outcome = await bookings.request(originOf(context), room, entry.details);
    const booking = outcome.ok ? outcome.booking.id : null;
    await advance(tx, now, entry, { type: 'take', by: actor.person, booking });
    return outcome.ok
      ? showBooking(context, outcome.booking.id)
      : show(context, id, refusedBanner(context, outcome.refusal));
  }

  /** The card of an entry, for whoever waits; anybody else is told no. */
  async function show(context: CommandContext, id: WaitlistId, banner?: Card['banner']): Promise<Answer> {
    const { tx, reader, actor } = context;
    const shown = await load(tx, id);
    if (shown?.entry.host !== actor.person) return banner ? note(banner) : stale(context);
    const { revision } = shown.entry;
    return {
      kind: 'card',
      card: entryCard(reader, shown, banner),
      live: { view: 'waitlist.entry', subject: waitlistSubject(id), revision, data: { entry: id } },
    };
  }

  async function list(context: CommandContext, page: number, banner?: Card['banner']): Promise<Answer> {
    const { tx, reader, actor } = context;
    const selves = await selvesOf(tx, actor.person);
    const { entries, ...where } = await entriesOf(tx, selves, { page, pageSize });
    const ids = entries.map((it) => it.room);
    const rooms = await findRooms(tx, ids);
    const queue = await queuesOf(tx, ids);
    const shown = entries.flatMap((entry): Shown[] => {
      const room = rooms.get(entry.room);
      return room ? [{ entry, room, place: placeInQueue(entry, queue, room.buffer) }] : [];
    });
    return { kind: 'card', card: waitlistCard(reader, { entries: shown, ...where }, banner) };
  }
}

/** The booking of theirs that has just this place, where there is one. */
async function bookingAt(tx: Scope['tx'], details: Details): Promise<Booking | undefined> {
  const slots = await slotsIn(tx, details.room, details);
  const holders = await findBookings(
    tx,
    slots.map(({ owner }) => owner.replace(/^booking:/, '') as BookingId),
  );
  return holders.find((it) => it.host === details.host && isSame(it, details));
}

/** A view of one entry that follows it. `due`: whether there is still something to tell. */
function entryView(due: (entry: Entry, now: number) => boolean): ViewDef {
  return async ({ tx, now, reader, purpose, recipient }, data) => {
    const shown = await load(tx, data.entry as WaitlistId);
    if (shown?.entry.host !== recipient || (purpose === 'send' && !due(shown.entry, now))) return null;
    const { id, revision } = shown.entry;
    return { card: entryCard(reader, shown), live: { subject: waitlistSubject(id), revision } };
  };
}

async function load(tx: Scope['tx'], id: WaitlistId): Promise<Shown | null> {
  const entry = await findEntry(tx, id);
  const room = entry && (await findRoom(tx, entry.room));
  if (!entry || !room) return null;
  const queue = isActive(entry) ? await queueFor(tx, room.id, reach(entry, room)) : [];
  return { entry, room, place: placeInQueue(entry, queue, room.buffer) };
}

const refusedBanner = ({ reader }: CommandContext, refusal: Refusal) => ({
  tone: 'warning' as const,
  text: reader.refusal(refusal),
});

const note = ({ text }: { text: string }): Answer => ({ kind: 'note', tone: 'bad', text });

const stale = ({ reader }: CommandContext): Answer => note({ text: reader.t('common.stale') });
