import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aRoom, at } from '../../../test/support/examples.ts';
import { approvals, aRule } from '../../../test/support/rules.ts';
import { hour } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import {
  type ApprovalWhen,
  approvalDecisions,
  type Candidate,
  isWorkingTime,
  judge,
  mismatches,
} from './approval.ts';
import { defaultRules } from './domain.ts';

const now = at('2026-12-01T09:00');
/** An hour for four in the Alps, asked for a day before. */
const candidate = (its: Partial<Candidate> = {}): Candidate => ({
  room: aRoom(),
  start: at('2026-12-02T09:00'),
  end: at('2026-12-02T10:00'),
  headcount: 4,
  roles: ['trainer'],
  department: 'Sales',
  ...its,
});
const failing = (when: ApprovalWhen, its: Partial<Candidate> = {}) =>
  mismatches(aRule({ when }), candidate(its), defaultRules, now);

describe('[2.2] conditions of a rule of approval', () => {
  test('a rule without conditions matches every request', () => {
    expect(failing({})).toEqual([]);
  });

  test.each<[fulfilled: ApprovalWhen, not: ApprovalWhen]>([
    [{ sites: ['Taipei', 'berlin '] }, { sites: ['Taipei'] }],
    [{ rooms: ['jade' as RoomId, 'alps' as RoomId] }, { rooms: ['jade' as RoomId] }],
    [{ kinds: ['physical', 'online'] }, { kinds: ['online', 'hybrid'] }],
    [{ minMinutes: 60 }, { minMinutes: 61 }],
    [{ maxMinutes: 60 }, { maxMinutes: 59 }],
    [{ minHeadcount: 4 }, { minHeadcount: 5 }],
    [{ maxHeadcount: 4 }, { maxHeadcount: 3 }],
    [{ roles: ['admin', 'trainer'] }, { roles: ['admin'] }],
    [{ departments: ['ＳＡＬＥＳ'] }, { departments: ['Research'] }],
    [{ minLead: 1440 }, { minLead: 1441 }],
    [{ maxLead: 1440 }, { maxLead: 1439 }],
    [{ workingHours: true }, { workingHours: false }],
  ])('%j is fulfilled, %j is not', (fulfilled, not) => {
    expect(failing(fulfilled)).toEqual([]);
    expect(failing(not)).toEqual(Object.keys(not));
  });

  test('every condition that fails is named, in the order in which they are shown', () => {
    expect(failing({ maxLead: 60, maxHeadcount: 3, minMinutes: 60, sites: ['Taipei'] })).toEqual([
      'sites',
      'maxHeadcount',
      'maxLead',
    ]);
  });

  test('who has no department and no role has none of those asked for', () => {
    const nobody = { department: null, roles: [] };
    expect(failing({ departments: ['Sales'], roles: ['admin'] }, nobody)).toEqual(['roles', 'departments']);
  });
});

describe('[2.2] working hours, on the clock of the room', () => {
  const within = (start: string, end: string, hours = {}, zone = 'Europe/Berlin') =>
    isWorkingTime(at(start, zone), at(end, zone), zone, { ...defaultRules, ...hours });

  test.each([
    ['all of it on a working day', '2026-12-02T09:00', '2026-12-02T18:00', true],
    ['begins too early', '2026-12-02T08:59', '2026-12-02T10:00', false],
    ['ends too late', '2026-12-02T17:00', '2026-12-02T18:01', false],
    ['on a Saturday', '2026-12-05T10:00', '2026-12-05T11:00', false],
    ['over a night', '2026-12-02T17:00', '2026-12-03T10:00', false],
  ])('%s', (_, start, end, inside) => {
    expect(within(start, end)).toBe(inside);
  });

  test('where people work round the clock, a night is no break, and a day off still is', () => {
    const always = { workFrom: 0, workUntil: 1440 };
    expect(within('2026-12-02T22:00', '2026-12-03T02:00', always)).toBe(true);
    expect(within('2026-12-02T22:00', '2026-12-03T00:00', always)).toBe(true);
    expect(within('2026-12-04T22:00', '2026-12-05T02:00', always)).toBe(false);
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'the wall clock counts, over both changes of it: %s',
    (zone) => {
      const hours = { workDays: [1, 2, 3, 4, 5, 6, 7] };
      for (const day of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      ]) {
        expect(within(`${day}T09:00`, `${day}T18:00`, hours, zone)).toBe(true);
        expect(within(`${day}T08:00`, `${day}T10:00`, hours, zone)).toBe(false);
      }
    },
  );

  test('the same moment is inside in one city and outside in another', () => {
    const start = at('2026-12-02T10:00');
    const inside = (zone: string) =>
      failing({ workingHours: true }, { room: aRoom({ zone }), start, end: start + hour });
    expect([inside('Europe/Berlin'), inside('America/New_York')]).toEqual([[], ['workingHours']]);
  });
});

describe('[2.2] the first rule that matches decides', () => {
  const candidates: fc.Arbitrary<Candidate> = fc.record({
    room: fc.constantFrom(
      aRoom(),
      aRoom({ id: 'jade' as RoomId, site: 'Taipei', zone: 'Asia/Taipei', kind: 'hybrid' }),
    ),
    start: fc.integer({ min: 1, max: 72 }).map((hours) => now + hours * hour),
    end: fc.constant(0),
    headcount: fc.integer({ min: 1, max: 13 }),
    roles: fc.subarray(['admin', 'custodian'] as const),
    department: fc.constantFrom(null, 'Sales', '研發'),
  });
  const requests = fc
    .tuple(candidates, fc.integer({ min: 1, max: 4 }))
    .map(([it, halves]) => ({ ...it, end: it.start + (halves * hour) / 2 }));

  test('none matches: a reviewer is asked', () => {
    const rules = { ...defaultRules, approval: [aRule()] };
    expect(judge(candidate(), rules, now)).toEqual({ decision: 'ask', rule: null });
  });

  test('no rule before the one that decides matches, and it matches itself', () => {
    fc.assert(
      fc.property(approvals, requests, (approval, request) => {
        const { decision, rule } = judge(request, { ...defaultRules, approval }, now);
        const place = rule ? approval.indexOf(rule) : approval.length;
        const fits = (it: (typeof approval)[number]) =>
          mismatches(it, request, defaultRules, now).length === 0;
        expect(approval.slice(0, place).some(fits)).toBe(false);
        expect(decision).toBe(rule?.decision ?? 'ask');
        if (rule) expect(fits(rule)).toBe(true);
      }),
    );
  });

  test('what stands behind the rule that decides makes no difference', () => {
    fc.assert(
      fc.property(approvals, approvals, requests, (approval, more, request) => {
        const first = judge(request, { ...defaultRules, approval }, now);
        const all = judge(request, { ...defaultRules, approval: [...approval, ...more] }, now);
        if (first.rule) expect(all).toEqual(first);
      }),
    );
  });

  test('the same length and headcount are decided in each of the four ways by their rules', () => {
    const decided = approvalDecisions.map(
      (decision) =>
        judge(candidate(), { ...defaultRules, approval: [aRule({ when: {}, decision })] }, now).decision,
    );
    expect(decided).toEqual(['approve', 'ask', 'askTwo', 'refuse']);
  });
});
