import { never } from '../../core/refusal.ts';
import {
  type Booking,
  type Change,
  changedFields,
  type Details,
  detailsOf,
  type Event,
  isLive,
  type Overridable,
  placeOf,
  type Review,
  type State,
} from './domain.ts';

type Requested = Extract<State, { kind: 'requested' }>;
type Approved = Extract<State, { kind: 'approved' }>;

/** The booking after an event. @throws where the event does not fit the state: a fault, `decide` makes no such event */
export function evolve(booking: Booking | null, event: Event): Booking {
  if (event.type === 'requested') return event.booking;
  if (!booking) throw new Error(`${event.type} without a booking`);
  const revision = booking.revision + 1;
  const next = (its: Partial<Booking>): Booking => withoutStrays({ ...booking, ...its, revision });
  const requested = (): Requested => inState(booking, 'requested', event);
  const approved = (): Approved => inState(booking, 'approved', event);
  const change = (): Change => approved().change ?? unfit(booking, event);

  switch (event.type) {
    case 'seconded': {
      const { by, for: other, at } = event;
      const state = booking.state.kind === 'requested' ? booking.state : approved();
      const given = { by, for: other, at };
      return state.kind === 'requested'
        ? next({ state: { ...state, review: { ...state.review, given: [...state.review.given, given] } } })
        : next({
            state: {
              ...state,
              change: {
                ...change(),
                review: { ...change().review, given: [...change().review.given, given] },
              },
            },
          });
    }
    case 'approved':
      return next({ state: approvedBy(event) });
    case 'rejected':
      return next({
        state: { kind: 'rejected', by: event.by, for: event.for, at: event.at, reason: event.reason },
      });
    case 'withdrawn':
      return next({ state: { kind: 'withdrawn', by: event.by, at: event.at } });
    case 'expired':
      return next({ state: { kind: 'expired', at: event.at } });
    case 'escalated':
      return booking.state.kind === 'requested'
        ? next({ state: { ...booking.state, escalated: true } })
        : next({ state: { ...approved(), change: { ...change(), escalated: true } } });
    case 'asked': {
      const asked = { by: event.by, at: event.at, text: event.text, answer: null };
      return next({ state: { ...requested(), questions: [...requested().questions, asked] } });
    }
    case 'answered': {
      const questions = requested().questions.map((it) => ({ ...it, answer: it.answer ?? event.text }));
      return next({ state: { ...requested(), questions } });
    }
    case 'proposed':
      return next({ state: { ...requested(), proposal: event.proposal } });
    case 'proposalAccepted': {
      const { proposal } = requested();
      if (!proposal) return unfit(booking, event);
      const decided = { by: proposal.by, for: proposal.for, rule: null, at: event.at };
      return next({ ...placeOf(proposal), state: approvedBy(decided) });
    }
    case 'proposalDeclined':
      return next({ state: { ...requested(), proposal: null } });
    case 'amended':
      return next({
        ...event.to,
        overrides: apart(booking, event.to, event.apart),
        state: {
          ...requested(),
          asOf: revision,
          review: { needed: event.needed, given: [] },
          escalated: false,
          proposal: null,
        },
      });
    case 'changed':
      return next({
        ...event.to,
        overrides: apart(booking, event.to, event.apart),
        state: booking.state.kind === 'approved' ? { ...booking.state, change: null } : booking.state,
      });
    case 'changeRequested': {
      const review = { needed: event.needed, given: [] };
      const { at, to } = event;
      return next({
        state: {
          ...approved(),
          change: { asOf: revision, at, to, review, escalated: false, apart: event.apart },
        },
      });
    }
    case 'changeApproved':
      return next({
        ...event.to,
        overrides: apart(booking, event.to, event.apart),
        state: { ...approved(), by: event.by, for: event.for, rule: null, at: event.at, change: null },
      });
    case 'changeRejected':
    case 'changeWithdrawn':
    case 'changeExpired':
      return next({ state: { ...approved(), change: null } });
    case 'cancelRequested': {
      const { at, reason, late, due } = event;
      return next({
        state: { ...approved(), change: null, cancellation: { asOf: revision, at, reason, late, due } },
      });
    }
    case 'cancelTakenBack':
      return next({ state: { ...approved(), cancellation: null } });
    case 'cancelled': {
      const { type: kind, ...its } = event;
      return next({ state: { kind, ...its } });
    }
    case 'handoverOffered':
      return next({ handover: { to: event.to, at: event.at } });
    case 'handoverDeclined':
      return next({ handover: null });
    case 'handedOver':
      return next({
        ...handed(detailsOf(booking), event),
        handover: null,
        state: underNewHost(booking.state, event),
      });
    case 'declined':
      return next({ declined: [...booking.declined, event.by] });
    case 'undeclined':
      return next({ declined: booking.declined.filter((person) => person !== event.by) });
    default:
      return never(event);
  }
}

const approvedBy = ({
  by,
  for: other,
  rule,
  at,
}: Pick<Approved, 'by' | 'for' | 'rule' | 'at'>): Approved => ({
  kind: 'approved',
  by,
  for: other,
  rule,
  at,
  change: null,
  cancellation: null,
});

/** What was changed by hand stays so when the series changes (2.4). */
const apart = (before: Booking, to: Details, byHand: boolean): Overridable[] =>
  byHand ? [...new Set([...before.overrides, ...changedFields(before, to)])] : before.overrides;

/** The new host is no attendee any more; whether the old one still comes is between the two. */
const handed = (details: Details, { to }: Extract<Event, { type: 'handedOver' }>): Details => ({
  ...details,
  host: to,
  attendees: details.attendees.filter((person) => person !== to),
});

/** What waits goes on under the new host, but nothing counts that they have said to it as a reviewer (2.2). */
function underNewHost(state: State, event: Extract<Event, { type: 'handedOver' }>): State {
  const impartial = ({ needed, given }: Review): Review => ({
    needed,
    given: given.filter((it) => it.by !== event.to),
  });
  if (state.kind === 'requested') {
    const proposal = state.proposal?.by === event.to ? null : state.proposal;
    return { ...state, review: impartial(state.review), proposal };
  }
  if (state.kind !== 'approved' || !state.change) return state;
  const { to, review } = state.change;
  return { ...state, change: { ...state.change, to: handed(to, event), review: impartial(review) } };
}

/** Only attendees can have declined, and what has ended is not handed over. */
const withoutStrays = (booking: Booking): Booking => ({
  ...booking,
  declined: booking.declined.filter((person) => booking.attendees.includes(person)),
  handover: isLive(booking.state) ? booking.handover : null,
});

function inState<Kind extends State['kind']>(booking: Booking, kind: Kind, event: Event) {
  if (booking.state.kind !== kind) return unfit(booking, event);
  return booking.state as Extract<State, { kind: Kind }>;
}

function unfit(booking: Booking, event: Event): never {
  throw new Error(`${event.type} does not fit a booking that is ${booking.state.kind}`);
}
