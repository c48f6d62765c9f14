import { describe, expect, test } from '@jest/globals';
import { aRequest, aRoom, at, local, person, requestFacts, tuesday } from '../../../test/support/examples.ts';
import { minute } from '../../core/clock.ts';
import type { Room } from '../rooms/domain.ts';
import { defaultRules, type Rules } from '../rules/domain.ts';
import type { Details, RequestFacts } from './domain.ts';
import { firstBreach, sensibleStart } from './policy.ts';

type Case = {
  what: string;
  asks?: Partial<Details>;
  room?: Partial<Room>;
  rules?: Partial<Rules>;
  facts?: Partial<RequestFacts>;
  now?: number;
  /** Key (after `booking.refused.`), clause, field, and the nearest thing that would be allowed. */
  is: [string, string, string, string | number | null];
};

const breachOf = ({ asks, room, rules, facts, now }: Omit<Case, 'is' | 'what'>) =>
  firstBreach(
    aRequest(asks),
    requestFacts({ room: aRoom(room), rules: { ...defaultRules, ...rules }, ...facts }),
    now ?? tuesday,
  );

/** What is offered, as people read it. */
function offered({ nearest }: NonNullable<ReturnType<typeof breachOf>>): string | number | null {
  const { at, length, day, count } = nearest?.figures ?? {};
  if (typeof at === 'object' && 'instant' in at) return local(at.instant);
  if (typeof length === 'object' && 'minutes' in length) return length.minutes;
  if (typeof day === 'object' && 'day' in day) return day.day;
  return typeof count === 'number' ? count : null;
}

const from = (start: string, minutes = 60) => ({ start: at(start), end: at(start) + minutes * minute });

test('[2.1] a request that breaks no rule is not refused', () => {
  expect(breachOf({})).toBeNull();
});

describe('[2.1] a request is refused, with the rule, its clause, the field and the nearest thing allowed', () => {
  test.each<Case>([
    { what: 'without a topic', asks: { topic: '' }, is: ['topic', '2.1', 'topic', null] },
    { what: 'a long topic', asks: { topic: '😀'.repeat(151) }, is: ['topic', '2.1', 'topic', null] },
    { what: 'a long note', asks: { note: 'x'.repeat(501) }, is: ['note', '2.1', 'note', null] },
    {
      what: 'a length off the steps',
      asks: from('2026-12-01T15:00', 50),
      is: ['lengthStep', '2.1', 'duration', 45],
    },
    { what: 'no length', asks: from('2026-12-01T15:00', 0), is: ['lengthStep', '2.1', 'duration', 15] },
    { what: 'too long', asks: from('2026-12-01T10:00', 255), is: ['tooLong', '2.1', 'duration', 240] },
    {
      what: 'too long for a room whose limit is no full number of steps',
      asks: from('2026-12-01T10:00', 60),
      rules: { maxMinutes: 50 },
      is: ['tooLong', '2.1', 'duration', 45],
    },
    {
      what: 'in the past, while the room is open',
      asks: from('2026-12-01T08:00'),
      is: ['past', '2.1', 'start', '2026-12-01T09:15'],
    },
    { what: 'just now', asks: from('2026-12-01T09:00'), is: ['past', '2.1', 'start', '2026-12-01T09:15'] },
    {
      what: 'in the past, while the room is closed',
      asks: from('2026-12-01T19:00'),
      now: at('2026-12-01T21:00'),
      is: ['past', '2.1', 'start', '2026-12-02T08:00'],
    },
    {
      what: 'off the steps',
      asks: from('2026-12-01T15:05'),
      is: ['step', '2.1', 'start', '2026-12-01T15:00'],
    },
    {
      what: 'off the steps, nearer to the next',
      asks: from('2026-12-01T15:10'),
      is: ['step', '2.1', 'start', '2026-12-01T15:15'],
    },
    {
      what: 'too far ahead',
      asks: from('2027-01-31T15:00'),
      is: ['horizon', '2.1', 'date', '2027-01-30'],
    },
    { what: 'too early', asks: from('2026-12-02T06:00'), is: ['closed', '2.1', 'start', '2026-12-02T08:00'] },
    { what: 'too late', asks: from('2026-12-01T19:30'), is: ['closed', '2.1', 'start', '2026-12-01T19:00'] },
    {
      what: 'late at night',
      asks: from('2026-12-01T23:45'),
      is: ['closed', '2.1', 'start', '2026-12-01T19:00'],
    },
    { what: 'at four', asks: from('2026-12-02T04:00'), is: ['closed', '2.1', 'start', '2026-12-02T08:00'] },
    {
      what: 'too late, where today is over as well',
      asks: from('2026-12-01T22:00'),
      now: at('2026-12-01T19:30'),
      is: ['closed', '2.1', 'start', '2026-12-02T08:00'],
    },
    {
      what: 'at night on the last day: the next morning is beyond the horizon',
      asks: from('2027-01-30T23:45'),
      rules: { opens: 0, closes: 480 },
      is: ['closed', '2.1', 'start', '2027-01-30T07:00'],
    },
    {
      what: 'outside the hours of a room that opens off the steps',
      asks: from('2026-12-02T07:00'),
      rules: { opens: 8 * 60 + 5 },
      is: ['closed', '2.1', 'start', '2026-12-02T08:15'],
    },
    {
      what: 'longer than the room is ever open',
      asks: from('2026-12-02T08:00', 120),
      rules: { opens: 480, closes: 540 },
      is: ['closed', '2.1', 'start', null],
    },
    { what: 'fewer than are invited', asks: { headcount: 1 }, is: ['headcount', '3.4', 'headcount', 2] },
    { what: 'more than there is room for', asks: { headcount: 9 }, is: ['capacity', '3.4', 'headcount', 8] },
    {
      what: 'more invited than there is room for',
      asks: { headcount: 9, attendees: Array.from({ length: 8 }, (_, n) => person(`p${n}`)) },
      is: ['capacity', '3.4', 'headcount', null],
    },
    { what: 'a room out of use', room: { active: false }, is: ['inactive', '2.1', 'room', null] },
    {
      what: 'equipment that the room lacks',
      asks: { equipment: ['projector', 'video'] },
      is: ['equipment.video', '4.1', 'equipment', null],
    },
    { what: 'where nobody could decide', facts: { deciders: [] }, is: ['nobody', '2.2', 'room', null] },
    {
      what: 'a taken room',
      facts: { taken: { until: at('2026-12-01T16:00'), nextFree: at('2026-12-01T16:15') } },
      is: ['taken', '2.1', 'room', '2026-12-01T16:15'],
    },
    {
      what: 'a room that is taken for the rest of the day',
      facts: { taken: { until: at('2026-12-01T20:00'), nextFree: null } },
      is: ['taken', '2.1', 'room', null],
    },
  ])('$what', ({ is, ...asked }) => {
    const breach = breachOf(asked);
    if (!breach) throw new Error('was not refused');
    expect([
      breach.key.replace('booking.refused.', ''),
      breach.clause,
      breach.field,
      offered(breach),
    ]).toEqual(is);
  });

  test('to the letter of the limits nothing is refused', () => {
    const allowed: Array<Omit<Case, 'is' | 'what'>> = [
      { asks: { topic: '😀'.repeat(150), note: 'x'.repeat(500) } },
      { asks: from('2026-12-01T09:15') },
      { asks: from('2026-12-02T08:00', 240) },
      { asks: from('2026-12-02T16:00', 240) },
      { asks: from('2027-01-30T15:00') },
      { asks: { headcount: 8 } },
    ];
    for (const it of allowed) expect(breachOf(it)).toBeNull();
  });

  test('hours and days are those of the room', () => {
    const taipei = { room: { zone: 'Asia/Taipei' } };
    const morning = at('2026-12-02T08:00', 'Asia/Taipei');
    expect(breachOf({ ...taipei, asks: { start: morning, end: morning + 60 * minute } })).toBeNull();
    expect(breachOf({ ...taipei, asks: from('2026-12-02T15:00') })).toMatchObject({
      key: 'booking.refused.closed',
    });
  });
});

describe('[2.1] what the form is preset to', () => {
  test.each([
    ['2026-12-01T09:00', '2026-12-01T09:15'],
    ['2026-12-01T09:10', '2026-12-01T09:15'],
    ['2026-12-01T09:11', '2026-12-01T09:30'],
    ['2026-12-01T06:00', '2026-12-01T08:00'],
    ['2026-12-01T19:20', '2026-12-01T19:30'],
    ['2026-12-01T19:40', '2026-12-02T08:00'],
    ['2026-12-01T23:58', '2026-12-02T08:00'],
    ['2026-12-31T22:00', '2027-01-01T08:00'],
  ])('at %s: %s, for half an hour', (now, start) => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'])
      expect(local(sensibleStart(at(now, zone), zone, defaultRules, 30), zone)).toBe(start);
  });
});
