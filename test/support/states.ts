import type { PersonId, RoomId } from '../../src/core/ids.ts';
import type { ChangeFacts } from '../../src/features/booking/decide.ts';
import type { Cancellation, Change, Proposal, Question, State } from '../../src/features/booking/domain.ts';
import { approved, aRequest, at, decider, person, requested, tuesday } from './examples.ts';

/** Ann hosts, Ben is invited, Rae and Roy review, Ada is an admin, Cem and Eve are others. */
export const people: Record<'ann' | 'ben' | 'cem' | 'rae' | 'roy' | 'ada' | 'eve', PersonId> = {
  ann: person('ann'),
  ben: person('ben'),
  cem: person('cem'),
  rae: person('rae'),
  roy: person('roy'),
  ada: person('ada'),
  eve: person('eve'),
};
const { ann, rae, roy, ada } = people;

export const changeFacts: ChangeFacts = {
  deciders: [decider('rae'), decider('roy')],
  admins: [ada],
  rules: { cancelMinutes: 30, lateMinutes: 120 },
};

/** An hour later. */
export const aChange = (its: Partial<Change> = {}): Change => ({
  asOf: 1,
  at: tuesday,
  to: aRequest({ start: at('2026-12-01T16:00'), end: at('2026-12-01T17:00') }),
  review: { needed: 1, given: [] },
  escalated: false,
  apart: false,
  ...its,
});

export const aCancellation = (its: Partial<Cancellation> = {}): Cancellation => ({
  asOf: 1,
  at: tuesday,
  reason: 'Ill',
  late: false,
  due: at('2026-12-01T09:30'),
  ...its,
});

export const aProposal = (its: Partial<Proposal> = {}): Proposal => ({
  room: 'fuji' as RoomId,
  start: at('2026-12-01T16:00'),
  end: at('2026-12-01T17:00'),
  by: rae,
  for: null,
  at: tuesday,
  ...its,
});

export const aQuestion = (its: Partial<Question> = {}): Question => ({
  by: rae,
  at: tuesday,
  text: 'Why?',
  answer: null,
  ...its,
});

/** Every state that a booking can be in, and what can be pending in it. */
export const states = {
  requested: requested(),
  questioned: requested({ questions: [aQuestion()] }),
  proposed: requested({ proposal: aProposal() }),
  seconded: requested({ review: { needed: 2, given: [{ by: roy, for: null, at: tuesday }] } }),
  approved: approved(),
  byRule: approved({ by: null, rule: 'Small' }),
  changing: approved({ change: aChange() }),
  cancelling: approved({ cancellation: aCancellation() }),
  rejected: { kind: 'rejected', by: rae, for: null, at: tuesday, reason: 'No' },
  withdrawn: { kind: 'withdrawn', by: ann, at: tuesday },
  expired: { kind: 'expired', at: tuesday },
  cancelled: { kind: 'cancelled', for: null, by: rae, asked: ann, at: tuesday, reason: 'Ill', late: false },
} satisfies Record<string, State>;
export type StateName = keyof typeof states;
export const stateNames = Object.keys(states) as StateName[];
