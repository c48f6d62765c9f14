import { type Instant, minute } from '../../core/clock.ts';
import type { BookingId, PersonId, SeriesId } from '../../core/ids.ts';
import { accept, type Decision, never, type Refusal, refuse } from '../../core/refusal.ts';
import type { Decider } from '../../core/rights.ts';
import type { Rules } from '../rules/domain.ts';
import {
  type Booking,
  type Details,
  detailsOf,
  type Event,
  expiresAt,
  isCancelling,
  isEscalated,
  isLive,
  matterOf,
  type Overridable,
  type Review,
  reasonLength,
} from './domain.ts';
import { firstBreach } from './policy.ts';
import type { RequestFacts } from './request.ts';

/** Which series and day a booking is for, and what was chosen for this day by hand. */
export type OccurrenceOf = { series: SeriesId; day: string; overrides?: Overridable[] };

/** A request for a room. */
export type RequestCommand = {
  type: 'request';
  id: BookingId;
  number: number;
  details: Details;
  occurrence: OccurrenceOf | null;
};

/** What moves a booking on without moving it to another place. */
export type Command =
  /** `asOf`: the form of the matter that they saw; see `State`. */
  | { type: 'approve'; by: PersonId; asOf: number }
  | { type: 'reject'; by: PersonId; asOf: number; reason: string }
  | { type: 'withdraw'; by: PersonId }
  | { type: 'withdrawChange'; by: PersonId }
  | { type: 'expire' }
  | { type: 'escalate'; asOf: number }
  | { type: 'ask'; by: PersonId; asOf: number; text: string }
  | { type: 'answer'; by: PersonId; text: string }
  | { type: 'acceptProposal'; by: PersonId }
  | { type: 'declineProposal'; by: PersonId }
  | { type: 'cancel'; by: PersonId; reason: string }
  | { type: 'takeBackCancel'; by: PersonId }
  /** `by` null: its time has run out. */
  | { type: 'confirmCancel'; by: PersonId | null; asOf: number }
  | { type: 'offerHandover'; by: PersonId; to: PersonId }
  | { type: 'acceptHandover'; by: PersonId }
  | { type: 'declineHandover'; by: PersonId }
  | { type: 'decline'; by: PersonId }
  | { type: 'undecline'; by: PersonId };

/** What a command is judged by. */
export type ChangeFacts = {
  deciders: Decider[];
  /** Admins may cancel what they do not review (2.5). */
  admins: PersonId[];
  rules: Pick<Rules, 'cancelMinutes' | 'lateMinutes'>;
};

/** How many reviewers have to approve. */
export const needed = ({ verdict }: Pick<RequestFacts, 'verdict'>): number =>
  verdict.decision === 'askTwo' ? 2 : 1;

/** Judges a request for a room (2.1): the first rule that it breaks is named, with the nearest thing allowed. */
export function decideRequest(command: RequestCommand, facts: RequestFacts, now: Instant): Decision<Event> {
  const breach = firstBreach(command.details, facts, now);
  if (breach) return refuse(breach);
  const booking: Booking = {
    ...command.details,
    id: command.id,
    number: command.number,
    revision: 1,
    rulesVersion: facts.rulesVersion,
    requestedAt: now,
    series: command.occurrence?.series ?? null,
    occurrence: command.occurrence?.day ?? null,
    overrides: command.occurrence?.overrides ?? [],
    handover: null,
    declined: [],
    state: {
      kind: 'requested',
      asOf: 1,
      review: { needed: needed(facts), given: [] },
      escalated: false,
      questions: [],
      proposal: null,
    },
  };
  return accept({ type: 'requested', booking }, ...byRule(facts, now));
}

/** The approval that the rules give by themselves, where they do (2.2). */
export const byRule = ({ verdict }: Pick<RequestFacts, 'verdict'>, at: Instant): Event[] =>
  verdict.decision === 'approve'
    ? [{ type: 'approved', by: null, for: null, rule: verdict.rule?.name ?? null, at }]
    : [];

/** Judges a transition of a booking that is there (2.2, 2.4, 2.5). */
export function decideChange(
  booking: Booking,
  command: Command,
  facts: ChangeFacts,
  now: Instant,
): Decision<Event> {
  const { state } = booking;
  switch (command.type) {
    case 'approve':
      return decided(booking, command, facts, now, (review, decider) => {
        const given = { by: decider.person, for: decider.for, at: now };
        const stands = decider.for ?? decider.person;
        if (review.given.some((it) => it.by === decider.person || (it.for ?? it.by) === stands))
          return refuse({ key: 'booking.refused.givenAlready', clause: '2.2' });
        if (review.given.length + 1 < review.needed) return accept({ type: 'seconded', ...given });
        if (state.kind !== 'approved' || !state.change)
          return accept({ type: 'approved', ...given, rule: null });
        const { to, apart } = state.change;
        return accept({ type: 'changeApproved', ...given, from: detailsOf(booking), to, apart });
      });
    case 'reject':
      return decided(booking, command, facts, now, (_, decider) => {
        const reason = readReason(command.reason);
        if (reason === null) return refuse(noReason('2.2'));
        const its = { by: decider.person, for: decider.for, at: now, reason };
        return accept({ type: state.kind === 'requested' ? 'rejected' : 'changeRejected', ...its });
      });
    case 'withdraw': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.5' });
      if (!isLive(state)) return refuse({ key: 'booking.refused.over', clause: '2.5' });
      if (state.kind !== 'requested') return refuse({ key: 'booking.refused.decided', clause: '2.5' });
      if (now >= booking.start) return refuse({ key: 'booking.refused.started', clause: '2.5' });
      return accept({ type: 'withdrawn', by: command.by, at: now });
    }
    case 'withdrawChange': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.4' });
      if (state.kind !== 'approved' || !state.change)
        return refuse({ key: 'booking.refused.noChange', clause: '2.4' });
      return accept({ type: 'changeWithdrawn', by: command.by, at: now });
    }
    case 'expire': {
      if (now < expiresAt(booking) || !isReviewed(booking))
        return refuse({ key: 'booking.refused.notDue', clause: '2.2' });
      return accept({ type: state.kind === 'requested' ? 'expired' : 'changeExpired', at: now });
    }
    case 'escalate': {
      const open = isReviewed(booking) && matterOf(booking)?.asOf === command.asOf;
      if (!open || isEscalated(state) || now >= expiresAt(booking))
        return refuse({ key: 'booking.refused.notDue', clause: '2.2' });
      return accept({ type: 'escalated', at: now });
    }
    case 'ask':
      return decided(booking, command, facts, now, () => {
        const text = readReason(command.text);
        if (text === null)
          return refuse({ ...noReason('2.2'), key: 'booking.refused.question', field: 'text' });
        if (state.kind !== 'requested') return refuse({ key: 'booking.refused.decided', clause: '2.2' });
        return accept({ type: 'asked', by: command.by, at: now, text });
      });
    case 'answer': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.2' });
      if (state.kind !== 'requested' || !state.questions.some((it) => it.answer === null))
        return refuse({ key: 'booking.refused.noQuestion', clause: '2.2' });
      const text = readReason(command.text);
      if (text === null) return refuse({ ...noReason('2.2'), key: 'booking.refused.answer', field: 'text' });
      return accept({ type: 'answered', by: command.by, at: now, text });
    }
    case 'acceptProposal':
    case 'declineProposal': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.2' });
      if (state.kind !== 'requested' || !state.proposal)
        return refuse({ key: 'booking.refused.noProposal', clause: '2.2' });
      if (command.type === 'declineProposal')
        return accept({ type: 'proposalDeclined', by: command.by, at: now });
      if (now >= state.proposal.start) return refuse({ key: 'booking.refused.tooLate', clause: '2.2' });
      return accept({ type: 'proposalAccepted', by: command.by, at: now });
    }
    case 'cancel':
    case 'takeBackCancel':
    case 'confirmCancel':
      return decideCancel(booking, command, facts, now);
    case 'offerHandover': {
      if (command.by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.4' });
      if (!isLive(state) || now >= booking.end) return refuse({ key: 'booking.refused.over', clause: '2.4' });
      if (isCancelling(state)) return refuse({ key: 'booking.refused.cancelling', clause: '2.4' });
      if (command.to === booking.host)
        return refuse({ key: 'booking.refused.toYourself', clause: '2.4', field: 'to' });
      return accept({ type: 'handoverOffered', by: command.by, to: command.to, at: now });
    }
    case 'acceptHandover':
    case 'declineHandover': {
      if (booking.handover?.to !== command.by)
        return refuse({ key: 'booking.refused.noHandover', clause: '2.4' });
      if (!isLive(state) || now >= booking.end) return refuse({ key: 'booking.refused.over', clause: '2.4' });
      if (command.type === 'declineHandover')
        return accept({ type: 'handoverDeclined', by: command.by, at: now });
      if (isCancelling(state)) return refuse({ key: 'booking.refused.cancelling', clause: '2.4' });
      return accept({ type: 'handedOver', from: booking.host, to: command.by, at: now });
    }
    case 'decline':
    case 'undecline': {
      if (!booking.attendees.includes(command.by))
        return refuse({ key: 'booking.refused.notAttendee', clause: '2.7' });
      if (!isLive(state) || now >= booking.end) return refuse({ key: 'booking.refused.over', clause: '2.7' });
      if (booking.declined.includes(command.by) === (command.type === 'decline')) return accept();
      return accept({
        type: command.type === 'decline' ? 'declined' : 'undeclined',
        by: command.by,
        at: now,
      });
    }
    default:
      return never(command);
  }
}

/** A cancellation holds once a reviewer confirms it or its time has run out; a reviewer's or admin's at once (2.5). */
function decideCancel(
  booking: Booking,
  command: Extract<Command, { type: 'cancel' | 'takeBackCancel' | 'confirmCancel' }>,
  { deciders, admins, rules }: ChangeFacts,
  now: Instant,
): Decision<Event> {
  const { state, host } = booking;
  const reviewer = deciders.find((it) => it.person === command.by);
  const standsFor = reviewer?.for ?? null;
  switch (command.type) {
    case 'cancel': {
      const { by } = command;
      if (by !== host && !reviewer && !admins.some((it) => it === by))
        return refuse({ key: 'booking.refused.notCanceller', clause: '2.5' });
      if (!isLive(state)) return refuse({ key: 'booking.refused.over', clause: '2.5' });
      if (now >= booking.start) return refuse({ key: 'booking.refused.started', clause: '2.5' });
      const reason = readReason(command.reason);
      if (reason === null) return refuse(noReason('2.5'));
      const late = booking.start - now < rules.lateMinutes * minute;
      const cancelled = { type: 'cancelled', by, for: standsFor, asked: by, at: now, reason, late } as const;
      if (by !== host || state.kind !== 'approved') return accept(cancelled);
      if (state.cancellation) return refuse({ key: 'booking.refused.cancelling', clause: '2.5' });
      // What no reviewer has approved needs none to end.
      if (state.by === null || rules.cancelMinutes === 0) return accept(cancelled);
      const due = Math.min(now + rules.cancelMinutes * minute, booking.start);
      return accept({ type: 'cancelRequested', by, at: now, reason, late, due });
    }
    case 'takeBackCancel': {
      if (command.by !== host) return refuse({ key: 'booking.refused.notHost', clause: '2.5' });
      if (state.kind !== 'approved' || !state.cancellation)
        return refuse({ key: 'booking.refused.noCancellation', clause: '2.5' });
      return accept({ type: 'cancelTakenBack', by: command.by, at: now });
    }
    case 'confirmCancel': {
      const { by } = command;
      if (by === host) return refuse({ key: 'booking.refused.ownRequest', clause: '2.5' });
      if (by !== null && !reviewer) return refuse({ key: 'booking.refused.notReviewer', clause: '2.5' });
      const pending = state.kind === 'approved' ? state.cancellation : null;
      if (pending?.asOf !== command.asOf) return refuse({ key: 'booking.refused.decided', clause: '2.5' });
      if (by === null && now < pending.due) return refuse({ key: 'booking.refused.notDue', clause: '2.5' });
      const { reason, late } = pending;
      return accept({ type: 'cancelled', by, for: standsFor, asked: host, at: now, reason, late });
    }
    default:
      return never(command);
  }
}

/** True where a request or a change waits for its reviewers. */
const isReviewed = (booking: Booking): boolean => {
  const matter = matterOf(booking)?.matter;
  return matter === 'request' || matter === 'change';
};

/** Goes on only where this person may decide what they saw, and in time. */
function decided(
  booking: Booking,
  { by, asOf }: { by: PersonId; asOf: number },
  facts: Pick<ChangeFacts, 'deciders'>,
  now: Instant,
  go: (review: Review, decider: Decider) => Decision<Event>,
): Decision<Event> {
  const barred = barredFromDeciding(booking, by, facts, now);
  if (barred) return refuse(barred);
  const open = matterOf(booking);
  if (open?.asOf !== asOf) return refuse({ key: 'booking.refused.changedSince', clause: '2.2' });
  const review = reviewOf(booking);
  const decider = facts.deciders.find((it) => it.person === by);
  if (!review || !decider) throw new Error('a matter without a review, or a decider who is none');
  return go(review, decider);
}

/** What has been given of the approvals that are needed; null where nothing is reviewed. */
export function reviewOf({ state }: Booking): Review | null {
  if (state.kind === 'requested') return state.review;
  return state.kind === 'approved' ? (state.change?.review ?? null) : null;
}

/** Why somebody may not decide what waits; null: they may. */
export function barredFromDeciding(
  booking: Booking,
  by: PersonId,
  { deciders }: Pick<ChangeFacts, 'deciders'>,
  now: Instant,
): Refusal | null {
  if (booking.host === by) return { key: 'booking.refused.ownRequest', clause: '2.2' };
  if (!deciders.some((it) => it.person === by)) return { key: 'booking.refused.notReviewer', clause: '2.2' };
  if (!isReviewed(booking)) return { key: 'booking.refused.decided', clause: '2.2' };
  if (now >= expiresAt(booking)) return { key: 'booking.refused.tooLate', clause: '2.2' };
  return null;
}

/** A text that somebody has to write, trimmed; null where it is empty or too long. */
function readReason(typed: string): string | null {
  const reason = typed.trim();
  return reason === '' || reason.length > reasonLength ? null : reason;
}

const noReason = (clause: string): Refusal => ({
  key: 'booking.refused.reason',
  figures: { most: reasonLength },
  clause,
  field: 'reason',
});
