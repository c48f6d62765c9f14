import { type Instant, minute } from '../../core/clock.ts';
import type { BookingId, PersonId, WaitlistId } from '../../core/ids.ts';
import { accept, type Decision, never, type Refusal, refuse } from '../../core/refusal.ts';
import type { Details, Place } from '../booking/domain.ts';

export type State =
  | { kind: 'waiting' }
  /** The slot is held for them, until then. */
  | { kind: 'offered'; until: Instant }
  | { kind: 'taken'; booking: BookingId }
  | { kind: 'left' }
  /** They did not answer in time, the start has passed, or the rules refuse it by now. */
  | { kind: 'lapsed' };
export type EntryState = State['kind'];

/** Somebody who waits for a room at a time. */
export type Entry = Place & {
  id: WaitlistId;
  host: PersonId;
  /** What is booked when they take it. */
  details: Details;
  joinedAt: Instant;
  /** Rises whenever its card changes: with each transition, and when it moves up in the queue. */
  revision: number;
  state: State;
};

export type Command =
  | { type: 'offer'; until: Instant }
  /** `booking`: what came of their request; null: it was refused. */
  | { type: 'take'; by: PersonId; booking: BookingId | null }
  | { type: 'leave'; by: PersonId }
  /** Its time has come: the offer's, or the start. */
  | { type: 'lapse' };

export type Event =
  | { type: 'offered'; until: Instant }
  | { type: 'taken'; booking: BookingId }
  | { type: 'left' }
  | { type: 'lapsed' };

/** It is still in the queue. */
export const isActive = ({ state }: Pick<Entry, 'state'>): boolean =>
  state.kind === 'waiting' || state.kind === 'offered';

/**
 * Judges joining (2.1). Where the room is free, or theirs already, there is nothing to wait for.
 * @param facts `refusal`: why a request for it is refused now; `mine`: entries of theirs; `booked`: they have the
 * room for just that time
 */
export function decideJoin(
  id: WaitlistId,
  details: Details,
  { refusal, mine, booked }: { refusal: Refusal | null; mine: readonly Entry[]; booked: boolean },
  now: Instant,
): { ok: true; entry: Entry } | { ok: false; refusal: Refusal } {
  if (mine.some((it) => isActive(it) && isSame(it, details)))
    return refuse({ key: 'waitlist.refused.already', clause: '2.1' });
  if (booked) return refuse({ key: 'waitlist.refused.booked', clause: '2.1' });
  if (!refusal) return refuse({ key: 'waitlist.refused.free', clause: '2.1' });
  if (refusal.key !== 'booking.refused.taken') return refuse(refusal);
  const { host, room, start, end } = details;
  const waiting = { kind: 'waiting' } as const;
  return {
    ok: true,
    entry: { id, host, room, start, end, details, joinedAt: now, revision: 1, state: waiting },
  };
}

export const isSame = (a: Place, b: Place): boolean =>
  a.room === b.room && a.start === b.start && a.end === b.end;

/** Judges what becomes of an entry (2.1). */
export function decide(entry: Entry, command: Command, now: Instant): Decision<Event> {
  const { state } = entry;
  switch (command.type) {
    case 'offer':
      return state.kind === 'waiting' && now < entry.start
        ? accept({ type: 'offered', until: command.until })
        : refuse({ key: 'waitlist.refused.over', clause: '2.1' });
    case 'take': {
      const barred = barredFromTaking(entry, command.by, now);
      if (barred) return refuse(barred);
      return command.booking
        ? accept({ type: 'taken', booking: command.booking })
        : accept({ type: 'lapsed' });
    }
    case 'leave':
      if (command.by !== entry.host) return refuse({ key: 'waitlist.refused.notYours', clause: '2.1' });
      if (!isActive(entry)) return refuse({ key: 'waitlist.refused.over', clause: '2.1' });
      return accept({ type: 'left' });
    case 'lapse': {
      const due = now >= (state.kind === 'offered' ? Math.min(state.until, entry.start) : entry.start);
      return isActive(entry) && due
        ? accept({ type: 'lapsed' })
        : refuse({ key: 'waitlist.refused.over', clause: '2.1' });
    }
    default:
      return never(command);
  }
}

/** Why somebody can't take what an entry is offered; null: they can. */
export function barredFromTaking(entry: Entry, by: PersonId, now: Instant): Refusal | null {
  const { state, host } = entry;
  if (by !== host) return { key: 'waitlist.refused.notYours', clause: '2.1' };
  if (state.kind === 'waiting') return { key: 'waitlist.refused.notYet', clause: '2.1' };
  if (state.kind !== 'offered' || now >= state.until) return { key: 'waitlist.refused.over', clause: '2.1' };
  return null;
}

/** The entry after an event. @throws where the event does not fit the state: a fault, `decide` makes no such event */
export function evolve(entry: Entry, event: Event): Entry {
  if (!isActive(entry) || (event.type === 'taken' && entry.state.kind !== 'offered'))
    throw new Error(`${event.type} does not fit an entry that is ${entry.state.kind}`);
  return { ...entry, revision: entry.revision + 1, state: stateAfter(event) };
}

function stateAfter(event: Event): State {
  switch (event.type) {
    case 'offered':
      return { kind: 'offered', until: event.until };
    case 'taken':
      return { kind: 'taken', booking: event.booking };
    case 'left':
      return { kind: 'left' };
    case 'lapsed':
      return { kind: 'lapsed' };
    default:
      return never(event);
  }
}

/** However little time is left, this much is given to answer. */
const leastMinutes = 2;

/**
 * Until when a slot is held for whoever is offered it: the configured time, but at most a quarter of what is left
 * before the start, so that others still get their turn; at least two minutes, and never beyond the start.
 */
export function offerEnds(now: Instant, start: Instant, offerMinutes: number): Instant {
  const quarter = Math.max(leastMinutes * minute, (start - now) / 4);
  return Math.min(start, now + Math.min(offerMinutes * minute, quarter));
}

/**
 * Which place an entry has in its queue: 1 is next. Before it are those who joined earlier for a time that overlaps.
 * @param queue in the order in which they joined; `buffer`: minutes that the room is held after each booking
 */
export function placeInQueue(entry: Entry, queue: readonly Entry[], buffer: number): number {
  const self = queue.findIndex((it) => it.id === entry.id);
  return (
    1 + queue.slice(0, Math.max(0, self)).filter((it) => isActive(it) && areRivals(it, entry, buffer)).length
  );
}

/** They can't both have what they wait for. */
export const areRivals = (a: Place, b: Place, buffer: number): boolean =>
  a.room === b.room && a.start < b.end + buffer * minute && b.start < a.end + buffer * minute;
