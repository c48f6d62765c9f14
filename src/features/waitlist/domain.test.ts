import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aRequest, at, person, tuesday } from '../../../test/support/examples.ts';
import { minute } from '../../core/clock.ts';
import type { BookingId, WaitlistId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import {
  type Command,
  decide,
  decideJoin,
  type Entry,
  evolve,
  offerEnds,
  placeInQueue,
  type State,
} from './domain.ts';

const details = aRequest();
const until = tuesday + 15 * minute;
const states: State[] = [
  { kind: 'waiting' },
  { kind: 'offered', until },
  { kind: 'taken', booking: 'b1' as BookingId },
  { kind: 'left' },
  { kind: 'lapsed' },
];
const anEntry = (its: Partial<Entry> = {}): Entry => ({
  id: 'w1' as WaitlistId,
  host: details.host,
  room: details.room,
  start: details.start,
  end: details.end,
  details,
  joinedAt: tuesday,
  revision: 1,
  state: { kind: 'waiting' },
  ...its,
});

const [ann, ben] = [person('ann'), person('ben')];
const booking = 'b2' as BookingId;
const commands: Command[] = [
  { type: 'offer', until },
  { type: 'take', by: ann, booking },
  { type: 'take', by: ann, booking: null },
  { type: 'take', by: ben, booking },
  { type: 'leave', by: ann },
  { type: 'leave', by: ben },
  { type: 'lapse' },
];

describe('[2.1] every command in every state', () => {
  const outcomes = (state: State, now: number) =>
    commands.map((command) => {
      const decision = decide(anEntry({ state }), command, now);
      if (!decision.ok) return decision.refusal.key.replace('waitlist.refused.', '');
      return decision.events.map((event) => evolve(anEntry({ state }), event).state.kind).join();
    });

  test.each([
    ['waiting', tuesday, ['offered', 'notYet', 'notYet', 'notYours', 'left', 'notYours', 'over']],
    ['offered', tuesday, ['over', 'taken', 'lapsed', 'notYours', 'left', 'notYours', 'over']],
    ['waiting', details.start, ['over', 'notYet', 'notYet', 'notYours', 'left', 'notYours', 'lapsed']],
    ['offered', until - 1, ['over', 'taken', 'lapsed', 'notYours', 'left', 'notYours', 'over']],
    ['offered', until, ['over', 'over', 'over', 'notYours', 'left', 'notYours', 'lapsed']],
    ['taken', until, ['over', 'over', 'over', 'notYours', 'over', 'notYours', 'over']],
    ['left', until, ['over', 'over', 'over', 'notYours', 'over', 'notYours', 'over']],
    ['lapsed', until, ['over', 'over', 'over', 'notYours', 'over', 'notYours', 'over']],
  ])('%s at %d: %j', (kind, now, expected) => {
    expect(outcomes(states.find((it) => it.kind === kind) as State, now)).toEqual(expected);
  });

  test('what has ended takes no event, and what was not offered is not taken', () => {
    for (const state of states.slice(2)) expect(() => evolve(anEntry({ state }), { type: 'left' })).toThrow();
    expect(() => evolve(anEntry(), { type: 'taken', booking })).toThrow();
  });
});

describe('[2.1] joining', () => {
  const taken: Refusal = { key: 'booking.refused.taken', field: 'room' };
  const joined = (refusal: Refusal | null, mine: Entry[] = [], booked = false) => {
    const decision = decideJoin('w2' as WaitlistId, details, { refusal, mine, booked }, tuesday);
    return decision.ok ? decision.entry : decision.refusal.key;
  };

  test('is for what is taken, and only for that', () => {
    expect(joined(taken)).toEqual(anEntry({ id: 'w2' as WaitlistId }));
    expect(joined(null)).toBe('waitlist.refused.free');
    expect(joined({ key: 'booking.refused.closed' })).toBe('booking.refused.closed');
    expect(joined(taken, [], true)).toBe('waitlist.refused.booked');
  });

  test('once for the same room and time, but again after it is over', () => {
    expect(joined(taken, [anEntry()])).toBe('waitlist.refused.already');
    expect(joined(taken, [anEntry({ state: { kind: 'left' } })])).toMatchObject({ id: 'w2' });
    expect(joined(taken, [anEntry({ end: details.end + minute })])).toMatchObject({ id: 'w2' });
  });
});

describe('[2.1] how long an offer holds', () => {
  test.each([
    [24 * 60, 15, 15],
    [60, 15, 15],
    [40, 15, 10],
    [8, 15, 2],
    [4, 15, 2],
    [1, 15, 1],
    [60, 1, 1],
    [120, 60, 30],
  ])('%d min before the start, %d min configured: %d min', (left, configured, minutes) => {
    expect(offerEnds(tuesday, tuesday + left * minute, configured)).toBe(tuesday + minutes * minute);
  });

  test('some time, and never beyond the start nor what is configured', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 240 }), (left, most) => {
        const lasts = offerEnds(tuesday, tuesday + left, most) - tuesday;
        expect(lasts).toBeGreaterThan(0);
        expect(lasts).toBeLessThanOrEqual(Math.min(left, most * minute));
      }),
    );
  });
});

test('[2.1] the place in the queue counts those before who want the same time', () => {
  const from = (id: string, start: string, end: string, its: Partial<Entry> = {}) =>
    anEntry({ id: id as WaitlistId, start: at(`2026-12-01T${start}`), end: at(`2026-12-01T${end}`), ...its });
  const queue = [
    from('a', '10:00', '11:00', { state: { kind: 'offered', until } }),
    from('b', '11:00', '12:00'),
    from('c', '10:30', '11:30', { state: { kind: 'left' } }),
    from('d', '10:30', '11:30'),
    from('e', '10:30', '11:30', { room: 'other' as Entry['room'] }),
  ];
  const places = (buffer: number) => queue.map((it) => placeInQueue(it, queue, buffer));
  expect(places(0)).toEqual([1, 1, 3, 3, 1]);
  expect(places(15)).toEqual([1, 2, 3, 3, 1]);
});
