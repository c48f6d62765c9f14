import { type Instant, minute } from '../../core/clock.ts';
import { type BookingId, bookingSubject, newId, type PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { deciders } from '../../core/rights.ts';
import { stepFrom, toLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import {
  findRoom,
  firstGap,
  free,
  freeRooms,
  hasRooms,
  held,
  hold,
  type Interval,
  layerOf,
  openingOf,
  type Room,
  reviewersByRoom,
  reviewersOf,
  slotsIn,
} from '../rooms/index.ts';
import { effectiveRules, type RulesVersion, rulesAt } from '../rules/index.ts';
import {
  type Booking,
  type Command,
  type Details,
  decideChange,
  decideRequest,
  type Event,
  evolve,
  isLive,
  type RequestFacts,
} from './domain.ts';
import { findBooking, nextNumber, saveTransition } from './store.ts';

/** A transition that has just been decided, and who is concerned by it. */
export type Change = { event: Event; before: Booking | null; after: Booking; deciders: PersonId[] };

/** What follows from a transition elsewhere, in the same transaction. */
export type React = (tx: Tx, now: Instant, change: Change) => Promise<void>;

export type Outcome =
  | { ok: true; booking: Booking; room: Room }
  /** `booking` is null where a request was refused, and so there is none. */
  | { ok: false; refusal: Refusal; booking: Booking | null };

/** Where a command comes from. `actor` is null where time itself decides. */
export type Origin = { tx: Tx; now: Instant; actor: PersonId | null; source: string };

export type BookingService = ReturnType<typeof createBookingService>;

/** The one way in which bookings come about and move on: load the facts, decide, save, react. */
export function createBookingService(deps: { react: React; admins(tx: Tx): Promise<PersonId[]> }) {
  async function commit(origin: Origin, before: Booking | null, event: Event, who: PersonId[]) {
    const { tx, now } = origin;
    const after = evolve(before, event);
    await saveTransition(tx, {
      before: before?.state ?? null,
      after,
      event,
      at: now,
      actor: origin.actor ?? 'clock',
      source: origin.source,
    });
    if (before && !isLive(after.state)) await free(tx, bookingSubject(after.id));
    await deps.react(tx, now, { event, before, after, deciders: who });
    return after;
  }

  async function requestIn(
    origin: Origin,
    room: Room,
    details: Omit<Details, 'room'>,
    number: number,
    facts: RequestFacts,
  ): Promise<Outcome> {
    const { tx, now } = origin;
    const id = newId<BookingId>();
    const command = { type: 'request', id, number, details: { ...details, room: room.id } } as const;
    const decision = decideRequest(command, facts, now);
    if (!decision.ok) return { ...decision, booking: null };
    const [event] = decision.events;
    if (!event) throw new Error('a request was accepted without an event');
    await hold(tx, { room: room.id, owner: bookingSubject(command.id), ...held(details, room) });
    return { ok: true, booking: await commit(origin, null, event, facts.deciders), room };
  }

  return {
    /** Asks for one room (2.1). */
    async request(origin: Origin, room: Room, details: Omit<Details, 'room'>): Promise<Outcome> {
      const { tx, now } = origin;
      const reviewers = await reviewersOf(tx, room.id);
      const who = deciders(details.host, reviewers, await deps.admins(tx));
      const rules = await rulesAt(tx, now);
      return requestIn(origin, room, details, await nextNumber(tx), {
        ...factsFor(room, rules, who),
        taken: await takenBy(tx, room, rules, details),
      });
    },

    /**
     * Asks for the smallest free room that fits (2.1), one in the host's zone where the organisation has any
     * there. Where none will do, the refusal says what is in the way.
     */
    async requestAny(origin: Origin, details: Omit<Details, 'room'>, zone: string): Promise<Outcome> {
      const { tx, now } = origin;
      const rules = await rulesAt(tx, now);
      const admins = await deps.admins(tx);
      const fitting = await fittingRooms(tx, details, zone);
      const reviewers = await reviewersByRoom(
        tx,
        fitting.map((room) => room.id),
      );
      const number = await nextNumber(tx);
      let first: Outcome | null = null;
      for (const room of fitting) {
        const who = deciders(details.host, reviewers.get(room.id) ?? [], admins);
        const outcome = await requestIn(origin, room, details, number, {
          ...factsFor(room, rules, who),
          taken: null,
        });
        if (outcome.ok) return outcome;
        first ??= outcome;
      }
      return (
        first ?? {
          ok: false,
          booking: null,
          refusal: {
            key: 'booking.refused.nothingFree',
            figures: { count: details.headcount },
            clause: '2.1',
            field: 'room',
          },
        }
      );
    },

    /** Moves a booking on (2.2, 2.5). Null where there is no such booking. */
    async change(
      origin: Origin,
      id: BookingId,
      command: Exclude<Command, { type: 'request' }>,
    ): Promise<Outcome | null> {
      const { tx, now } = origin;
      const booking = await findBooking(tx, id);
      const room = booking && (await findRoom(tx, booking.room));
      if (!booking || !room) return null;
      const who = deciders(booking.host, await reviewersOf(tx, room.id), await deps.admins(tx));
      const decision = decideChange(booking, command, { deciders: who }, now);
      if (!decision.ok) return { ok: false, refusal: decision.refusal, booking };
      let after = booking;
      for (const event of decision.events) after = await commit(origin, after, event, who);
      return { ok: true, booking: after, room };
    },

    /** True where this person could decide this booking (2.2). */
    async mayDecide(tx: Tx, booking: Booking, person: PersonId): Promise<boolean> {
      const who = deciders(booking.host, await reviewersOf(tx, booking.room), await deps.admins(tx));
      return who.includes(person);
    },

    /** Those of the bookings that this person could decide; one query for all. */
    async decidable(tx: Tx, bookings: readonly Booking[], person: PersonId): Promise<Booking[]> {
      const reviewers = await reviewersByRoom(tx, [...new Set(bookings.map((booking) => booking.room))]);
      const admins = await deps.admins(tx);
      return bookings.filter((booking) =>
        deciders(booking.host, reviewers.get(booking.room) ?? [], admins).includes(person),
      );
    },
  };
}

const factsFor = (room: Room, rules: RulesVersion, who: PersonId[]) => ({
  room,
  rules: effectiveRules(rules.document, room.site, layerOf(room)),
  rulesVersion: rules.version,
  deciders: who,
});

/** More than enough: they differ in opening hours and longest booking only. */
const mostTried = 50;

async function fittingRooms(tx: Tx, details: Omit<Details, 'room'>, zone: string): Promise<Room[]> {
  const free = (await freeRooms(tx, details, details.headcount)).filter((room) =>
    details.equipment.every((kind) => room.equipment.includes(kind)),
  );
  // A room in another city is no help to somebody whose own city has rooms.
  const near = (await hasRooms(tx, zone))
    ? free.filter((room) => room.zone === zone || room.kind === 'online')
    : free;
  return near.slice(0, mostTried);
}

/** What stands in the way of `[start, end)`, and when the room is next free for as long on that day. */
async function takenBy(
  tx: Tx,
  room: Room,
  rules: RulesVersion,
  { start, end }: Interval,
): Promise<RequestFacts['taken']> {
  const wanted = held({ start, end }, room);
  const hours = effectiveRules(rules.document, room.site, layerOf(room));
  const opening = openingOf(toLocal(start, room.zone).date, room.zone, hours);
  const slots = await slotsIn(tx, room.id, { start, end: Math.max(opening.end, wanted.end) });
  const inTheWay = slots.filter((slot) => slot.start < wanted.end && slot.end > wanted.start);
  const last = inTheWay.at(-1);
  if (!last) return null;
  // Tidying up may go on after the room has closed.
  const latest = opening.end + room.buffer * minute;
  const step = (at: Instant) => stepFrom(at, room.zone, hours.stepMinutes);
  return {
    until: last.end,
    nextFree: firstGap(slots, start, wanted.end - wanted.start, latest, step),
  };
}
