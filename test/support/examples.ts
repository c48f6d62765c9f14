import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Instant } from '../../src/core/clock.ts';
import type { BookingId, PersonId, RoomId } from '../../src/core/ids.ts';
import type { Decider } from '../../src/core/rights.ts';
import type { Booking, Details, RequestFacts, State } from '../../src/features/booking/domain.ts';
import type { Interval, Room } from '../../src/features/rooms/domain.ts';
import type { TypedRoom } from '../../src/features/rooms/draft.ts';
import { defaultRules } from '../../src/features/rules/domain.ts';

/** `at('2026-12-01T15:00', 'Asia/Taipei')`: an instant as people name it. */
export const at = (local: string, zone = 'Europe/Berlin'): Instant => {
  const read = DateTime.fromISO(local, { zone });
  if (!read.isValid) throw new Error(`not a time: ${local} ${zone}`);
  return read.toMillis();
};

/** The other way round, for readable failures. */
export const local = (instant: Instant, zone = 'Europe/Berlin'): string =>
  DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

export const person = (name: string): PersonId => name as PersonId;

/** A Tuesday, 09:00 in Berlin. */
export const tuesday = at('2026-12-01T09:00');

export const aRoom = (its: Partial<Room> = {}): Room => ({
  id: 'alps' as RoomId,
  name: 'Alps',
  site: 'Berlin',
  floor: '3',
  zone: 'Europe/Berlin',
  kind: 'physical',
  capacity: 8,
  equipment: ['projector'],
  opens: null,
  closes: null,
  maxMinutes: null,
  buffer: 0,
  joinLink: null,
  active: true,
  tentative: false,
  ...its,
});

/** A room as an admin types it. */
export const aTypedRoom = (its: Partial<TypedRoom> = {}): TypedRoom => ({
  name: 'Alps',
  site: 'Berlin',
  floor: '3',
  zone: 'Europe/Berlin',
  kind: 'physical',
  capacity: '8',
  equipment: ['projector'],
  opens: '',
  closes: '',
  maxMinutes: '',
  buffer: '0',
  joinLink: '',
  active: true,
  tentative: false,
  reviewers: [person('rae')],
  ...its,
});

/** A request that breaks no rule when it is made on `tuesday`. */
export const aRequest = (its: Partial<Details> = {}): Details => ({
  room: 'alps' as RoomId,
  host: person('ann'),
  topic: 'Design review',
  start: at('2026-12-01T15:00'),
  end: at('2026-12-01T16:00'),
  attendees: [person('ben')],
  headcount: 2,
  equipment: [],
  confidential: false,
  note: '',
  ...its,
});

/** Somebody who decides in their own right, or for another. */
export const decider = (name: string, other?: string): Decider => ({
  person: person(name),
  for: other === undefined ? null : person(other),
  away: false,
});

export const requestFacts = (its: Partial<RequestFacts> = {}): RequestFacts => ({
  room: aRoom(),
  rules: defaultRules,
  rulesVersion: 1,
  deciders: [decider('rae')],
  verdict: { decision: 'ask', rule: null },
  taken: null,
  ...its,
});

type Requested = Extract<State, { kind: 'requested' }>;
type Approved = Extract<State, { kind: 'approved' }>;

export const requested = (its: Partial<Requested> = {}): Requested => ({
  kind: 'requested',
  asOf: 1,
  review: { needed: 1, given: [] },
  escalated: false,
  questions: [],
  proposal: null,
  ...its,
});

export const approved = (its: Partial<Approved> = {}): Approved => ({
  kind: 'approved',
  by: person('rae'),
  for: null,
  rule: null,
  at: tuesday,
  change: null,
  cancellation: null,
  ...its,
});

export const aBooking = (its: Partial<Booking> = {}): Booking => ({
  ...aRequest(),
  id: 'b1' as BookingId,
  number: 1001,
  revision: 1,
  rulesVersion: 1,
  requestedAt: tuesday,
  series: null,
  occurrence: null,
  overrides: [],
  handover: null,
  declined: [],
  state: requested(),
  ...its,
});

/** What may be held in a room: no overlaps, sorted, on small numbers so that they often touch. */
export const intervalsApart: fc.Arbitrary<Interval[]> = fc
  .array(fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 5 })), { maxLength: 8 })
  .map((steps) => {
    let clock = 0;
    return steps.map(([gap, length]) => {
      const start = clock + gap;
      clock = start + length;
      return { start, end: clock };
    });
  });
