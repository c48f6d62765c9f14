import { type Instant, minute } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import { type Decider, deciders, type Role } from '../../core/rights.ts';
import { stepFrom, toLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import { defaultsOf } from '../defaults/index.ts';
import {
  firstGap,
  freeRooms,
  hasRooms,
  held,
  type Interval,
  openingOf,
  type Room,
  reviewersByRoom,
  reviewersOf,
  roomsReviewedBy,
  slotsIn,
} from '../rooms/index.ts';
import { judge, type RulesVersion, rulesAt, rulesFor } from '../rules/index.ts';
import { type Booking, type Details, isEscalated, type RequestFacts, reviewedRoom } from './domain.ts';
import { openMatters } from './store.ts';

/** What bookings are judged by that other features know. */
export type FactSources = {
  admins(tx: Tx): Promise<PersonId[]>;
  /** Who stands in for whom (7.1). */
  substitutes(tx: Tx, now: Instant): Promise<ReadonlyMap<PersonId, PersonId>>;
  /** What the rules of approval may know of a host (2.2). */
  standing(tx: Tx, person: PersonId): Promise<{ roles: Role[]; department: string | null }>;
};

/** What of a request decides by whom and by which rules it is judged. */
type Wanted = Pick<Details, 'host' | 'start' | 'end' | 'headcount'>;

/** Loads what decisions are based on. */
export function createFacts(sources: FactSources) {
  /** Who may decide for each of several bookings; one query for all rooms. */
  async function decidersByRoom(
    tx: Tx,
    now: Instant,
    rooms: ReadonlyArray<{ room: Room['id']; state?: Booking['state'] }>,
  ): Promise<(it: { room: Room['id']; host: PersonId; state?: Booking['state'] }) => Decider[]> {
    const reviewers = await reviewersByRoom(tx, [...new Set(rooms.map(reviewedRoom))]);
    const admins = await sources.admins(tx);
    const substitutes = await sources.substitutes(tx, now);
    return (it) =>
      deciders({
        host: it.host,
        reviewers: reviewers.get(reviewedRoom(it)) ?? [],
        admins,
        substitutes,
        escalated: it.state !== undefined && isEscalated(it.state),
      });
  }

  return {
    decidersByRoom,

    /** Who may decide what waits of a booking; without its `state`: who reviews its own room. */
    deciders: async (
      tx: Tx,
      now: Instant,
      booking: Pick<Booking, 'room' | 'host'> & { state?: Booking['state'] },
    ): Promise<Decider[]> => (await decidersByRoom(tx, now, [booking]))(booking),

    /**
     * What waits and has not begun, the most urgent first, as far as this person may be one of those who decide: a
     * reviewer does not wait for what waits for others.
     */
    async matters(tx: Tx, now: Instant, person: PersonId): Promise<Booking[]> {
      const absent = await sources.substitutes(tx, now);
      const stoodInFor = [person];
      for (const one of stoodInFor)
        for (const [away, substitute] of absent)
          if (substitute === one && !stoodInFor.includes(away)) stoodInFor.push(away);
      // Admins decide what has escalated, in whichever room.
      const admins = await sources.admins(tx);
      const isAdmin = stoodInFor.some((it) => admins.includes(it));
      return openMatters(tx, now, isAdmin ? null : await roomsReviewedBy(tx, stoodInFor));
    },

    /** What a request for a room is judged by; `own`: the booking that it changes, never in its own way (2.4). */
    async of(
      tx: Tx,
      now: Instant,
      room: Room,
      rules: RulesVersion,
      wanted: Wanted,
      own?: Booking,
    ): Promise<RequestFacts> {
      const who = deciders({
        host: wanted.host,
        reviewers: await reviewersOf(tx, room.id),
        admins: await sources.admins(tx),
        substitutes: await sources.substitutes(tx, now),
      });
      const standing = await sources.standing(tx, wanted.host);
      return {
        ...factsFor(room, rules, who, { ...wanted, ...standing }, now),
        taken: await takenBy(tx, room, rules, wanted, own),
      };
    },

    /**
     * The same for several rooms that are known to be free, with one query for all of them; `at`: at another time
     * than wanted.
     */
    async forRooms(
      tx: Tx,
      now: Instant,
      rooms: readonly Room[],
      wanted: Wanted,
    ): Promise<(room: Room, at?: Interval & { headcount?: number }) => RequestFacts> {
      const rules = await rulesAt(tx, now);
      const standing = await sources.standing(tx, wanted.host);
      const decidersOf = await decidersByRoom(
        tx,
        now,
        rooms.map((room) => ({ room: room.id })),
      );
      return (room, at = wanted) => ({
        ...factsFor(
          room,
          rules,
          decidersOf({ room: room.id, host: wanted.host }),
          {
            ...wanted,
            ...standing,
            start: at.start,
            end: at.end,
            headcount: at.headcount ?? wanted.headcount,
          },
          now,
        ),
        taken: null,
      });
    },
  };
}

function factsFor(
  room: Room,
  { version, document }: RulesVersion,
  who: Decider[],
  wanted: Wanted & { roles: Role[]; department: string | null },
  now: Instant,
): Omit<RequestFacts, 'taken'> {
  const rules = rulesFor(document, room);
  const verdict = judge({ ...wanted, room }, rules, now);
  return { room, rules, rulesVersion: version, deciders: who, verdict };
}

/** More than enough: they differ in opening hours and longest booking only. */
const mostTried = 50;

/**
 * Free rooms that fit, the smallest first, in the zone of those who meet where the organisation has any there. Those
 * at the site that the host likes best come before all others.
 */
export async function fittingRooms(
  tx: Tx,
  details: Pick<Details, 'host' | 'start' | 'end' | 'headcount' | 'equipment'>,
  zone: string,
): Promise<Room[]> {
  const free = (await freeRooms(tx, details, details.headcount)).filter((room) =>
    details.equipment.every((kind) => room.equipment.includes(kind)),
  );
  // A room in another city is no help to somebody whose own city has rooms.
  const near = (await hasRooms(tx, zone))
    ? free.filter((room) => room.zone === zone || room.kind === 'online')
    : free;
  const { site } = await defaultsOf(tx, details.host);
  const there = free.filter((room) => room.site === site);
  return [...there, ...near.filter((room) => room.site !== site)].slice(0, mostTried);
}

/** What stands in the way of `[start, end)`, and when the room is next free for as long on that day. */
async function takenBy(
  tx: Tx,
  room: Room,
  rules: RulesVersion,
  { start, end }: Interval,
  own?: Booking,
): Promise<RequestFacts['taken']> {
  const wanted = held({ start, end }, room);
  const hours = rulesFor(rules.document, room);
  const opening = openingOf(toLocal(start, room.zone).date, room.zone, hours);
  const all = await slotsIn(tx, room.id, { start, end: Math.max(opening.end, wanted.end) });
  const slots = own ? all.filter((slot) => slot.owner !== bookingSubject(own.id)) : all;
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
