import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import { accept, type Decision, never, type Refusal, refuse } from '../../core/refusal.ts';
import { firstBreach } from './policy.ts';
import type { Details, RequestFacts } from './request.ts';

export type { Details, RequestFacts };

export type State =
  | { kind: 'requested' }
  | { kind: 'approved'; by: PersonId; at: Instant }
  | { kind: 'rejected'; by: PersonId; at: Instant; reason: string }
  | { kind: 'withdrawn'; by: PersonId; at: Instant }
  | { kind: 'expired'; at: Instant };

export type Booking = Details & {
  id: BookingId;
  /** Short, for people: `#1042`. */
  number: number;
  /** Rises by one with each transition. */
  revision: number;
  /** The version of the rules it is judged by (10.2). */
  rulesVersion: number;
  requestedAt: Instant;
  state: State;
};

export type Command =
  | { type: 'request'; id: BookingId; number: number; details: Details }
  | { type: 'approve'; by: PersonId }
  | { type: 'reject'; by: PersonId; reason: string }
  | { type: 'withdraw'; by: PersonId }
  | { type: 'expire' };

export type Event =
  | { type: 'requested'; booking: Booking }
  | { type: 'approved'; by: PersonId; at: Instant }
  | { type: 'rejected'; by: PersonId; at: Instant; reason: string }
  | { type: 'withdrawn'; by: PersonId; at: Instant }
  | { type: 'expired'; at: Instant };

/** What a decision, withdrawal or expiry is judged by. */
export type ChangeFacts = { deciders: PersonId[] };

export const reasonLength = 500;

/** Judges a request for a room (2.1): the first rule that it breaks is named, with the nearest thing allowed. */
export function decideRequest(
  command: Extract<Command, { type: 'request' }>,
  facts: RequestFacts,
  now: Instant,
): Decision<Event> {
  const breach = firstBreach(command.details, facts, now);
  if (breach) return refuse(breach);
  return accept({
    type: 'requested',
    booking: {
      ...command.details,
      id: command.id,
      number: command.number,
      revision: 1,
      rulesVersion: facts.rulesVersion,
      requestedAt: now,
      state: { kind: 'requested' },
    },
  });
}

/** Judges a transition of a booking that is there (2.2, 2.5). */
export function decideChange(
  booking: Booking,
  command: Exclude<Command, { type: 'request' }>,
  facts: ChangeFacts,
  now: Instant,
): Decision<Event> {
  switch (command.type) {
    case 'approve': {
      const barred = barredFromDeciding(booking, command.by, facts, now);
      return barred ? refuse(barred) : accept({ type: 'approved', by: command.by, at: now });
    }
    case 'reject': {
      const barred = barredFromDeciding(booking, command.by, facts, now);
      if (barred) return refuse(barred);
      const reason = command.reason.trim();
      if (reason === '' || reason.length > reasonLength)
        return refuse({
          key: 'booking.refused.reason',
          figures: { most: reasonLength },
          clause: '2.2',
          field: 'reason',
        });
      return accept({ type: 'rejected', by: command.by, at: now, reason });
    }
    case 'withdraw': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.5' });
      if (!isLive(booking.state)) return refuse({ key: 'booking.refused.over', clause: '2.5' });
      if (now >= booking.start) return refuse({ key: 'booking.refused.started', clause: '2.5' });
      return accept({ type: 'withdrawn', by: command.by, at: now });
    }
    case 'expire': {
      if (booking.state.kind !== 'requested' || now < booking.start)
        return refuse({ key: 'booking.refused.notDue', clause: '2.2' });
      return accept({ type: 'expired', at: now });
    }
    default:
      return never(command);
  }
}

function barredFromDeciding(
  booking: Booking,
  by: PersonId,
  { deciders }: ChangeFacts,
  now: Instant,
): Refusal | null {
  if (booking.host === by) return { key: 'booking.refused.ownRequest', clause: '2.2' };
  if (!deciders.includes(by)) return { key: 'booking.refused.notReviewer', clause: '2.2' };
  if (booking.state.kind !== 'requested') return { key: 'booking.refused.decided', clause: '2.2' };
  if (now >= booking.start) return { key: 'booking.refused.tooLate', clause: '2.2' };
  return null;
}

/** The booking after an event. */
export function evolve(booking: Booking | null, event: Event): Booking {
  if (event.type === 'requested') return event.booking;
  if (!booking) throw new Error(`${event.type} without a booking`);
  const next = (state: State): Booking => ({ ...booking, revision: booking.revision + 1, state });
  switch (event.type) {
    case 'approved':
      return next({ kind: 'approved', by: event.by, at: event.at });
    case 'rejected':
      return next({ kind: 'rejected', by: event.by, at: event.at, reason: event.reason });
    case 'withdrawn':
      return next({ kind: 'withdrawn', by: event.by, at: event.at });
    case 'expired':
      return next({ kind: 'expired', at: event.at });
    default:
      return never(event);
  }
}

/** A booking in this state holds its slot. */
export const isLive = (state: State): boolean => state.kind === 'requested' || state.kind === 'approved';
