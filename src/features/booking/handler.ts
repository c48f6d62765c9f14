import type { Instant } from '../../core/clock.ts';
import type { CommandContext } from '../../core/feature.ts';
import { type BookingId, bookingSubject, newId, type PersonId, type RoomId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/refusal.ts';
import type { Decider } from '../../core/rights.ts';
import type { Tx } from '../../db/database.ts';
import { findRoom, findRooms, free, held, hold, type Room, slotsIn } from '../rooms/index.ts';
import { rulesAt, rulesByVersion } from '../rules/index.ts';
import { competing } from './competing.ts';
import {
  type Command,
  decideChange,
  decideRequest,
  type OccurrenceOf,
  type RequestCommand,
} from './decide.ts';
import { type Booking, type Details, type Event, holdings, type Place, samePlace } from './domain.ts';
import { evolve } from './evolve.ts';
import { createFacts, type FactSources, fittingRooms } from './facts.ts';
import { decideProposal, decideRevision, type Proposing, type Revision } from './revise.ts';
import { findBooking, nextNumber, saveTransition } from './store.ts';

/** A transition that has just been decided, and who is concerned by it. */
export type Transition = {
  event: Event;
  before: Booking | null;
  after: Booking;
  deciders: Decider[];
  /** Places that it has made free. */
  freed: Place[];
  /** True where somebody else tells people of it, in one message for several bookings. */
  quiet: boolean;
};

/** What follows from a transition elsewhere, in the same transaction. */
export type React = (tx: Tx, now: Instant, transition: Transition) => Promise<void>;

export type Outcome =
  | { ok: true; booking: Booking; room: Room }
  /** `booking` is null where a request was refused, and so there is none. */
  | { ok: false; refusal: Refusal; booking: Booking | null };

/** What was wanted and no room was free for (2.8). `room` null: any would have done. */
export type Unmet = Pick<Details, 'host' | 'headcount' | 'start' | 'end'> & {
  at: Instant;
  room: RoomId | null;
  /** The room's, or the host's. */
  zone: string;
};

/** Where a command comes from. `actor` is null where time itself decides. `quiet`: see `Transition`. */
export type Origin = { tx: Tx; now: Instant; actor: PersonId | null; source: string; quiet?: boolean };

/** Where a command comes from that somebody gives in chat. */
export const originOf = ({ tx, now, actor }: CommandContext): Origin => ({
  tx,
  now,
  actor: actor.person,
  source: actor.platform,
});

export type BookingService = ReturnType<typeof createBookingService>;

/** The one way in which bookings come about and move on: load the facts, decide, save, react. */
export function createBookingService(
  deps: FactSources & { react: React; refused(tx: Tx, wanted: Unmet): Promise<void> },
) {
  const facts = createFacts(deps);

  async function commit(origin: Origin, before: Booking | null, event: Event, deciders: Decider[]) {
    const { tx, now } = origin;
    const after = evolve(before, event);
    const freed = await moveSlots(tx, before, after);
    // Who decides is different after an escalation, and under a new host.
    const others = event.type === 'escalated' || event.type === 'handedOver';
    const asked = others ? await facts.deciders(tx, now, after) : deciders;
    await saveTransition(tx, {
      before: before?.state ?? null,
      after,
      event,
      at: now,
      actor: origin.actor ?? 'clock',
      source: origin.source,
    });
    await deps.react(tx, now, { event, before, after, deciders: asked, freed, quiet: origin.quiet ?? false });
    return after;
  }

  async function commitAll(
    origin: Origin,
    before: Booking,
    events: readonly Event[],
    deciders: Decider[],
  ): Promise<Outcome> {
    let after = before;
    for (const event of events) {
      const last = after;
      after = await commit(origin, last, event, deciders);
      if (isGiven(last, after)) await refuseCompeting(origin, after, deciders);
    }
    const room = (await findRoom(origin.tx, after.room)) ?? missing();
    return { ok: true, booking: after, room };
  }

  /** Where several may ask for one slot, the one that is approved ends the others (2.2). */
  async function refuseCompeting(origin: Origin, given: Booking, deciders: Decider[]): Promise<void> {
    const { tx, now } = origin;
    const by = given.state.kind === 'approved' ? given.state.by : null;
    const outdone = { type: 'rejected', by, for: null, at: now, reason: '' } as const;
    for (const other of await competing(tx, given)) await commit(origin, other, outdone, deciders);
  }

  async function requestIn(
    origin: Origin,
    room: Room,
    details: Omit<Details, 'room'>,
    command: Pick<RequestCommand, 'number' | 'occurrence'>,
    judgedBy: Parameters<typeof decideRequest>[1],
  ): Promise<Outcome> {
    const id = newId<BookingId>();
    const request = { type: 'request', id, ...command, details: { ...details, room: room.id } } as const;
    const decision = decideRequest(request, judgedBy, origin.now);
    if (!decision.ok) return { ...decision, booking: null };
    const [requested, ...more] = decision.events;
    if (!requested) throw new Error('a request was accepted without an event');
    // Nobody is asked where the rules decide by themselves.
    const asked = judgedBy.verdict.decision === 'approve' ? [] : judgedBy.deciders;
    return commitAll(origin, await commit(origin, null, requested, asked), more, asked);
  }

  return {
    facts,

    /** Asks for one room (2.1). */
    async request(
      origin: Origin,
      room: Room,
      details: Omit<Details, 'room'>,
      occurrence: OccurrenceOf | null = null,
    ): Promise<Outcome> {
      const { tx, now } = origin;
      const rules = await rulesAt(tx, now);
      const judgedBy = await facts.of(tx, now, room, rules, details);
      const command = { number: await nextNumber(tx), occurrence };
      const outcome = await requestIn(origin, room, details, command, judgedBy);
      if (!outcome.ok && outcome.refusal.key === 'booking.refused.taken')
        await deps.refused(tx, wantOf(details, now, { room: room.id, zone: room.zone }));
      return outcome;
    },

    /**
     * Asks for the smallest free room that fits (2.1), one in the host's zone where the organisation has any
     * there. Where none will do, the refusal says what is in the way.
     */
    async requestAny(origin: Origin, details: Omit<Details, 'room'>, zone: string): Promise<Outcome> {
      const { tx, now } = origin;
      const fitting = await fittingRooms(tx, details, zone);
      const judge = await facts.forRooms(tx, now, fitting, details);
      const number = await nextNumber(tx);
      let first: Outcome | null = null;
      for (const room of fitting) {
        const outcome = await requestIn(origin, room, details, { number, occurrence: null }, judge(room));
        if (outcome.ok) return outcome;
        first ??= outcome;
      }
      if (first) return first;
      await deps.refused(tx, wantOf(details, now, { room: null, zone }));
      return { ok: false, booking: null, refusal: nothingFree(details) };
    },

    /**
     * Keeps that somebody was shown that no room is free for what they want (2.8), also where they go no further.
     * Refusals for other reasons are none of that.
     */
    async noteUnmet(
      { tx, now }: Pick<Origin, 'tx' | 'now'>,
      refusal: Refusal,
      wish: { details: Omit<Details, 'room'>; room: Room | null; zone: string },
    ): Promise<void> {
      const { details, room, zone } = wish;
      const where = { room: room?.id ?? null, zone: room?.zone ?? zone };
      if (isTaken(refusal)) await deps.refused(tx, wantOf(details, now, where));
    },

    /** Moves a booking on (2.2, 2.4, 2.5). Null where there is no such booking. */
    async change(origin: Origin, id: BookingId, command: Command): Promise<Outcome | null> {
      const { tx, now } = origin;
      const booking = await findBooking(tx, id);
      if (!booking) return null;
      // A booking is cancelled by those who review its room, whoever decides where it is to move.
      const { room, host } = booking;
      const deciders = await facts.deciders(tx, now, command.type === 'cancel' ? { room, host } : booking);
      const { document } = await rulesByVersion(tx, booking.rulesVersion);
      const admins = await deps.admins(tx);
      const judgedBy = { deciders, admins, rules: document.organisation };
      const decision = decideChange(booking, command, judgedBy, now);
      if (!decision.ok) return { ok: false, refusal: decision.refusal, booking };
      const late =
        decision.events.some((it) => it.type === 'approved') && (await takenMeanwhile(tx, booking));
      if (late) return { ...refuse({ key: 'booking.refused.takenMeanwhile', clause: '2.2' }), booking };
      return commitAll(origin, booking, decision.events, deciders);
    },

    /** Changes what a booking is (2.4): its place, its topic, who comes. Null where there is no such booking. */
    async revise(origin: Origin, id: BookingId, revision: Revision): Promise<Outcome | null> {
      const { tx, now } = origin;
      const booking = await findBooking(tx, id);
      const room = booking && (await findRoom(tx, revision.to.room));
      if (!booking || !room) return null;
      const rules = await rulesByVersion(tx, booking.rulesVersion);
      const judgedBy = await facts.of(tx, now, room, rules, revision.to, booking);
      const decision = decideRevision(booking, revision, judgedBy, now);
      if (!decision.ok) return { ...decision, booking };
      return commitAll(origin, booking, decision.events, judgedBy.deciders);
    },

    /** Proposes another place for a request (2.2). Null where there is no such booking or room. */
    async propose(origin: Origin, id: BookingId, proposing: Proposing): Promise<Outcome | null> {
      const { tx, now } = origin;
      const booking = await findBooking(tx, id);
      const room = booking && (await findRoom(tx, proposing.place.room));
      if (!booking || !room) return null;
      const rules = await rulesByVersion(tx, booking.rulesVersion);
      const wanted = { ...booking, ...proposing.place };
      const judgedBy = {
        ...(await facts.of(tx, now, room, rules, wanted, booking)),
        // Whoever it has escalated to may propose as well.
        deciders: await facts.deciders(tx, now, { ...booking, room: room.id }),
      };
      const current = { deciders: await facts.deciders(tx, now, booking) };
      const decision = decideProposal(booking, proposing, judgedBy, current, now);
      if (!decision.ok) return { ...decision, booking };
      return commitAll(origin, booking, decision.events, current.deciders);
    },

    /** True where this person could decide what waits of this booking (2.2). */
    async mayDecide(tx: Tx, now: Instant, booking: Booking, person: PersonId): Promise<boolean> {
      return (await facts.deciders(tx, now, booking)).some((it) => it.person === person);
    },

    /** Those of the bookings that this person could decide; one query for all. */
    async decidable(
      tx: Tx,
      now: Instant,
      bookings: readonly Booking[],
      person: PersonId,
    ): Promise<Booking[]> {
      const decidersOf = await facts.decidersByRoom(tx, now, bookings);
      return bookings.filter((booking) => decidersOf(booking).some((it) => it.person === person));
    },
  };
}

/** True where a booking has just been given a place for good. */
const isGiven = (before: Booking, after: Booking): boolean =>
  after.state.kind === 'approved' && (before.state.kind !== 'approved' || !samePlace(before, after));

/** No room at all is free and fits (2.1). */
const wantOf = (
  { host, headcount, start, end }: Omit<Details, 'room'>,
  at: Instant,
  where: Pick<Unmet, 'room' | 'zone'>,
): Unmet => ({ at, host, headcount, start, end, ...where });

export const nothingFree = ({ headcount }: Pick<Details, 'headcount'>): Refusal => ({
  key: 'booking.refused.nothingFree',
  figures: { count: headcount },
  clause: '2.1',
  field: 'room',
});

/** Another time or room would do: nothing else is wrong with the request. */
export const isTaken = ({ key }: Refusal): boolean =>
  key === 'booking.refused.taken' || key === 'booking.refused.nothingFree';

/** Where requests don't hold their slot, another may have got it before this one is approved. */
async function takenMeanwhile(tx: Tx, booking: Booking): Promise<boolean> {
  const room = await findRoom(tx, booking.room);
  if (!room || booking.state.kind !== 'requested') return false;
  const slots = await slotsIn(tx, room.id, held(booking, room));
  return slots.some((slot) => slot.owner !== bookingSubject(booking.id));
}

/** Brings the slots that a booking holds in step with it, and tells which places that has made free. */
async function moveSlots(tx: Tx, before: Booking | null, after: Booking): Promise<Place[]> {
  const wanted = [...(before ? holdings(before) : []), ...holdings(after)];
  const rooms = await findRooms(
    tx,
    wanted.map((it) => it.room),
  );
  const roomOf = ({ room }: Place): Room => rooms.get(room) ?? missing();
  // Where several may ask for one slot, a request does not hold it.
  const heldBy = (booking: Booking) =>
    holdings(booking).filter(
      (it) => !(it.part === 'own' && booking.state.kind === 'requested' && roomOf(it).tentative),
    );
  const was = before ? heldBy(before) : [];
  const is = heldBy(after);
  // A room may have become tentative, or no longer be: what is decided is held whatever was.
  const decided = before?.state.kind !== after.state.kind;
  if (!decided && JSON.stringify(was) === JSON.stringify(is)) return [];
  const owner = bookingSubject(after.id);
  if (before) await free(tx, owner);
  for (const place of is) {
    const room = roomOf(place);
    await hold(tx, { room: room.id, owner, part: place.part, ...held(place, room) });
  }
  return was.filter((place) => !is.some((it) => samePlace(it, place)));
}

function missing(): never {
  throw new Error('a booking without its room');
}
