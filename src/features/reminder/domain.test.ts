import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { day, hour, minute } from '../../core/clock.ts';
import { isOvertaken, plan } from './domain.ts';

const start = 100 * day;
const leads = [1440, 15];

describe('[2.7] the plan of reminders', () => {
  test.each([
    ['both', start - 3 * day, [1440, 15]],
    ['the last one where the day before has passed', start - 2 * hour, [15]],
    ['the last one where the day before is just now', start - day, [15]],
    ['none where it begins in a moment', start - 10 * minute, []],
    ['none where it has begun', start + minute, []],
  ])('%s', (_, now, planned) => {
    expect(plan(start, leads, now).map(({ lead }) => lead)).toEqual(planned);
  });

  test('every reminder is due as long before the start as it says, and in the future', () => {
    const lead = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.array(lead), fc.integer({ min: 0, max: 10_000 }), (leads, before) => {
        const now = start - before * minute;
        const planned = plan(start, leads, now);
        expect(planned.map(({ lead }) => lead)).toEqual(leads.filter((lead) => lead < before));
        for (const { lead, due } of planned) expect([start - due, due > now]).toEqual([lead * minute, true]);
      }),
    );
  });
});

describe('[2.7] a late reminder', () => {
  test.each([
    ['a day before, an hour late', 1440, start - 23 * hour, false],
    ['a day before, but the next is due as well', 1440, start - 15 * minute, true],
    ['15 minutes before, 5 minutes late', 15, start - 10 * minute, false],
    ['15 minutes before, but it has begun', 15, start, true],
  ])('%s', (_, lead, now, overtaken) => {
    expect(isOvertaken(start, lead, leads, now)).toBe(overtaken);
  });

  test('at any time before the start at most one of those that are due still says something', () => {
    const lead = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.uniqueArray(lead), fc.integer({ min: 1, max: 6000 }), (leads, before) => {
        const now = start - before * minute;
        const due = leads.filter((lead) => start - lead * minute <= now);
        const said = due.filter((lead) => !isOvertaken(start, lead, leads, now));
        expect(said).toEqual(due.length > 0 ? [Math.min(...due)] : []);
      }),
    );
  });
});
