import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aBooking, aRequest, at, person, requestFacts, tuesday } from '../../../test/support/examples.ts';
import { hour } from '../../core/clock.ts';
import type { BookingId } from '../../core/ids.ts';
import {
  type Booking,
  type Command,
  decideChange,
  decideRequest,
  type Event,
  evolve,
  isLive,
  type State,
} from './domain.ts';

const [ann, rae, roy] = [person('ann'), person('rae'), person('roy')];
const facts = { deciders: [rae, roy] };
const noon = at('2026-12-01T12:00');

type Change = Exclude<Command, { type: 'request' }>;

const states: Record<State['kind'], State> = {
  requested: { kind: 'requested' },
  approved: { kind: 'approved', by: rae, at: tuesday },
  rejected: { kind: 'rejected', by: rae, at: tuesday, reason: 'No' },
  withdrawn: { kind: 'withdrawn', by: ann, at: tuesday },
  expired: { kind: 'expired', at: tuesday },
};

/** What becomes of it: the state after it, or why not. */
function outcome(state: State, command: Change, now = noon): string {
  const booking = aBooking({ state });
  const decision = decideChange(booking, command, facts, now);
  if (!decision.ok) return decision.refusal.key.replace('booking.refused.', 'no: ');
  return decision.events.reduce<Booking>(evolve, booking).state.kind;
}

describe('[2.2] [2.5] every command in every state', () => {
  const approve: Change = { type: 'approve', by: rae };
  const reject: Change = { type: 'reject', by: rae, reason: 'Cleaning' };
  const withdraw: Change = { type: 'withdraw', by: ann };
  const expire: Change = { type: 'expire' };
  const late = at('2026-12-01T15:00');

  test.each<[State['kind'], Change, string, string]>([
    //                    before the start              from the start on
    ['requested', approve, 'approved', 'no: tooLate'],
    ['requested', reject, 'rejected', 'no: tooLate'],
    ['requested', withdraw, 'withdrawn', 'no: started'],
    ['requested', expire, 'no: notDue', 'expired'],
    ['approved', approve, 'no: decided', 'no: decided'],
    ['approved', reject, 'no: decided', 'no: decided'],
    ['approved', withdraw, 'withdrawn', 'no: started'],
    ['approved', expire, 'no: notDue', 'no: notDue'],
    ['rejected', approve, 'no: decided', 'no: decided'],
    ['rejected', reject, 'no: decided', 'no: decided'],
    ['rejected', withdraw, 'no: over', 'no: over'],
    ['rejected', expire, 'no: notDue', 'no: notDue'],
    ['withdrawn', approve, 'no: decided', 'no: decided'],
    ['withdrawn', reject, 'no: decided', 'no: decided'],
    ['withdrawn', withdraw, 'no: over', 'no: over'],
    ['withdrawn', expire, 'no: notDue', 'no: notDue'],
    ['expired', approve, 'no: decided', 'no: decided'],
    ['expired', reject, 'no: decided', 'no: decided'],
    ['expired', withdraw, 'no: over', 'no: over'],
    ['expired', expire, 'no: notDue', 'no: notDue'],
  ])('%s: %j', (state, command, before, after) => {
    expect([outcome(states[state], command), outcome(states[state], command, late)]).toEqual([before, after]);
  });

  test.each<[string, Change, string]>([
    ['their own request', { type: 'approve', by: ann }, 'no: ownRequest'],
    ['their own request', { type: 'reject', by: ann, reason: 'x' }, 'no: ownRequest'],
    ['somebody else’s room', { type: 'approve', by: person('eve') }, 'no: notReviewer'],
    ['somebody else’s room', { type: 'reject', by: person('eve'), reason: 'x' }, 'no: notReviewer'],
    ['somebody else’s booking', { type: 'withdraw', by: rae }, 'no: notHost'],
  ])('[6.2] nobody decides %s: %j', (_, command, refused) => {
    expect(outcome(states.requested, command)).toBe(refused);
  });

  test.each([
    ['', 'no: reason'],
    ['  \n ', 'no: reason'],
    ['x'.repeat(501), 'no: reason'],
    ['x'.repeat(500), 'rejected'],
  ])('[2.2] a rejection with the reason %j', (reason, result) => {
    expect(outcome(states.requested, { type: 'reject', by: rae, reason })).toBe(result);
  });
});

describe('[2.1] a request', () => {
  const request = (details = aRequest(), its = {}) =>
    decideRequest(
      { type: 'request', id: 'b1' as BookingId, number: 1001, details },
      requestFacts(its),
      tuesday,
    );

  test('becomes a booking that waits, under the rules in force', () => {
    expect(request(undefined, { rulesVersion: 7 })).toEqual({
      ok: true,
      events: [{ type: 'requested', booking: aBooking({ rulesVersion: 7 }) }],
    });
  });

  test('that breaks a rule becomes nothing', () => {
    expect(request(aRequest({ topic: '' }))).toMatchObject({ ok: false, refusal: { field: 'topic' } });
  });
});

test('[2.6] each event raises the revision by one and says who and when', () => {
  const event: Event = { type: 'rejected', by: rae, at: noon, reason: 'Cleaning' };
  expect(evolve(aBooking(), event)).toEqual({
    ...aBooking(),
    revision: 2,
    state: { kind: 'rejected', by: rae, at: noon, reason: 'Cleaning' },
  });
  expect(() => evolve(null, event)).toThrow('without a booking');
});

describe('[2.2] whatever is done, in whatever order', () => {
  const somebody = fc.constantFrom(ann, rae, roy, person('eve'));
  const change: fc.Arbitrary<Change> = fc.oneof(
    somebody.map((by) => ({ type: 'approve', by }) as const),
    fc.record({ type: fc.constant('reject' as const), by: somebody, reason: fc.constantFrom('', 'No') }),
    somebody.map((by) => ({ type: 'withdraw', by }) as const),
    fc.constant({ type: 'expire' } as const),
  );
  const wait = fc.integer({ min: 0, max: 3 * hour });
  const host = fc.constantFrom(ann, rae, person('eve'));

  /** Everything that happened, each with the booking before and after it. */
  function history(host: Booking['host'], steps: Array<[Change, number]>) {
    const deciders = [rae, roy].filter((it) => it !== host);
    const events: Array<{ event: Event; before: Booking; after: Booking; command: Change }> = [];
    let booking = aBooking({ host });
    let now = tuesday;
    for (const [command, ms] of steps) {
      now += ms;
      const decision = decideChange(booking, command, { deciders }, now);
      if (!decision.ok) continue;
      for (const event of decision.events) {
        const before = booking;
        booking = evolve(before, event);
        events.push({ event, before, after: booking, command });
      }
    }
    return { booking, events, deciders };
  }

  const steps = fc.array(fc.tuple(change, wait), { maxLength: 12 });

  test('an approved booking was approved, once, before its start, by somebody who may and is not the host', () => {
    fc.assert(
      fc.property(host, steps, (host, steps) => {
        const { booking, events, deciders } = history(host, steps);
        const approvals = events.filter(({ event }) => event.type === 'approved');
        if (booking.state.kind === 'approved') {
          expect(approvals).toHaveLength(1);
          expect(approvals[0]?.command).toEqual({ type: 'approve', by: booking.state.by });
          expect(deciders).toContain(booking.state.by);
          expect(booking.state.by).not.toBe(host);
          expect(booking.state.at).toBeLessThan(booking.start);
        }
      }),
    );
  });

  test('it is decided once at most, ends once at most, and stays ended', () => {
    fc.assert(
      fc.property(host, steps, (host, steps) => {
        const { booking, events } = history(host, steps);
        const decisions = events.filter(({ event }) =>
          ['approved', 'rejected', 'expired'].includes(event.type),
        );
        const ends = events.filter(({ before, after }) => isLive(before.state) && !isLive(after.state));
        expect(decisions.length).toBeLessThanOrEqual(1);
        expect(ends).toHaveLength(isLive(booking.state) ? 0 : 1);
        expect(events.every(({ before }) => isLive(before.state))).toBe(true);
        expect(booking.revision).toBe(1 + events.length);
      }),
    );
  });

  test('nothing but the state changes', () => {
    fc.assert(
      fc.property(host, steps, (host, steps) => {
        const { revision: _, state: __, ...rest } = history(host, steps).booking;
        const { revision: ___, state: ____, ...first } = aBooking({ host });
        expect(rest).toEqual(first);
      }),
    );
  });
});

test('[2.1] only what waits or is approved holds its slot', () => {
  expect(
    Object.values(states)
      .filter(isLive)
      .map(({ kind }) => kind),
  ).toEqual(['requested', 'approved']);
});
