import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aBooking, at, local, tuesday } from '../../../test/support/examples.ts';
import { hour, minute } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import { type Booking, changedFields, detailFields, detailsOf } from '../booking/index.ts';
import { aheadFrom, changeBetween, changed, typical } from './change.ts';
import { repattern } from './repattern.ts';

const zone = 'Europe/Berlin';
const dated = (day: string, its: Partial<Booking> = {}, time = '09:00', in_ = zone): Booking => {
  const start = at(`${day}T${time}`, in_);
  return aBooking({ occurrence: day, start, end: start + hour, ...its });
};
const base = dated('2026-12-02');
const later = { ...detailsOf(base), start: base.start + hour, end: base.end + hour };

describe('[2.4] what a change makes of one date', () => {
  test('names what differs, times by the wall clock', () => {
    expect(changeBetween(base, detailsOf(base), zone).fields).toEqual([]);
    expect(changeBetween(base, later, zone)).toMatchObject({ fields: ['start'], time: '10:00', minutes: 60 });
    expect(changeBetween(base, { ...detailsOf(base), end: base.end + hour }, zone).fields).toEqual(['end']);
    expect(changeBetween(base, { ...detailsOf(base), topic: 'Other', headcount: 4 }, zone).fields).toEqual([
      'topic',
      'headcount',
    ]);
  });

  test.each([
    ['Europe/Berlin', '2027-03-28'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2027-03-14'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Australia/Lord_Howe', '2027-04-04'],
  ])('%s: moved from 09:00 to 14:00 is 14:00 on the day of a change of the clock, %s', (in_, day) => {
    const model = dated('2026-12-01', {}, '09:00', in_);
    const to = { ...detailsOf(model), start: model.start + 5 * hour, end: model.end + 5 * hour };
    const change = changeBetween(model, to, in_);
    for (const time of ['09:00', '00:15']) {
      const moved = changed(dated(day, {}, time, in_), change, in_, false).to;
      expect([local(moved.start, in_), moved.end - moved.start]).toEqual([`${day}T14:00`, hour]);
    }
  });

  test('a moved date keeps its time where it was set by hand, unless the change goes over it', () => {
    const exception = dated('2026-12-09', { overrides: ['start', 'end'] }, '15:00');
    const change = changeBetween(base, { ...later, topic: 'Other' }, zone);
    const kept = changed(exception, change, zone, false);
    expect([local(kept.to.start), kept.to.topic, kept.kept]).toEqual([
      '2026-12-09T15:00',
      'Other',
      ['start'],
    ]);
    const over = changed(exception, change, zone, true);
    expect([local(over.to.start), over.kept]).toEqual(['2026-12-09T10:00', []]);
  });

  test('a change that waits for review is taken as the date’s present form', () => {
    const to = { ...detailsOf(base), topic: 'Asked for' };
    const review = { needed: 1, given: [] };
    const waiting = dated('2026-12-09', {
      state: {
        kind: 'approved',
        by: null,
        for: null,
        rule: null,
        at: tuesday,
        cancellation: null,
        change: { asOf: 2, at: tuesday, to, review, escalated: false, apart: true },
      },
    });
    const change = changeBetween(base, { ...detailsOf(base), topic: 'Other', headcount: 5 }, zone);
    expect(changed(waiting, change, zone, false)).toMatchObject({
      to: { topic: 'Asked for', headcount: 5 },
      kept: ['topic'],
    });
  });

  test('what is kept never changes, and everything else of the change does', () => {
    const overrides = fc.subarray([...detailFields]);
    fc.assert(
      fc.property(
        overrides,
        fc.integer({ min: -8, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (by, shift, length) => {
          const booking = dated('2026-12-09', { overrides: by, topic: 'Mine', headcount: 7 });
          const start = base.start + shift * 15 * minute;
          const to = {
            ...detailsOf(base),
            start,
            end: start + length * 15 * minute,
            topic: 'Other',
            room: 'b' as RoomId,
          };
          const change = changeBetween(base, to, zone);
          const result = changed(booking, change, zone, false);
          expect(result.kept).toEqual(change.fields.filter((field) => by.includes(field)));
          const differs = changedFields(booking, result.to);
          // An end that is kept is a length: it moves along with the start.
          for (const field of result.kept) if (field !== 'end') expect(differs).not.toContain(field);
          if (!by.includes('room')) expect(result.to.room).toBe('b');
          expect(result.to.headcount).toBe(7);
        },
      ),
    );
  });
});

describe('[2.4] which dates a change is about', () => {
  const [first, second, third] = [
    dated('2026-12-02', { overrides: ['topic'] }),
    dated('2026-12-09'),
    dated('2026-12-16', { state: { kind: 'withdrawn', by: base.host, at: tuesday } }),
  ];
  const them = [first, second, third];

  test('those of the host that live and are ahead, from a day on', () => {
    const ahead = (its: { from?: string; now?: number; by?: string }) =>
      aheadFrom(them, { by: base.host, from: '', now: tuesday, ...its });
    expect(ahead({})).toEqual([first, second]);
    expect(ahead({ from: '2026-12-03' })).toEqual([second]);
    expect(ahead({ now: first.start })).toEqual([second]);
    expect(ahead({ by: 'ben' })).toEqual([]);
  });

  test('the next that nothing was changed on by hand stands for them', () => {
    expect(typical([first, second])).toBe(second);
    expect(typical([first])).toBe(first);
    expect(typical([])).toBeNull();
  });

  test('another recurrence: what stays, ends, is new, and what never comes back', () => {
    const on = (day: string) => ({ day, start: at(`${day}T09:00`), end: at(`${day}T10:00`) });
    const dates = ['2026-11-30', '2026-12-10', '2026-12-16'].map(on);
    expect(repattern(them, dates, { by: base.host, now: tuesday })).toEqual({
      stay: [],
      exceptions: [first],
      end: [second],
      add: [on('2026-12-10')],
    });
  });
});
