import { day, type Instant, minute } from '../../src/core/clock.ts';
import type { BookingId, PersonId } from '../../src/core/ids.ts';
import type { Booking, Event, State } from '../../src/features/booking/domain.ts';
import { requested } from '../../test/support/examples.ts';
import { askedAt, type Made } from './bookings.ts';
import { type Firm, person, reviewersOf, room } from './firm.ts';
import { idOf, mix } from './random.ts';

/** One step of a booking's life. */
export type Step = {
  at: Instant;
  actor: string;
  from: State['kind'] | null;
  to: State['kind'];
  event: Event;
};

/** A booking as it stands, and how it came there. */
export type Lived = { booking: Booking; steps: Step[]; decidedAt: Instant | null };

const reasons = [
  'The room is needed for visitors',
  'Two people do not need a room for twenty',
  'Please ask for a smaller one',
];

/** What became of a booking, in the program's own words. */
export function livedBy(firm: Firm, made: Made): Lived {
  const chance = mix(made.n);
  const host = person(made.host);
  const [one, other] = reviewersOf(made.room);
  const reviewer = person(chance % 2 === 0 ? one : other);
  const asked = askedAt(firm, made);
  const decided = Math.min(
    asked + (10 + (chance % 300)) * minute,
    made.start - minute,
    firm.now - 2 * minute,
  );
  const before = requestOf(made, host, asked);
  const steps: Step[] = [
    { at: asked, actor: host, from: null, to: 'requested', event: { type: 'requested', booking: before } },
  ];
  const go = (state: State, at: Instant, actor: string, event: Event): State => {
    steps.push({ at, actor, from: steps.at(-1)?.to ?? null, to: state.kind, event });
    return state;
  };
  const approve = (): State =>
    go(
      {
        kind: 'approved',
        by: reviewer,
        for: null,
        rule: null,
        at: decided,
        change: null,
        cancellation: null,
      },
      decided,
      reviewer,
      {
        type: 'approved',
        by: reviewer,
        for: null,
        rule: null,
        at: decided,
      },
    );

  let state = before.state;
  switch (made.kind) {
    case 'requested':
      break;
    case 'approved':
      state = approve();
      break;
    case 'rejected': {
      const it = { by: reviewer, for: null, at: decided, reason: reasons[chance % reasons.length] ?? '' };
      state = go({ kind: 'rejected', ...it }, decided, reviewer, { type: 'rejected', ...it });
      break;
    }
    case 'withdrawn': {
      const it = { by: host, at: decided };
      state = go({ kind: 'withdrawn', ...it }, decided, host, { type: 'withdrawn', ...it });
      break;
    }
    case 'expired':
      state = go({ kind: 'expired', at: made.start }, made.start, 'clock', {
        type: 'expired',
        at: made.start,
      });
      break;
    case 'cancelled': {
      approve();
      const at = Math.max(decided + minute, Math.min(made.start - (chance % 2_000) * minute, firm.now - day));
      const late = made.start - at < 120 * minute;
      const it = { by: host, for: null, asked: host, at, reason: 'It has become unnecessary', late };
      state = go({ kind: 'cancelled', ...it }, at, host, { type: 'cancelled', ...it });
    }
  }
  const reviewed = steps.some(({ actor }) => actor === reviewer);
  return {
    booking: { ...before, state, revision: steps.length },
    steps,
    decidedAt: reviewed ? decided : null,
  };
}

const requestOf = (made: Made, host: PersonId, requestedAt: Instant): Booking => ({
  host,
  topic: made.topic,
  start: made.start,
  end: made.end,
  attendees: made.attendees,
  headcount: 1 + made.attendees.length,
  equipment: [],
  confidential: mix(made.n) % 20 === 0,
  note: '',
  room: room(made.room),
  id: idOf<BookingId>('booking', made.n),
  number: 1001 + made.n,
  revision: 1,
  rulesVersion: 1,
  requestedAt,
  series: made.series,
  occurrence: made.series && made.date,
  overrides: [],
  handover: null,
  declined: [],
  state: requested(),
});
