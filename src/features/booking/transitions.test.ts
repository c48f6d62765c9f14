import { describe, expect, test } from '@jest/globals';
import { aBooking, at } from '../../../test/support/examples.ts';
import { changeFacts, people, type StateName, stateNames, states } from '../../../test/support/states.ts';
import { type Command, decideChange } from './decide.ts';
import type { Booking } from './domain.ts';
import { evolve } from './evolve.ts';

const { ann, ben, cem, rae } = people;
const [before, start] = [at('2026-12-01T12:00'), at('2026-12-01T15:00')];

const commands = {
  approve: { type: 'approve', by: rae, asOf: 1 },
  reject: { type: 'reject', by: rae, asOf: 1, reason: 'Cleaning' },
  withdraw: { type: 'withdraw', by: ann },
  withdrawChange: { type: 'withdrawChange', by: ann },
  expire: { type: 'expire' },
  escalate: { type: 'escalate', asOf: 1 },
  ask: { type: 'ask', by: rae, asOf: 1, text: 'Why?' },
  answer: { type: 'answer', by: ann, text: 'So' },
  acceptProposal: { type: 'acceptProposal', by: ann },
  declineProposal: { type: 'declineProposal', by: ann },
  cancel: { type: 'cancel', by: ann, reason: 'Ill' },
  cancelByReviewer: { type: 'cancel', by: rae, reason: 'Pipes' },
  takeBack: { type: 'takeBackCancel', by: ann },
  confirm: { type: 'confirmCancel', by: rae, asOf: 1 },
  timeOut: { type: 'confirmCancel', by: null, asOf: 1 },
  offer: { type: 'offerHandover', by: ann, to: cem },
  decline: { type: 'decline', by: ben },
} satisfies Record<string, Command>;
type CommandName = keyof typeof commands;

/** What comes of it: the events, or why not. */
function outcome(state: StateName, command: Command, now: number): string {
  const booking = aBooking({ state: states[state] });
  const decision = decideChange(booking, command, changeFacts, now);
  if (!decision.ok) return decision.refusal.key.replace('booking.refused.', 'no: ');
  // Whatever is decided fits the state.
  decision.events.reduce<Booking>(evolve, booking);
  return decision.events.map((event) => event.type).join(', ');
}

describe('[2.2] [2.4] [2.5] every command in every state', () => {
  const requests: StateName[] = ['requested', 'questioned', 'proposed', 'seconded'];
  const ended: StateName[] = ['rejected', 'withdrawn', 'expired', 'cancelled'];

  /** What comes of a command before the start and (after a slash) from then on, by the states in which it does. */
  const table: Record<CommandName, { rest: string } & Record<string, StateName[] | string>> = {
    approve: {
      rest: 'no: decided',
      'approved / no: tooLate': requests,
      'changeApproved / no: tooLate': ['changing'],
    },
    reject: {
      rest: 'no: decided',
      'rejected / no: tooLate': requests,
      'changeRejected / no: tooLate': ['changing'],
    },
    withdraw: {
      rest: 'withdrawn / no: started',
      'no: decided': ['approved', 'byRule', 'changing', 'cancelling'],
      'no: over': ended,
    },
    withdrawChange: {
      rest: 'no: noChange',
      changeWithdrawn: ['changing'],
    },
    expire: {
      rest: 'no: notDue',
      'no: notDue / expired': requests,
      'no: notDue / changeExpired': ['changing'],
    },
    escalate: {
      rest: 'no: notDue',
      'escalated / no: notDue': [...requests, 'changing'],
    },
    ask: {
      rest: 'no: decided',
      'asked / no: tooLate': requests,
      'no: decided / no: tooLate': ['changing'],
    },
    answer: {
      rest: 'no: noQuestion',
      answered: ['questioned'],
    },
    acceptProposal: {
      rest: 'no: noProposal',
      proposalAccepted: ['proposed'],
    },
    declineProposal: {
      rest: 'no: noProposal',
      proposalDeclined: ['proposed'],
    },
    cancel: {
      rest: 'cancelled / no: started',
      'cancelRequested / no: started': ['approved', 'changing'],
      'no: cancelling / no: started': ['cancelling'],
      'no: over': ended,
    },
    cancelByReviewer: {
      rest: 'cancelled / no: started',
      'no: over': ended,
    },
    takeBack: {
      rest: 'no: noCancellation',
      cancelTakenBack: ['cancelling'],
    },
    confirm: {
      rest: 'no: decided',
      cancelled: ['cancelling'],
    },
    timeOut: {
      rest: 'no: decided',
      cancelled: ['cancelling'],
    },
    offer: {
      rest: 'handoverOffered',
      'no: cancelling': ['cancelling'],
      'no: over': ended,
    },
    decline: {
      rest: 'declined',
      'no: over': ended,
    },
  };

  test.each(Object.keys(commands) as CommandName[])('%s', (name) => {
    const { rest, ...others } = table[name];
    const expected = stateNames.map((state) => {
      const [result] = Object.entries(others).find(([, those]) => those.includes(state)) ?? [rest];
      return [state, result];
    });
    const found = stateNames.map((state) => {
      const [early, late] = [before, start].map((now) => outcome(state, commands[name], now));
      return [state, early === late ? early : `${early} / ${late}`];
    });
    expect(found).toEqual(expected);
  });
});
