import { describe, expect, test } from '@jest/globals';
import {
  aBooking,
  approved,
  aRequest,
  at,
  decider,
  person,
  requested,
  requestFacts,
  tuesday,
} from '../../../test/support/examples.ts';
import {
  aCancellation,
  aChange,
  aProposal,
  changeFacts,
  people,
  type StateName,
  states,
} from '../../../test/support/states.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId, SeriesId } from '../../core/ids.ts';
import { type ChangeFacts, type Command, decideChange, decideRequest } from './decide.ts';
import type { Booking, State } from './domain.ts';
import { evolve } from './evolve.ts';

const { ann, ben, cem, rae, roy, ada, eve } = people;
const [noon, start] = [at('2026-12-01T12:00'), at('2026-12-01T15:00')];

/** What comes of it: the events, or why not. */
function outcome(
  its: Partial<Booking>,
  command: Command,
  { now = noon, ...other }: Partial<ChangeFacts> & { now?: number } = {},
): string {
  const booking = aBooking(its);
  const decision = decideChange(booking, command, { ...changeFacts, ...other }, now);
  if (!decision.ok) return decision.refusal.key.replace('booking.refused.', 'no: ');
  decision.events.reduce<Booking>(evolve, booking);
  return decision.events.map((event) => event.type).join(', ');
}

const approve: Command = { type: 'approve', by: rae, asOf: 1 };
const cancel: Command = { type: 'cancel', by: ann, reason: 'Ill' };
const timeOut: Command = { type: 'confirmCancel', by: null, asOf: 1 };

describe('[6.2] who is not the one to decide', () => {
  test.each<[string, Command, StateName, string]>([
    ['their own request', { type: 'approve', by: ann, asOf: 1 }, 'requested', 'no: ownRequest'],
    ['their own request', { type: 'reject', by: ann, asOf: 1, reason: 'x' }, 'requested', 'no: ownRequest'],
    ['their own change', { type: 'approve', by: ann, asOf: 1 }, 'changing', 'no: ownRequest'],
    ['their own cancellation', { type: 'confirmCancel', by: ann, asOf: 1 }, 'cancelling', 'no: ownRequest'],
    ['somebody else’s room', { type: 'approve', by: eve, asOf: 1 }, 'requested', 'no: notReviewer'],
    ['somebody else’s room', { type: 'ask', by: eve, asOf: 1, text: 'x' }, 'requested', 'no: notReviewer'],
    ['as an admin alone', { type: 'approve', by: ada, asOf: 1 }, 'requested', 'no: notReviewer'],
    ['somebody else’s room', { type: 'confirmCancel', by: eve, asOf: 1 }, 'cancelling', 'no: notReviewer'],
    ['somebody else’s booking', { type: 'withdraw', by: rae }, 'requested', 'no: notHost'],
    ['somebody else’s booking', { type: 'withdrawChange', by: rae }, 'changing', 'no: notHost'],
    ['somebody else’s booking', { type: 'answer', by: rae, text: 'x' }, 'questioned', 'no: notHost'],
    ['somebody else’s booking', { type: 'acceptProposal', by: rae }, 'proposed', 'no: notHost'],
    ['somebody else’s booking', { type: 'declineProposal', by: eve }, 'proposed', 'no: notHost'],
    ['somebody else’s booking', { type: 'takeBackCancel', by: rae }, 'cancelling', 'no: notHost'],
    ['somebody else’s booking', { type: 'cancel', by: eve, reason: 'x' }, 'approved', 'no: notCanceller'],
    ['somebody else’s booking', { type: 'cancel', by: ben, reason: 'x' }, 'approved', 'no: notCanceller'],
    ['somebody else’s booking', { type: 'offerHandover', by: rae, to: eve }, 'approved', 'no: notHost'],
    ['to themselves', { type: 'offerHandover', by: ann, to: ann }, 'approved', 'no: toYourself'],
    ['without being asked', { type: 'acceptHandover', by: cem }, 'approved', 'no: noHandover'],
    ['for another', { type: 'decline', by: ann }, 'approved', 'no: notAttendee'],
  ])('%s: %j', (_, command, state, refused) => {
    expect(outcome({ state: states[state] }, command)).toBe(refused);
  });

  test('an admin may cancel what they do not review', () => {
    expect(outcome({ state: states.approved }, { type: 'cancel', by: ada, reason: 'Fire' })).toBe(
      'cancelled',
    );
  });
});

describe('[2.2] a click on an older form', () => {
  const changing = approved({ change: aChange({ asOf: 4 }) });
  const cancelling = approved({ cancellation: aCancellation({ asOf: 4 }) });

  test.each<[string, State, Command, string]>([
    ['of a request', requested({ asOf: 4 }), { type: 'approve', by: rae, asOf: 3 }, 'no: changedSince'],
    ['of a change', changing, { type: 'approve', by: rae, asOf: 3 }, 'no: changedSince'],
    ['of a change', changing, { type: 'reject', by: rae, asOf: 1, reason: 'x' }, 'no: changedSince'],
    [
      'of a request',
      requested({ asOf: 4 }),
      { type: 'ask', by: rae, asOf: 1, text: 'x' },
      'no: changedSince',
    ],
    ['of a request', requested({ asOf: 4 }), { type: 'escalate', asOf: 1 }, 'no: notDue'],
    ['of a cancellation', cancelling, { type: 'confirmCancel', by: rae, asOf: 3 }, 'no: decided'],
    ['of a cancellation', cancelling, { type: 'confirmCancel', by: null, asOf: 3 }, 'no: decided'],
    ['none', requested({ asOf: 4 }), { type: 'approve', by: rae, asOf: 4 }, 'approved'],
    ['none', changing, { type: 'approve', by: rae, asOf: 4 }, 'changeApproved'],
    ['none', cancelling, { type: 'confirmCancel', by: rae, asOf: 4 }, 'cancelled'],
  ])('%s does nothing: %j %j', (_, state, command, result) => {
    expect(outcome({ revision: 9, state }, command)).toBe(result);
  });

  test('it escalates once', () => {
    expect(outcome({ state: requested({ escalated: true }) }, { type: 'escalate', asOf: 1 })).toBe(
      'no: notDue',
    );
  });
});

describe('[2.2] where two have to approve', () => {
  const two = (...given: Array<[string, string?]>) =>
    requested({
      review: {
        needed: 2,
        given: given.map(([by, other]) => ({
          by: person(by),
          for: other ? person(other) : null,
          at: tuesday,
        })),
      },
    });
  const deciders = [decider('rae'), decider('roy'), decider('ada', 'rae'), decider('eve', 'roy')];

  test.each<[string, State, string, string]>([
    ['the first is one of two', two(), 'rae', 'seconded'],
    ['the second approves', two(['rae']), 'roy', 'approved'],
    ['nobody is both', two(['rae']), 'rae', 'no: givenAlready'],
    ['[7.1] a substitute is not a second of the same', two(['rae']), 'ada', 'no: givenAlready'],
    ['[7.1] nor the one for whom a substitute has approved', two(['ada', 'rae']), 'rae', 'no: givenAlready'],
    ['[7.1] two substitutes for two are two', two(['ada', 'rae']), 'eve', 'approved'],
    ['[7.1] a substitute and another are two', two(['roy']), 'ada', 'approved'],
  ])('%s', (_, state, by, result) => {
    expect(outcome({ state }, { type: 'approve', by: person(by), asOf: 1 }, { deciders })).toBe(result);
  });

  test('one says no, and it is rejected', () => {
    expect(outcome({ state: two(['rae']) }, { type: 'reject', by: roy, asOf: 1, reason: 'No' })).toBe(
      'rejected',
    );
  });

  test('the same holds for a change', () => {
    const state = approved({ change: aChange({ review: two(['rae']).review }) });
    expect(outcome({ state }, approve)).toBe('no: givenAlready');
    expect(outcome({ state }, { ...approve, by: roy })).toBe('changeApproved');
  });

  test('[7.1] what a substitute does is recorded as done for whom', () => {
    const decision = decideChange(
      aBooking(),
      { type: 'approve', by: ada, asOf: 1 },
      { ...changeFacts, deciders },
      noon,
    );
    expect(decision).toMatchObject({ ok: true, events: [{ type: 'approved', by: ada, for: rae }] });
  });
});

describe('[2.2] [2.5] what has to be written', () => {
  test.each<[string, StateName, (text: string) => Command]>([
    ['a rejection', 'requested', (reason) => ({ type: 'reject', by: rae, asOf: 1, reason })],
    ['the rejection of a change', 'changing', (reason) => ({ type: 'reject', by: rae, asOf: 1, reason })],
    ['a question', 'requested', (text) => ({ type: 'ask', by: rae, asOf: 1, text })],
    ['an answer', 'questioned', (text) => ({ type: 'answer', by: ann, text })],
    ['a cancellation', 'approved', (reason) => ({ type: 'cancel', by: ann, reason })],
  ])('%s is 1 to 500 characters long', (_, state, command) => {
    const said = (text: string) => outcome({ state: states[state] }, command(text));
    for (const text of ['', '  \n ', 'x'.repeat(501)])
      expect(said(text)).toMatch(/^no: (reason|question|answer)$/);
    expect(said(` ${'x'.repeat(500)} `)).not.toMatch(/^no/);
  });
});

describe('[2.5] a cancellation', () => {
  const decide = (now: number, its: Partial<Booking> = {}, rules = changeFacts.rules) =>
    decideChange(aBooking({ state: approved(), ...its }), cancel, { ...changeFacts, rules }, now);

  test.each<[string, number, object]>([
    ['waits for the reviewers for the configured time', noon, { due: noon + 30 * minute, late: false }],
    ['but no longer than until the start', start - 10 * minute, { due: start, late: true }],
    ['just in time is not late', start - 120 * minute, { due: start - 90 * minute, late: false }],
    ['later than the notice is late', start - 119 * minute, { due: start - 89 * minute, late: true }],
  ])('%s', (_, now, its) => {
    expect(decide(now)).toMatchObject({ ok: true, events: [{ type: 'cancelRequested', ...its }] });
  });

  test('holds at once where the rules want no confirmation', () => {
    const rules = { cancelMinutes: 0, lateMinutes: 120 };
    expect(decide(noon, {}, rules)).toMatchObject({
      events: [{ type: 'cancelled', by: ann, asked: ann, reason: 'Ill', late: false }],
    });
  });

  test('holds once its time has run out, not before, and by nobody', () => {
    const state = approved({ cancellation: aCancellation({ due: noon, late: true }) });
    expect(outcome({ state }, timeOut, { now: noon - 1 })).toBe('no: notDue');
    expect(decideChange(aBooking({ state }), timeOut, changeFacts, noon)).toEqual({
      ok: true,
      events: [{ type: 'cancelled', by: null, for: null, asked: ann, at: noon, reason: 'Ill', late: true }],
    });
  });

  test('of a reviewer has their own reason, whatever the host wanted', () => {
    const decision = decideChange(
      aBooking({ state: states.cancelling }),
      { type: 'cancel', by: rae, reason: 'Pipes' },
      changeFacts,
      noon,
    );
    expect(decision).toMatchObject({ events: [{ type: 'cancelled', by: rae, asked: rae, reason: 'Pipes' }] });
  });
});

describe('[2.4] a handover', () => {
  const offered = { handover: { to: cem, at: tuesday } };
  const end = at('2026-12-01T16:00');

  test.each<[string, Partial<Booking>, Command, number, string]>([
    ['accepted', { state: approved() }, { type: 'acceptHandover', by: cem }, noon, 'handedOver'],
    ['declined', { state: approved() }, { type: 'declineHandover', by: cem }, noon, 'handoverDeclined'],
    ['of a request', { state: requested() }, { type: 'acceptHandover', by: cem }, noon, 'handedOver'],
    ['by another', { state: approved() }, { type: 'acceptHandover', by: eve }, noon, 'no: noHandover'],
    ['while it runs', { state: approved() }, { type: 'acceptHandover', by: cem }, end - 1, 'handedOver'],
    ['after the end', { state: approved() }, { type: 'acceptHandover', by: cem }, end, 'no: over'],
    [
      'while it is cancelled',
      { state: states.cancelling },
      { type: 'acceptHandover', by: cem },
      noon,
      'no: cancelling',
    ],
    [
      'declined while it is cancelled',
      { state: states.cancelling },
      { type: 'declineHandover', by: cem },
      noon,
      'handoverDeclined',
    ],
  ])('%s', (_, its, command, now, result) => {
    expect(outcome({ ...offered, ...its }, command, { now })).toBe(result);
  });
});

test('[2.7] whoever has said that they can’t come says so once, and can take it back', () => {
  const [no, yes]: Command[] = [
    { type: 'decline', by: ben },
    { type: 'undecline', by: ben },
  ];
  const [coming, not] = [{ state: approved() }, { state: approved(), declined: [ben] }];
  expect([outcome(coming, no as Command), outcome(not, no as Command)]).toEqual(['declined', '']);
  expect([outcome(coming, yes as Command), outcome(not, yes as Command)]).toEqual(['', 'undeclined']);
});

test('[2.2] a proposal can be taken until it would begin', () => {
  const now = aProposal().start;
  expect(outcome({ state: states.proposed }, { type: 'acceptProposal', by: ann }, { now: now - 1 })).toBe(
    'proposalAccepted',
  );
  expect(outcome({ state: states.proposed }, { type: 'acceptProposal', by: ann }, { now })).toBe(
    'no: tooLate',
  );
  expect(outcome({ state: states.proposed }, { type: 'declineProposal', by: ann }, { now })).toBe(
    'proposalDeclined',
  );
});

test('[2.4] a change expires at the earlier of its start and that of the booking', () => {
  const state = approved({ change: aChange({ to: aRequest({ start: noon, end: noon + 60 * minute }) }) });
  expect(outcome({ state }, { type: 'expire' }, { now: noon - 1 })).toBe('no: notDue');
  expect(outcome({ state }, { type: 'expire' }, { now: noon })).toBe('changeExpired');
  expect(outcome({ state }, approve, { now: noon })).toBe('no: tooLate');
});

describe('[2.1] a request', () => {
  const request = (
    details = aRequest(),
    its = {},
    occurrence: { series: SeriesId; day: string } | null = null,
  ) =>
    decideRequest(
      { type: 'request', id: 'b1' as BookingId, number: 1001, details, occurrence },
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

  test('[2.2] is approved by the rule that says so, and needs two where it says that', () => {
    const rule = { name: 'Small', when: {}, decision: 'approve' as const };
    expect(request(aRequest(), { verdict: { decision: 'approve', rule }, deciders: [] })).toMatchObject({
      ok: true,
      events: [{ type: 'requested' }, { type: 'approved', by: null, for: null, rule: 'Small' }],
    });
    const deciders = [decider('rae'), decider('roy')];
    expect(request(aRequest(), { verdict: { decision: 'askTwo', rule: null }, deciders })).toMatchObject({
      events: [{ type: 'requested', booking: { state: { review: { needed: 2, given: [] } } } }],
    });
  });

  test('[2.1] as an occurrence knows its series and its day', () => {
    const occurrence = { series: 's1' as SeriesId, day: '2026-12-01' };
    expect(request(aRequest(), {}, occurrence)).toMatchObject({
      events: [{ booking: { series: 's1', occurrence: '2026-12-01' } }],
    });
  });
});
