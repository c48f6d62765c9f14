import { describe, expect, test } from '@jest/globals';
import { aBooking, approved, aRequest, at, requested } from '../../../test/support/examples.ts';
import {
  aCancellation,
  aChange,
  aProposal,
  aQuestion,
  people,
  stateNames,
  states,
} from '../../../test/support/states.ts';
import type { RoomId } from '../../core/ids.ts';
import {
  type Booking,
  changedFields,
  detailsOf,
  type Event,
  expiresAt,
  holdings,
  matterOf,
  reviewedRoom,
} from './domain.ts';
import { evolve } from './evolve.ts';

const { ann, ben, cem, rae, roy } = people;
const noon = at('2026-12-01T12:00');
const later = aChange().to;

test('[2.6] each event raises the revision by one and says who and when', () => {
  const event: Event = { type: 'rejected', by: rae, for: null, at: noon, reason: 'Cleaning' };
  expect(evolve(aBooking(), event)).toEqual({
    ...aBooking(),
    revision: 2,
    state: { kind: 'rejected', by: rae, for: null, at: noon, reason: 'Cleaning' },
  });
  expect(() => evolve(null, event)).toThrow('without a booking');
});

describe('[2.4] a change', () => {
  const old = aBooking({ revision: 5, state: approved() });
  const asked = evolve(old, {
    type: 'changeRequested',
    by: ann,
    at: noon,
    to: later,
    needed: 1,
    apart: false,
  });

  test('that waits leaves the booking as it is', () => {
    expect({ ...asked, state: old.state, revision: 5 }).toEqual(old);
    expect(matterOf(asked)).toEqual({ matter: 'change', asOf: 6 });
  });

  test.each<Event>([
    { type: 'changeRejected', by: rae, for: null, at: noon, reason: 'No' },
    { type: 'changeWithdrawn', by: ann, at: noon },
    { type: 'changeExpired', at: noon },
  ])('that comes to nothing leaves it as it was: $type', (event) => {
    expect(evolve(asked, event)).toEqual({ ...old, revision: 7 });
  });

  test('that is approved moves it in one step', () => {
    const event: Event = {
      type: 'changeApproved',
      by: roy,
      for: null,
      at: noon,
      from: detailsOf(old),
      to: later,
      apart: false,
    };
    const state = approved({ by: roy, at: noon });
    expect(evolve(asked, event)).toEqual({ ...old, ...later, revision: 7, state });
  });

  test('of one occurrence alone is kept from later changes of the series', () => {
    const to = { ...aRequest(), topic: 'Other', note: 'x' };
    const changed: Event = { type: 'changed', by: ann, at: noon, from: aRequest(), to, apart: true };
    const it = aBooking({ state: approved(), overrides: ['topic'] });
    expect(evolve(it, changed).overrides).toEqual(['topic', 'note']);
    expect(evolve(it, { ...changed, apart: false }).overrides).toEqual(['topic']);
  });

  test('ends with a cancellation', () => {
    const event: Event = { type: 'cancelRequested', by: ann, at: noon, reason: 'Ill', late: true, due: noon };
    expect(evolve(asked, event).state).toEqual(
      approved({ cancellation: aCancellation({ asOf: 7, at: noon, late: true, due: noon }) }),
    );
  });
});

test('[2.2] one answer is for all questions that are open, and leaves those that were answered', () => {
  const questions = [aQuestion({ answer: 'Before' }), aQuestion(), aQuestion({ by: roy })];
  const event: Event = { type: 'answered', by: ann, at: noon, text: 'So' };
  expect(evolve(aBooking({ state: requested({ questions }) }), event).state).toMatchObject({
    questions: [{ answer: 'Before' }, { answer: 'So' }, { answer: 'So' }],
  });
});

test('[2.2] a proposal that is accepted is approved by who proposed it', () => {
  const it = aBooking({ state: requested({ proposal: aProposal({ by: roy, for: rae }) }) });
  const { room, start, end } = aProposal();
  const state = approved({ by: roy, for: rae, at: noon });
  expect(evolve(it, { type: 'proposalAccepted', by: ann, at: noon })).toEqual(
    aBooking({ room, start, end, revision: 2, state }),
  );
});

describe('[2.4] under a new host', () => {
  const handedOver: Event = { type: 'handedOver', from: ann, to: rae, at: noon };
  const given = [
    { by: rae, for: null, at: noon },
    { by: roy, for: null, at: noon },
  ];
  const review = { needed: 3, given };

  test('they are no attendee any more, neither now nor after the change that waits', () => {
    const change = aChange({ to: { ...later, attendees: [ben, rae] } });
    const its = { attendees: [rae, ben], declined: [rae], handover: { to: rae, at: noon } };
    expect(evolve(aBooking({ ...its, state: approved({ change }) }), handedOver)).toMatchObject({
      host: rae,
      attendees: [ben],
      declined: [],
      handover: null,
      state: { change: { to: { host: rae, attendees: [ben] } } },
    });
  });

  test('[2.2] what they approved or proposed as a reviewer counts no more: nobody decides their own', () => {
    expect(
      evolve(aBooking({ state: requested({ review, proposal: aProposal() }) }), handedOver).state,
    ).toEqual(requested({ review: { needed: 3, given: given.slice(1) } }));
    const proposal = aProposal({ by: roy });
    expect(evolve(aBooking({ state: requested({ proposal }) }), handedOver).state).toEqual(
      requested({ proposal }),
    );
    expect(
      evolve(aBooking({ state: approved({ change: aChange({ review }) }) }), handedOver).state,
    ).toMatchObject({
      change: { review: { needed: 3, given: given.slice(1) } },
    });
  });
});

test('[2.7] whoever is no longer invited has not declined either', () => {
  const it = aBooking({ state: approved(), attendees: [ben, cem], declined: [ben] });
  const to = { ...detailsOf(it), attendees: [cem] };
  const event: Event = { type: 'changed', by: ann, at: noon, from: detailsOf(it), to, apart: false };
  expect(evolve(it, event).declined).toEqual([]);
  expect(evolve(it, { type: 'undeclined', by: ben, at: noon }).declined).toEqual([]);
});

test('[2.5] what has ended is not handed over any more', () => {
  const it = aBooking({ state: approved(), handover: { to: cem, at: noon } });
  const event: Event = {
    type: 'cancelled',
    by: rae,
    for: null,
    asked: rae,
    at: noon,
    reason: 'Pipes',
    late: false,
  };
  expect(evolve(it, event).handover).toBeNull();
});

describe('[2.1] [2.4] what is held', () => {
  const own = { room: 'alps', start: at('2026-12-01T15:00'), end: at('2026-12-01T16:00'), part: 'own' };
  const next = { room: 'alps', start: later.start, end: later.end, part: 'change' };
  const proposed = { ...aProposal(), part: 'proposal' };

  test.each(stateNames)('while it is %s', (name) => {
    const pending = { changing: [next], proposed: [{ ...proposed }] }[name as string] ?? [];
    const live = ['requested', 'approved'].includes(states[name].kind);
    expect(holdings(aBooking({ state: states[name] }))).toEqual(
      live ? [own, ...pending.map(({ room, start, end, part }) => ({ room, start, end, part }))] : [],
    );
  });

  test('a change of anything but the place needs no second one', () => {
    const change = aChange({ to: aRequest({ headcount: 5 }) });
    expect(holdings(aBooking({ state: approved({ change }) }))).toEqual([own]);
  });
});

test('[2.2] a change is for the reviewers of its new room', () => {
  const to = { ...later, room: 'fuji' as RoomId };
  const changing = aBooking({ state: approved({ change: aChange({ to }) }) });
  expect([reviewedRoom(changing), reviewedRoom(aBooking()), reviewedRoom({ room: changing.room })]).toEqual([
    'fuji',
    'alps',
    'alps',
  ]);
});

test('[2.4] what waits for a decision waits until the first of its two starts', () => {
  const change = (start: number) =>
    aBooking({ state: approved({ change: aChange({ to: { ...later, start } }) }) });
  const { start } = aBooking();
  expect([expiresAt(aBooking()), expiresAt(change(noon)), expiresAt(change(start + 1))]).toEqual([
    start,
    noon,
    start,
  ]);
});

test('[2.4] the fields that differ are named', () => {
  const before = aRequest({ attendees: [ben, cem] });
  const after: Booking = { ...aBooking(), attendees: [cem, ben], topic: 'Other', end: before.end + 1 };
  expect(changedFields(before, after)).toEqual(['topic', 'end']);
});
