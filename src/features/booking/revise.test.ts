import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  aBooking,
  approved,
  aRequest,
  aRoom,
  at,
  decider,
  person,
  requested,
  requestFacts,
  tuesday,
} from '../../../test/support/examples.ts';
import { aChange, aProposal, people, type StateName, states } from '../../../test/support/states.ts';
import { hour, minute } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import { defaultRules, type MaterialChange, materialChanges } from '../rules/domain.ts';
import type { Booking, Details, RequestFacts, State } from './domain.ts';
import { evolve } from './evolve.ts';
import { decideProposal, decideRevision, materialOf } from './revise.ts';

const { ann, ben, cem, rae, roy } = people;
const [noon, start, end] = [at('2026-12-01T12:00'), at('2026-12-01T15:00'), at('2026-12-01T16:00')];
const quarter = 15 * minute;

type Case = {
  its?: Partial<Booking>;
  by?: Booking['host'];
  facts?: Partial<RequestFacts>;
  now?: number;
};

const decide = (
  to: Partial<Details>,
  { its = { state: approved() }, by = ann, facts = {}, now = noon }: Case = {},
) => {
  const booking = aBooking(its);
  const wanted = { ...aRequest(), ...to };
  return decideRevision(booking, { by, to: wanted, apart: false }, requestFacts(facts), now);
};

/** What comes of it: the events, or why not. */
function outcome(to: Partial<Details>, its: Case = {}): string {
  const decision = decide(to, its);
  if (!decision.ok) return decision.refusal.key.replace('booking.refused.', 'no: ');
  const booking = aBooking(its.its ?? { state: approved() });
  decision.events.reduce<Booking>(evolve, booking);
  return decision.events.map((event) => event.type).join(', ');
}

const later = { start: start + hour, end: end + hour };
const longer = { end: end + quarter };
const shorter = { end: end - quarter };
const other = { room: 'fuji' as RoomId };
const more = { headcount: 5 };
const small = { topic: 'Another topic', attendees: [cem], note: 'Window', confidential: true };

describe('[2.4] a change of an approved booking', () => {
  test.each<[string, Partial<Details>, string]>([
    ['another room', other, 'changeRequested'],
    ['another time', later, 'changeRequested'],
    ['a longer meeting', longer, 'changeRequested'],
    ['more people', more, 'changeRequested'],
    ['topic, attendees, note', small, 'changed'],
    ['a shorter meeting', shorter, 'changed'],
    ['fewer people', { headcount: 2, attendees: [] }, 'changed'],
    ['other equipment', { equipment: ['projector'] }, 'changed'],
    ['both kinds at once', { ...small, ...later }, 'changeRequested'],
    ['nothing', {}, 'no: nothingChanged'],
    ['the same people in another order', { attendees: [ben] }, 'no: nothingChanged'],
  ])('%s', (_, to, result) => {
    expect(outcome(to)).toBe(result);
  });

  test('attendees have no order', () => {
    const its = { state: approved(), attendees: [ben, cem], headcount: 3 };
    expect(outcome({ attendees: [cem, ben], headcount: 3 }, { its })).toBe('no: nothingChanged');
  });

  test.each<[MaterialChange, Partial<Details>]>([
    ['room', other],
    ['start', later],
    ['end', longer],
    ['headcount', more],
  ])('what is material is for the rules to say: %s', (name, to) => {
    const material = materialChanges.filter((it) => it !== name);
    expect(materialOf(aRequest(), { ...aRequest(), ...to })).toEqual([name]);
    expect(outcome(to, { facts: { rules: { ...defaultRules, material } } })).toBe('changed');
    expect(outcome(to, { facts: { rules: { ...defaultRules, material: [name] } } })).toBe('changeRequested');
  });

  test('goes to as many reviewers as the rules want for the new place; the old place stays as it is', () => {
    const deciders = [decider('rae'), decider('roy')];
    expect(decide(later, { facts: { deciders, verdict: { decision: 'askTwo', rule: null } } })).toEqual({
      ok: true,
      events: [{ type: 'changeRequested', by: ann, at: noon, to: aRequest(later), needed: 2, apart: false }],
    });
  });

  test('that the rules approve by themselves applies at once', () => {
    expect(outcome(later, { facts: { verdict: { decision: 'approve', rule: null } } })).toBe('changed');
  });

  test('that a rule refuses, or whose place is taken, is refused; the change that waits is left as it is', () => {
    const its = { state: states.changing };
    expect(outcome(later, { its, facts: { verdict: { decision: 'refuse', rule: null } } })).toBe(
      'no: byRule',
    );
    expect(outcome(later, { its, facts: { taken: { until: end, nextFree: null } } })).toBe('no: taken');
    expect(outcome({ start: start + 1, end: end + 1 }, { its })).toBe('no: step');
  });

  test('takes the place of the one that waits; asked back to what is approved, it is withdrawn', () => {
    const its = { state: states.changing };
    expect(outcome({ ...later, ...more }, { its })).toBe('changeRequested');
    expect(outcome(small, { its })).toBe('changed');
    expect(outcome({}, { its })).toBe('changeWithdrawn');
  });

  test.each<[string, Partial<RequestFacts>]>([
    ['the room has gone out of use', { room: aRoom({ active: false }) }],
    ['nobody is left to review it', { deciders: [] }],
    ['a rule would refuse it by now', { verdict: { decision: 'refuse', rule: null } }],
    ['the hours are others by now', { rules: { ...defaultRules, closes: 12 * 60 } }],
    ['the longest booking is shorter by now', { room: aRoom({ maxMinutes: 30 }) }],
  ])('that asks for nothing more is not refused because %s', (_, facts) => {
    expect(outcome(small, { facts })).toBe('changed');
    expect(outcome(shorter, { facts })).toBe('changed');
  });

  test('is refused where people or texts don’t fit', () => {
    expect(outcome({ topic: '' })).toBe('no: topic');
    expect(outcome({ note: 'x'.repeat(501) })).toBe('no: note');
    expect(outcome({ attendees: [ben, cem], headcount: 2 })).toBe('no: headcount');
    expect(outcome({ equipment: ['tv'] })).toBe('no: equipment.tv');
  });

  test.each([0, -quarter, -2 * hour, 7 * minute])('never makes a meeting %d ms long', (length) => {
    expect(outcome({ end: start + length })).toBe('no: lengthStep');
  });
});

describe('[2.4] a change of a request', () => {
  const half = { needed: 2, given: [{ by: roy, for: null, at: tuesday }] };
  const its = { revision: 3, state: requested({ review: half, escalated: true, proposal: aProposal() }) };

  test('that could be material is reviewed anew by all, whatever the rules call material', () => {
    for (const to of [later, longer, other, more])
      for (const material of [[], [...materialChanges]])
        expect(outcome(to, { its, facts: { rules: { ...defaultRules, material } } })).toBe('amended');
    const decision = decide(later, { its });
    const after = decision.ok ? decision.events.reduce<Booking>(evolve, aBooking(its)) : null;
    expect(after).toEqual(aBooking({ ...later, revision: 4, state: requested({ asOf: 4 }) }));
  });

  test('that is none leaves what was given', () => {
    const decision = decide(small, { its });
    const after = decision.ok ? decision.events.reduce<Booking>(evolve, aBooking(its)) : null;
    expect(after).toEqual(aBooking({ ...small, revision: 4, state: its.state }));
  });

  test('to something that a rule approves is approved', () => {
    const verdict = {
      decision: 'approve' as const,
      rule: { name: 'Small', when: {}, decision: 'approve' as const },
    };
    expect(outcome(later, { its: { state: requested() }, facts: { verdict } })).toBe('amended, approved');
  });
});

describe('[2.4] who changes what, and when', () => {
  test.each<[StateName, string, string]>([
    // before the start, from then on
    ['requested', 'amended', 'no: running'],
    ['seconded', 'amended', 'no: running'],
    ['approved', 'changeRequested', 'no: running'],
    ['byRule', 'changeRequested', 'no: running'],
    ['cancelling', 'no: cancelling', 'no: cancelling'],
    ['rejected', 'no: over', 'no: over'],
    ['withdrawn', 'no: over', 'no: over'],
    ['expired', 'no: over', 'no: over'],
    ['cancelled', 'no: over', 'no: over'],
  ])('%s', (state, before, after) => {
    const its = { state: states[state] };
    expect([outcome(more, { its }), outcome(more, { its, now: start })]).toEqual([before, after]);
    expect(outcome(more, { its, by: rae })).toBe('no: notHost');
    expect(outcome(more, { its, now: end })).toBe('no: over');
  });
});

describe('[2.4] [3.3] a meeting under way', () => {
  const now = start + 20 * minute;

  test.each<[string, Partial<Details>, string]>([
    ['ends earlier, at once', { end: start + 30 * minute }, 'changed'],
    ['ends later, at once', { end: end + hour }, 'changed'],
    ['does not end in the past', { end: start + quarter }, 'no: endPassed'],
    ['does not begin at another time', later, 'no: running'],
    ['stays with its topic', { topic: 'x' }, 'no: running'],
    ['does not last longer than is allowed', { end: end + 4 * hour }, 'no: tooLong'],
  ])('%s', (_, to, result) => {
    expect(outcome(to, { now })).toBe(result);
  });

  test('ends later only where the room is open and free', () => {
    expect(outcome(longer, { now, facts: { taken: { until: end + hour, nextFree: null } } })).toBe(
      'no: taken',
    );
    const rules = { ...defaultRules, closes: 16 * 60 };
    expect(outcome(longer, { now, facts: { rules } })).toBe('no: closed');
  });

  test('needs no reviewer for that, nor a rule of approval', () => {
    for (const decision of ['ask', 'askTwo', 'refuse'] as const)
      expect(outcome(longer, { now, facts: { deciders: [], verdict: { decision, rule: null } } })).toBe(
        'changed',
      );
  });
});

test('[2.4] whatever is asked for, what is accepted lasts a while and is not in the past', () => {
  const offset = fc.integer({ min: -20, max: 20 }).map((n) => n * 5 * minute);
  const live = fc.constantFrom<State>(states.requested, states.approved, states.changing, states.byRule);
  fc.assert(
    fc.property(live, offset, offset, fc.integer({ min: -60, max: 120 }), (state, from, to, moment) => {
      const now = start + moment * minute;
      const decision = decide({ start: start + from, end: end + to }, { its: { state }, now });
      if (!decision.ok) return;
      const after = decision.events.reduce<Booking>(evolve, aBooking({ state }));
      expect(after.end - after.start).toBeGreaterThanOrEqual(quarter);
      expect(after.end).toBeGreaterThan(now);
    }),
  );
});

describe('[2.2] a proposal', () => {
  const place = { room: 'fuji' as RoomId, ...later };
  const propose = ({
    its = {},
    by = rae,
    asOf = 1,
    to = place,
    there = [decider('rae')],
    here = [decider('rae'), decider('roy')],
    facts = {},
    now = noon,
  } = {}) => {
    const judgedBy = requestFacts({ deciders: there, ...facts });
    const decision = decideProposal(
      aBooking(its),
      { by, asOf, place: to },
      judgedBy,
      { deciders: here },
      now,
    );
    return decision.ok ? decision.events : decision.refusal.key.replace('booking.refused.', 'no: ');
  };

  test('holds another place until the host has answered', () => {
    expect(propose()).toEqual([{ type: 'proposed', proposal: { ...place, by: rae, for: null, at: noon } }]);
  });

  test('[7.1] is recorded as made for whom', () => {
    const away = [decider('roy', 'rae')];
    expect(propose({ by: roy, there: away, here: away })).toMatchObject([
      { proposal: { by: roy, for: rae } },
    ]);
  });

  test.each<[string, Parameters<typeof propose>[0], string]>([
    ['of the host', { by: ann }, 'no: ownRequest'],
    ['of somebody else', { by: cem }, 'no: notReviewer'],
    ['for a room that is not theirs', { by: roy }, 'no: notTheirRoom'],
    ['on an older form', { asOf: 2 }, 'no: changedSince'],
    ['of what was asked for', { to: { room: 'alps' as RoomId, start, end } }, 'no: samePlace'],
    ['of a place that is taken', { facts: { taken: { until: end, nextFree: null } } }, 'no: taken'],
    ['of a moment that has passed', { to: { ...place, start: noon - hour, end: noon } }, 'no: past'],
    ['too late', { now: start }, 'no: tooLate'],
    ['where two have to approve', { its: { state: states.seconded } }, 'no: notAlone'],
    [
      'of a room where two have to approve',
      { there: [decider('rae'), decider('roy')], facts: { verdict: { decision: 'askTwo', rule: null } } },
      'no: notAlone',
    ],
    ['for a change', { its: { state: states.changing } }, 'no: changedSince'],
    ['for what is decided', { its: { state: states.approved } }, 'no: decided'],
  ])('%s is refused', (_, it, refused) => {
    expect(propose(it)).toBe(refused);
  });
});

test('[2.4] a change is asked for with all that the booking is, for its own host', () => {
  const its = { state: approved({ change: aChange() }), attendees: [person('zoe'), ben], headcount: 3 };
  expect(decide({ ...later, attendees: [ben], headcount: 3 }, { its })).toMatchObject({
    events: [{ type: 'changeRequested', to: { host: ann, attendees: [ben], ...later } }],
  });
});
