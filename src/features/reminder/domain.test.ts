import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, local } from '../../../test/support/examples.ts';
import { day, hour, minute } from '../../core/clock.ts';
import { toLocal } from '../../core/time.ts';
import { isOvertaken, isQuiet, nextDigest, plan, type Quiet, silenceAround } from './domain.ts';

const zone = 'Europe/Berlin';
const start = at('2026-12-03T15:00');
const leads = [1440, 15];
const night: Quiet = { from: 22 * 60, until: 7 * 60 };
const noon: Quiet = { from: 12 * 60, until: 13 * 60 };

/** Both changes of the clock, in zones that change it at different days and hours, and one that never does. */
const changes = fc.constantFrom(
  ['Europe/Berlin', at('2026-03-29T00:00')] as const,
  ['Europe/Berlin', at('2026-10-25T00:00')] as const,
  ['America/New_York', at('2026-03-08T00:00', 'America/New_York')] as const,
  ['America/New_York', at('2026-11-01T00:00', 'America/New_York')] as const,
  ['Australia/Lord_Howe', at('2026-10-04T00:00', 'Australia/Lord_Howe')] as const,
  ['Asia/Taipei', at('2026-12-31T00:00', 'Asia/Taipei')] as const,
);
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const quietHours = fc
  .record({ from: minuteOfDay, until: minuteOfDay })
  .filter(({ from, until }) => from !== until);
const someLeads = fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 6 });

describe('[2.7] the plan of reminders', () => {
  test.each([
    ['both', start - 3 * day, [1440, 15]],
    ['the last one where the day before has passed', start - 2 * hour, [15]],
    ['the last one where the day before is just now', start - day, [15]],
    ['none where it begins in a moment', start - 10 * minute, []],
    ['none where it has begun', start + minute, []],
  ])('%s', (_, now, planned) => {
    const found = plan({ start, leads, quiet: null, zone, now });
    expect(found.map(({ due }) => (start - due) / minute)).toEqual(planned);
  });

  test.each([
    [
      'outside of quiet hours as it is',
      '2026-12-03T15:00',
      night,
      [15],
      '2026-12-01T09:00',
      ['2026-12-03T14:45'],
    ],
    ['just before the night', '2026-12-03T07:10', night, [15], '2026-12-01T09:00', ['2026-12-02T22:00']],
    [
      'after the night where it is too late for that',
      '2026-12-03T08:00',
      night,
      [90],
      '2026-12-02T23:00',
      ['2026-12-03T07:00'],
    ],
    [
      'left out where the meeting begins in the night',
      '2026-12-03T06:00',
      night,
      [15],
      '2026-12-02T23:00',
      [],
    ],
    [
      'left out where the meeting begins as the night ends',
      '2026-12-03T07:00',
      night,
      [15],
      '2026-12-02T22:00',
      [],
    ],
    [
      'at the very beginning of the quiet hours as it is',
      '2026-12-03T12:15',
      noon,
      [15],
      '2026-12-01T09:00',
      ['2026-12-03T12:00'],
    ],
    ['at their very end as it is', '2026-12-03T13:15', noon, [15], '2026-12-01T09:00', ['2026-12-03T13:00']],
    [
      'once where several come to the same moment',
      '2026-12-03T06:00',
      night,
      [300, 60, 15],
      '2026-12-01T09:00',
      ['2026-12-02T22:00'],
    ],
    [
      'after midnight, too',
      '2026-12-03T09:00',
      night,
      [540, 15],
      '2026-12-01T09:00',
      ['2026-12-02T22:00', '2026-12-03T08:45'],
    ],
  ])('%s', (_, begins, quiet, leads, now, planned) => {
    const found = plan({ start: at(begins), leads, quiet, zone, now: at(now) });
    expect(found.map(({ due }) => local(due))).toEqual(planned);
  });

  test('without quiet hours each is due as long before the start as it says, and in the future', () => {
    fc.assert(
      fc.property(someLeads, fc.integer({ min: 0, max: 3000 }), (leads, before) => {
        const now = start - before * minute;
        const planned = plan({ start, leads, quiet: null, zone, now });
        const wanted = leads.filter((lead) => lead < before).sort((a, b) => b - a);
        expect(planned.map(({ due }) => (start - due) / minute)).toEqual(wanted);
        expect(planned.every(({ due }) => due > now)).toBe(true);
      }),
    );
  });

  test('never in quiet hours, never past nor late, and each ends where the next begins, over changes of the clock', () => {
    fc.assert(
      fc.property(
        changes,
        quietHours,
        someLeads,
        fc.nat({ max: 2880 }),
        fc.nat({ max: 4000 }),
        ([zone, around], quiet, leads, after, before) => {
          const start = around + after * minute;
          const now = start - before * minute;
          const planned = plan({ start, leads, quiet, zone, now });
          for (const [n, { due, until }] of planned.entries()) {
            expect(silenceAround(quiet, zone, due)).toBeNull();
            expect([due > now, due < until, until]).toEqual([true, true, planned[n + 1]?.due ?? start]);
          }
          // None is lost but those that could only come when the meeting has begun.
          for (const lead of leads.filter((lead) => lead < before)) {
            const silence = silenceAround(quiet, zone, start - lead * minute);
            const lost = silence !== null && silence.start <= now && silence.end >= start;
            const due = silence ? (silence.start > now ? silence.start : silence.end) : start - lead * minute;
            expect(planned.some((it) => it.due === due)).toBe(!lost);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('[2.7] quiet hours', () => {
  test('are those between the two times of the wall clock', () => {
    fc.assert(
      fc.property(changes, quietHours, fc.nat({ max: 2880 }), ([zone, around], quiet, after) => {
        const at = around + 3 * day + after * minute;
        const { minutes } = toLocal(at, zone);
        const inside = isQuiet(quiet, minutes);
        expect(silenceAround(quiet, zone, at) !== null).toBe(inside);
      }),
    );
  });

  test.each([
    ['an hour shorter when the clock is put forward', '2026-03-29T04:00', 8],
    ['an hour longer when it is put back', '2026-10-25T04:00', 10],
    ['as long as ever in between', '2026-06-01T04:00', 9],
  ])('last %s', (_, moment, hours) => {
    const silence = silenceAround(night, zone, at(moment));
    expect(silence && [(silence.end - silence.start) / hour, local(silence.end).slice(11)]).toEqual([
      hours,
      '07:00',
    ]);
  });
});

describe('[2.7] a late reminder', () => {
  const [first, second] = plan({ start, leads, quiet: null, zone, now: start - 3 * day });

  test.each([
    ['a day before, an hour late', first, start - 23 * hour, false],
    ['a day before, but the next is due as well', first, start - 15 * minute, true],
    ['15 minutes before, 5 minutes late', second, start - 10 * minute, false],
    ['15 minutes before, but it has begun', second, start, true],
  ])('%s', (_, reminder, now, overtaken) => {
    expect(isOvertaken(reminder?.until ?? 0, now)).toBe(overtaken);
  });

  test('at any time before the start at most one of those that are due still says something', () => {
    fc.assert(
      fc.property(someLeads, quietHours, fc.integer({ min: 1, max: 3600 }), (leads, quiet, before) => {
        const now = start - before * minute;
        const planned = plan({ start, leads, quiet, zone, now: start - 5 * day });
        const due = planned.filter((it) => it.due <= now);
        expect(due.filter((it) => !isOvertaken(it.until, now))).toEqual(due.slice(-1));
      }),
    );
  });
});

describe('[2.7] the digest of a day', () => {
  test.each([
    ['later today', '2026-12-03T06:00', 8 * 60, '2026-12-03T08:00'],
    ['tomorrow where it is just now', '2026-12-03T08:00', 8 * 60, '2026-12-04T08:00'],
    ['at the same local time when the clock is put forward', '2026-03-28T08:00', 8 * 60, '2026-03-29T08:00'],
    ['and when it is put back', '2026-10-24T08:00', 8 * 60, '2026-10-25T08:00'],
    ['where that time is left out, as soon as it has passed', '2026-03-28T12:00', 150, '2026-03-29T03:00'],
    ['once where that time comes twice', '2026-10-25T02:30', 150, '2026-10-26T02:30'],
    ['in the next year', '2026-12-31T20:00', 8 * 60, '2027-01-01T08:00'],
  ])('%s', (_, now, digestAt, next) => {
    expect(local(nextDigest(digestAt, zone, at(now)))).toBe(next);
  });

  test('comes on each day once, over both changes of the clock', () => {
    fc.assert(
      fc.property(changes, minuteOfDay, ([zone, around], digestAt) => {
        const days: string[] = [];
        let now = around - 2 * day;
        for (let n = 0; n < 5; n++) {
          const next = nextDigest(digestAt, zone, now);
          expect(next).toBeGreaterThan(now);
          now = next;
          days.push(toLocal(now, zone).date);
        }
        const first = Date.parse(days[0] ?? '');
        expect(days.map((date) => (Date.parse(date) - first) / day)).toEqual([0, 1, 2, 3, 4]);
      }),
    );
  });
});
