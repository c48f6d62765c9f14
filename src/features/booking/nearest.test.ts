import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { aRequest, aRoom, at, local, person, requestFacts, tuesday } from '../../../test/support/examples.ts';
import { day, minute } from '../../core/clock.ts';
import type { Refusal } from '../../core/refusal.ts';
import { fromLocal, toLocal } from '../../core/time.ts';
import { equipmentKinds } from '../rooms/domain.ts';
import { defaultRules } from '../rules/domain.ts';
import type { Details, RequestFacts } from './domain.ts';
import { firstBreach, longestBooking, sensibleStart } from './policy.ts';

/*
 * A refusal names the nearest thing that would be allowed (2.1): whatever the rules, the room and the request,
 * asking again for what was offered has to get further.
 */

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Taipei', 'Asia/Kolkata'] as const;

const facts: fc.Arbitrary<RequestFacts> = fc
  .record({
    zone: fc.constantFrom(...zones),
    opens: fc.integer({ min: 4 * 60, max: 12 * 60 }),
    hours: fc.integer({ min: 30, max: 12 * 60 }),
    allDay: fc.boolean(),
    stepMinutes: fc.constantFrom(5, 15, 30, 60),
    maxSteps: fc.integer({ min: 1, max: 20 }),
    odd: fc.nat({ max: 4 }),
    horizonDays: fc.integer({ min: 1, max: 60 }),
    capacity: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ zone, opens, hours, allDay, stepMinutes, maxSteps, odd, horizonDays, capacity }) =>
    requestFacts({
      room: aRoom({ zone, capacity }),
      rules: {
        ...defaultRules,
        opens: allDay ? 0 : opens,
        closes: allDay ? 1440 : opens + hours,
        stepMinutes,
        maxMinutes: maxSteps * stepMinutes + odd,
        horizonDays,
      },
    }),
  );

/** Any minute from half a year before the clock of the request to a year after it, the changes of the clock among them. */
const now = fc.constantFrom(tuesday, at('2026-03-28T18:00'), at('2026-10-24T20:10'), at('2027-03-13T23:07'));
type Asked = { facts: RequestFacts; now: number; details: Details };

const asked: fc.Arbitrary<Asked> = fc
  .record({
    facts,
    now,
    start: fc.oneof(
      fc.integer({ min: -600, max: 3 * 1440 }),
      fc.integer({ min: -180 * 1440, max: 365 * 1440 }),
    ),
    // Mostly a length that is allowed: it is judged before the start.
    length: fc.oneof({ weight: 3, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }, fc.constant(null)),
    anyLength: fc.integer({ min: 0, max: 700 }),
    headcount: fc.nat({ max: 12 }),
    attendees: fc.nat({ max: 9 }),
    equipment: fc.subarray([...equipmentKinds]),
  })
  .map(({ facts, now, start, length, anyLength, headcount, attendees, equipment }) => {
    const { stepMinutes } = facts.rules;
    const most = longestBooking(facts.rules) / stepMinutes;
    const minutes = length === null ? anyLength : Math.max(1, Math.round(length * most)) * stepMinutes;
    const details = {
      ...aRequest({ headcount, equipment }),
      attendees: Array.from({ length: attendees }, (_, n) => person(`p${n}`)),
      start: now + start * minute,
      end: now + (start + minutes) * minute,
    };
    return { facts, now, details };
  });

/** The request with what the refusal offers in place of what was refused; null where it offers nothing. */
function asOffered(details: Details, { nearest }: Refusal, zone: string): Details | null {
  const { at, length, day, count } = nearest?.figures ?? {};
  const lasting = (start: number) => ({ ...details, start, end: start + details.end - details.start });
  if (typeof at === 'object' && 'instant' in at) return lasting(at.instant);
  if (typeof length === 'object' && 'minutes' in length)
    return { ...details, end: details.start + length.minutes * minute };
  if (typeof day === 'object' && 'day' in day)
    return lasting(fromLocal({ ...toLocal(details.start, zone), date: day.day, zone }));
  return typeof count === 'number' ? { ...details, headcount: count } : null;
}

describe('[2.1] the nearest thing that would be allowed', () => {
  test('is allowed: who follows the offers is never refused for the same reason twice', () => {
    fc.assert(
      fc.property(asked, ({ facts, now, ...it }) => {
        const reasons: string[] = [];
        let details: Details | null = it.details;
        while (details) {
          const breach = firstBreach(details, facts, now);
          if (!breach) return;
          expect(reasons).not.toContain(breach.key);
          reasons.push(breach.key);
          details = asOffered(details, breach, facts.room.zone);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a start that is offered breaks no rule about time at all', () => {
    fc.assert(
      fc.property(asked, ({ facts, now, ...it }) => {
        const { details } = it;
        const breach = firstBreach(details, facts, now);
        if (breach?.field !== 'start' || !breach.nearest) return;
        const again = firstBreach(asOffered(details, breach, facts.room.zone) as Details, facts, now);
        expect(['start', 'date', 'duration']).not.toContain(again?.field);
      }),
      { numRuns: 300 },
    );
  });

  test('of all starts within a day it is the nearest; where there is none, none is offered', () => {
    fc.assert(
      fc.property(asked, ({ facts, now, ...it }) => {
        const { details } = it;
        const breach = firstBreach(details, facts, now);
        if (breach?.field !== 'start') return;
        const wanted = Math.max(details.start, now);
        const offer = asOffered(details, breach, facts.room.zone);
        const distance = offer ? Math.abs(offer.start - wanted) : day;
        const first = Math.ceil((wanted - distance + 1) / (5 * minute)) * 5 * minute;
        for (let start = first; start < wanted + distance; start += 5 * minute)
          if (isAllowed(start, start + details.end - details.start, facts, now))
            throw new Error(`${local(start, facts.room.zone)} is nearer than ${local(offer?.start ?? 0)}`);
      }),
      { numRuns: 60 },
    );
  });
});

/** What the rules say about time, in plain words. */
function isAllowed(start: number, end: number, { room, rules }: RequestFacts, now: number): boolean {
  const [from, until] = [toLocal(start, room.zone), toLocal(end - minute, room.zone)];
  const lastDay = DateTime.fromMillis(now, { zone: room.zone }).plus({ days: rules.horizonDays });
  return (
    start > now &&
    from.minutes % rules.stepMinutes === 0 &&
    from.date <= lastDay.toFormat('yyyy-MM-dd') &&
    (rules.closes - rules.opens === 1440 ||
      (from.date === until.date && from.minutes >= rules.opens && until.minutes + 1 <= rules.closes))
  );
}

test('[2.1] the form as it is preset is allowed, at whatever moment it is opened', () => {
  const moment = fc.integer({ min: Date.UTC(2026, 0) / minute, max: Date.UTC(2028, 0) / minute });
  fc.assert(
    fc.property(facts, moment, (facts, moment) => {
      const { rules, room } = facts;
      const length = Math.floor(Math.min(30, rules.maxMinutes) / rules.stepMinutes) * rules.stepMinutes;
      fc.pre(length > 0 && rules.closes - rules.opens >= 2 * rules.stepMinutes + length);
      const now = moment * minute;
      const start = sensibleStart(now, room.zone, rules, length);
      const asked = aRequest({ start, end: start + length * minute, attendees: [], headcount: 1 });
      expect([local(start, room.zone), firstBreach(asked, facts, now)]).toEqual([
        local(start, room.zone),
        null,
      ]);
      expect(start - now).toBeGreaterThanOrEqual(5 * minute);
    }),
  );
});
