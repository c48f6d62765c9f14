import { type Instant, minute } from '../../core/clock.ts';

export type Reminder = { lead: number; due: Instant };

/** When to remind (2.7): `leads` minutes before the start; a lead that has passed already is left out. */
export const plan = (start: Instant, leads: readonly number[], now: Instant): Reminder[] =>
  leads.map((lead) => ({ lead, due: start - lead * minute })).filter(({ due }) => due > now);

/**
 * True where a reminder that is late (the program was down, the platform unreachable) says nothing any more:
 * the meeting has begun, or the next reminder is due as well.
 */
export const isOvertaken = (start: Instant, lead: number, leads: readonly number[], now: Instant): boolean =>
  now >= start || leads.some((other) => other < lead && start - other * minute <= now);
