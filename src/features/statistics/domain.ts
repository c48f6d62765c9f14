import type { Instant } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { Booking, Event, State } from '../booking/domain.ts';
import type { OpenHours } from './local-hours.ts';
import type { Spread } from './tally.ts';

/** What became of a request. `cancelledLate`: after the time at which the rules call a cancellation late (2.5). */
export const outcomes = [
  'requested',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'cancelled',
  'cancelledLate',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What the statistics know of one booking. */
export type Figure = {
  start: Instant;
  end: Instant;
  headcount: number;
  /** The host's when they asked, or took it over; null: none is known, or it is not asked for. */
  department: string | null;
  requestedAt: Instant;
  /** When a reviewer answered first; null: none has, or a rule decided. */
  decidedAt: Instant | null;
  outcome: Outcome;
};

/** First and last day, `2026-11-01`: each room's own local days. */
export type Period = { from: string; until: string };

export type CountedRoom = {
  id: RoomId;
  name: string;
  site: string;
  zone: string;
  capacity: number;
} & OpenHours;

export type RoomUse = Pick<CountedRoom, 'id' | 'name' | 'site'> & {
  bookings: number;
  /** Minutes of working days inside the opening hours, and how many of them were booked. */
  open: number;
  used: number;
};

export type DepartmentUse = { department: string | null; bookings: number; minutes: number };

/** Everything that is counted of a period. Each is defined in docs/statistics.md. */
export type Statistics = {
  rooms: RoomUse[];
  /** By weekday × hour, Monday 00:00 first. */
  booked: number[];
  open: number[];
  departments: DepartmentUse[];
  outcomes: Record<Outcome, number>;
  lead: Spread;
  decision: Spread;
  headcount: { bookings: number; people: number; seats: number; classes: number[] };
  refused: { total: number; bySize: number[] };
};

/** In minutes: the first class ends before the first bound, the last has no end. */
export const leadBounds = [60, 1440, 3 * 1440, 7 * 1440, 14 * 1440, 28 * 1440] as const;
export const decisionBounds = [15, 60, 240, 1440, 3 * 1440] as const;
/** By how much of the capacity the headcount fills: up to a quarter, a half, three quarters, all of it. */
export const fillClasses = [0.25, 0.5, 0.75, 1] as const;
/** Headcounts of refused requests: up to each of these, and more. */
export const sizeBounds = [4, 8, 16] as const;

/** Whoever may see numbers by department (6.2, 7.3); everybody sees the use of rooms. */
export const maySeeDepartments = (roles: ReadonlySet<Role>): boolean =>
  roles.has('admin') || roles.has('supervisor');

/** Whoever may have statistics posted in channels (2.8, 7.3): those who may see all of them. */
export const mayPost = maySeeDepartments;

export const outcomeOf = (state: State): Outcome =>
  state.kind === 'cancelled' && state.late ? 'cancelledLate' : state.kind;

/** When a reviewer answered a request by this transition; null: it is no answer to a request, or a rule gave it. */
export function decisionAt(event: Event, before: Pick<Booking, 'state'> | null): Instant | null {
  if (before?.state.kind !== 'requested') return null;
  if (event.type === 'rejected') return event.at;
  if (event.type === 'approved') return event.by === null ? null : event.at;
  // The reviewer had answered when they proposed; what came after was the host's time.
  return event.type === 'proposalAccepted' ? (before.state.proposal?.at ?? event.at) : null;
}

/** 0 of nothing is 0. */
export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
