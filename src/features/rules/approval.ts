import { type Instant, minute } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import { addDays, toLocal, weekdayOf } from '../../core/time.ts';
import type { Room, RoomKind } from '../rooms/domain.ts';
import { folded } from './names.ts';

/** What a rule of approval may go by; what it leaves out does not matter to it. */
export type ApprovalWhen = {
  sites?: string[];
  /** By id: a rule goes on to hold for a room that gets another name. */
  rooms?: RoomId[];
  kinds?: RoomKind[];
  /** Length, in minutes. */
  minMinutes?: number;
  maxMinutes?: number;
  minHeadcount?: number;
  maxHeadcount?: number;
  /** The host has one of these. */
  roles?: Role[];
  /** The host belongs to one of these. */
  departments?: string[];
  /** From the request to the start, in minutes. */
  minLead?: number;
  maxLead?: number;
  /** All of it within (true) or not all within (false) the working hours. */
  workingHours?: boolean;
};
export type Condition = keyof ApprovalWhen;

export const approvalDecisions = ['approve', 'ask', 'askTwo', 'refuse'] as const;
export type ApprovalDecision = (typeof approvalDecisions)[number];

/** A rule by which requests are decided or reviewed (2.2). The name is its author's, shown to people. */
export type ApprovalRule = { name: string; when: ApprovalWhen; decision: ApprovalDecision };

/** What a request is, to the rules of approval. */
export type Candidate = {
  room: Room;
  start: Instant;
  end: Instant;
  headcount: number;
  roles: readonly Role[];
  department: string | null;
};

export type WorkingHours = { workDays: number[]; workFrom: number; workUntil: number };

export type Verdict = { decision: ApprovalDecision; rule: ApprovalRule | null };

/** How a request made at `now` is decided: the first rule that matches says; none: one reviewer is asked (2.2). */
export function judge(
  candidate: Candidate,
  rules: WorkingHours & { approval: readonly ApprovalRule[] },
  now: Instant,
): Verdict {
  const rule = rules.approval.find((it) => mismatches(it, candidate, rules, now).length === 0) ?? null;
  return { decision: rule?.decision ?? 'ask', rule };
}

type Test<Name extends Condition> = (
  wanted: NonNullable<ApprovalWhen[Name]>,
  request: Candidate & { minutes: number; lead: number; hours: WorkingHours },
) => boolean;

/** Whether a request fulfils a condition, in the order in which conditions are shown. */
const tests: { [Name in Condition]: Test<Name> } = {
  sites: (sites, { room }) => holds(sites, room.site),
  rooms: (ids, { room }) => ids.includes(room.id),
  kinds: (kinds, { room }) => kinds.includes(room.kind),
  minMinutes: (least, { minutes }) => minutes >= least,
  maxMinutes: (most, { minutes }) => minutes <= most,
  minHeadcount: (least, { headcount }) => headcount >= least,
  maxHeadcount: (most, { headcount }) => headcount <= most,
  roles: (some, { roles }) => some.some((role) => roles.includes(role)),
  departments: (some, { department }) => department !== null && holds(some, department),
  minLead: (least, { lead }) => lead >= least,
  maxLead: (most, { lead }) => lead <= most,
  workingHours: (inside, { start, end, room, hours }) =>
    isWorkingTime(start, end, room.zone, hours) === inside,
};

/** Everything that a rule may go by, in the order in which it is shown. */
export const conditions = Object.keys(tests) as Condition[];

/** Which conditions of a rule a request does not fulfil; none: the rule matches. */
export function mismatches(
  { when }: ApprovalRule,
  candidate: Candidate,
  hours: WorkingHours,
  now: Instant,
): Condition[] {
  const { start, end } = candidate;
  const request = { ...candidate, hours, minutes: (end - start) / minute, lead: (start - now) / minute };
  const isFulfilled = <Name extends Condition>(name: Name): boolean => {
    const wanted = when[name];
    return wanted === undefined || tests[name](wanted, request);
  };
  return conditions.filter((name) => !isFulfilled(name));
}

const holds = (names: readonly string[], name: string): boolean =>
  names.some((it) => folded(it) === folded(name));

/** True where all of `[start, end)` lies within working hours on the clock of `zone`. */
export function isWorkingTime(start: Instant, end: Instant, zone: string, hours: WorkingHours): boolean {
  const from = toLocal(start, zone);
  // The end is not part of the meeting: one that ends at midnight ends on the day it began.
  const last = toLocal(end - 1, zone);
  const days = daysFrom(from.date, last.date);
  const roundTheClock = hours.workFrom === 0 && hours.workUntil === 1440;
  return (
    days.every((date) => hours.workDays.includes(weekdayOf(date))) &&
    (days.length === 1 || roundTheClock) &&
    from.minutes >= hours.workFrom &&
    last.minutes < hours.workUntil
  );
}

const daysFrom = (first: string, last: string): string[] =>
  first >= last ? [last] : [first, ...daysFrom(addDays(first, 1), last)];
