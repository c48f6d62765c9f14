import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId, RoomId, SeriesId } from '../../core/ids.ts';
import type { Interval, SlotPart } from '../rooms/domain.ts';
import type { Details } from './request.ts';

export type { Details, RequestFacts } from './request.ts';

/** A reviewer's yes. `for`: whose substitute they were (7.1). */
export type Approval = { by: PersonId; for: PersonId | null; at: Instant };

/** How many have to approve, and who has. */
export type Review = { needed: number; given: Approval[] };

/** A room and a time. */
export type Place = Interval & { room: RoomId };

/** What a reviewer asked about a request, and what the host answered (2.2). */
export type Question = { by: PersonId; at: Instant; text: string; answer: string | null };

/** Another room or time that a reviewer would approve at once; held until the host has answered (2.2). */
export type Proposal = Place & { by: PersonId; for: PersonId | null; at: Instant };

/** A material change of an approved booking that waits for review; its new place is held (2.4). */
export type Change = {
  asOf: number;
  at: Instant;
  to: Details;
  review: Review;
  escalated: boolean;
  /** It was asked for this occurrence of a series alone. */
  apart: boolean;
};

/** A cancellation that waits for a reviewer, until `due` (2.5). */
export type Cancellation = { asOf: number; at: Instant; reason: string; late: boolean; due: Instant };

/** The host has asked another member to take the booking over (2.4). */
export type Handover = { to: PersonId; at: Instant };

/** `asOf` is the revision in which what is reviewed took its present form: a click on an older form does nothing. */
export type State =
  | {
      kind: 'requested';
      asOf: number;
      review: Review;
      escalated: boolean;
      questions: Question[];
      proposal: Proposal | null;
    }
  | {
      kind: 'approved';
      /** Null: a rule approved it by itself, the one named `rule`. */
      by: PersonId | null;
      for: PersonId | null;
      rule: string | null;
      at: Instant;
      change: Change | null;
      cancellation: Cancellation | null;
    }
  /** `reason` empty: another request got the slot; then `by` approved that one, or (null) a rule did. */
  | { kind: 'rejected'; by: PersonId | null; for: PersonId | null; at: Instant; reason: string }
  | { kind: 'withdrawn'; by: PersonId; at: Instant }
  | { kind: 'expired'; at: Instant }
  /** `by` null: nobody confirmed it in time, so it holds by itself. `asked`: who wanted it. */
  | {
      kind: 'cancelled';
      by: PersonId | null;
      for: PersonId | null;
      asked: PersonId;
      at: Instant;
      reason: string;
      late: boolean;
    };

/** What of a booking waits for a reviewer. */
export type Matter = 'request' | 'change' | 'cancellation';

/** What a change of one occurrence keeps from a later change of its series (2.4). */
export type Overridable = keyof Omit<Details, 'host'>;

export type Booking = Details & {
  id: BookingId;
  /** Short, for people: `#1042`. */
  number: number;
  /** Rises by one with each transition. */
  revision: number;
  /** The version of the rules it is judged by (10.2). */
  rulesVersion: number;
  requestedAt: Instant;
  series: SeriesId | null;
  /** The local day on which its series put it. */
  occurrence: string | null;
  /** What was changed by hand in this occurrence alone. */
  overrides: Overridable[];
  handover: Handover | null;
  /** Those of the attendees who have said that they can't come (2.7). */
  declined: PersonId[];
  state: State;
};

export type Event =
  | { type: 'requested'; booking: Booking }
  /** One of several approvals that are needed. */
  | { type: 'seconded'; by: PersonId; for: PersonId | null; at: Instant }
  | { type: 'approved'; by: PersonId | null; for: PersonId | null; rule: string | null; at: Instant }
  | { type: 'rejected'; by: PersonId | null; for: PersonId | null; at: Instant; reason: string }
  | { type: 'withdrawn'; by: PersonId; at: Instant }
  | { type: 'expired'; at: Instant }
  | { type: 'escalated'; at: Instant }
  | { type: 'asked'; by: PersonId; at: Instant; text: string }
  | { type: 'answered'; by: PersonId; at: Instant; text: string }
  | { type: 'proposed'; proposal: Proposal }
  | { type: 'proposalAccepted'; by: PersonId; at: Instant }
  | { type: 'proposalDeclined'; by: PersonId; at: Instant }
  /** The request itself is another now: it is reviewed anew. */
  | { type: 'amended'; by: PersonId; at: Instant; to: Details; needed: number; apart: boolean }
  /** Applied at once: it needs no review, or the rules approve it. */
  | { type: 'changed'; by: PersonId; at: Instant; from: Details; to: Details; apart: boolean }
  | { type: 'changeRequested'; by: PersonId; at: Instant; to: Details; needed: number; apart: boolean }
  | {
      type: 'changeApproved';
      by: PersonId;
      for: PersonId | null;
      at: Instant;
      from: Details;
      to: Details;
      apart: boolean;
    }
  | { type: 'changeRejected'; by: PersonId; for: PersonId | null; at: Instant; reason: string }
  | { type: 'changeWithdrawn'; by: PersonId; at: Instant }
  | { type: 'changeExpired'; at: Instant }
  | { type: 'cancelRequested'; by: PersonId; at: Instant; reason: string; late: boolean; due: Instant }
  | { type: 'cancelTakenBack'; by: PersonId; at: Instant }
  | {
      type: 'cancelled';
      by: PersonId | null;
      for: PersonId | null;
      asked: PersonId;
      at: Instant;
      reason: string;
      late: boolean;
    }
  | { type: 'handoverOffered'; by: PersonId; to: PersonId; at: Instant }
  | { type: 'handoverDeclined'; by: PersonId; at: Instant }
  | { type: 'handedOver'; from: PersonId; to: PersonId; at: Instant }
  /** An attendee can't come, or can after all (2.7). */
  | { type: 'declined'; by: PersonId; at: Instant }
  | { type: 'undeclined'; by: PersonId; at: Instant };

export const reasonLength = 500;

export const placeOf = ({ room, start, end }: Place): Place => ({ room, start, end });
export const samePlace = (a: Place, b: Place): boolean =>
  a.room === b.room && a.start === b.start && a.end === b.end;

/** A booking in this state holds its slot. */
export const isLive = (state: State): boolean => state.kind === 'requested' || state.kind === 'approved';

/** Its host has asked to cancel it, and that is not confirmed yet (2.5). */
export const isCancelling = (state: State): boolean =>
  state.kind === 'approved' && state.cancellation !== null;

/** What of a booking waits for a reviewer, and since which revision; null: nothing does. */
export function matterOf({ state }: Booking): { matter: Matter; asOf: number } | null {
  if (state.kind === 'requested') return { matter: 'request', asOf: state.asOf };
  if (state.kind !== 'approved') return null;
  if (state.cancellation) return { matter: 'cancellation', asOf: state.cancellation.asOf };
  if (state.change) return { matter: 'change', asOf: state.change.asOf };
  return null;
}

/** The room whose reviewers decide what waits: of a change that is the new one. */
export const reviewedRoom = ({ room, state }: { room: RoomId; state?: State }): RoomId =>
  state?.kind === 'approved' && state.change ? state.change.to.room : room;

/** True where what waits has gone to the admins as well (2.2). */
export const isEscalated = (state: State): boolean =>
  (state.kind === 'requested' && state.escalated) ||
  (state.kind === 'approved' && state.change?.escalated === true);

/** When what waits for a decision has waited too long: nothing is decided after it would have begun (2.2, 2.4). */
export const expiresAt = (booking: Booking): Instant =>
  booking.state.kind === 'approved' && booking.state.change
    ? Math.min(booking.start, booking.state.change.to.start)
    : booking.start;

export const detailFields = [
  'room',
  'topic',
  'start',
  'end',
  'attendees',
  'headcount',
  'equipment',
  'confidential',
  'note',
] as const satisfies ReadonlyArray<Overridable>;

/** The details of a booking, without the rest of it. */
export const detailsOf = (it: Details): Details => ({
  room: it.room,
  host: it.host,
  topic: it.topic,
  start: it.start,
  end: it.end,
  attendees: it.attendees,
  headcount: it.headcount,
  equipment: it.equipment,
  confidential: it.confidential,
  note: it.note,
});

/** The fields in which two requests differ; attendees have no order. */
export function changedFields(before: Details, after: Details): Overridable[] {
  const written = (it: Details, field: Overridable) =>
    JSON.stringify(field === 'attendees' ? it.attendees.toSorted() : it[field]);
  return detailFields.filter((field) => written(before, field) !== written(after, field));
}

/** What a booking holds: its own place while it lives, and those of what is pending. */
export function holdings(booking: Booking): Array<Place & { part: SlotPart }> {
  const { state } = booking;
  if (!isLive(state)) return [];
  const held = [{ ...placeOf(booking), part: 'own' as SlotPart }];
  if (state.kind === 'requested' && state.proposal)
    held.push({ ...placeOf(state.proposal), part: 'proposal' });
  if (state.kind === 'approved' && state.change && !samePlace(state.change.to, booking))
    held.push({ ...placeOf(state.change.to), part: 'change' });
  return held;
}
