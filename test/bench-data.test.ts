import { expect, test } from '@jest/globals';
import { bookingsOf, type Made } from '../bench/data/bookings.ts';
import { firmOf, zoneOf } from '../bench/data/firm.ts';
import { livedBy } from '../bench/data/history.ts';
import { hour } from '../src/core/clock.ts';
import { toLocal, weekdayOf } from '../src/core/time.ts';

/* The data that is measured with: figures say nothing where it is not as in real use, or not the same each time. */

const firm = firmOf(10_000, Date.UTC(2026, 10, 24));
const all = [...bookingsOf(firm)];
const held = all.filter(({ kind }) => kind === 'approved' || kind === 'requested');

test('bench: as many bookings as were asked for, the same each time', () => {
  expect(all).toHaveLength(10_000);
  expect(JSON.stringify([...bookingsOf(firm)]) === JSON.stringify(all)).toBe(true);
});

test('bench: no room is held twice, and all meet in office hours on the room’s clock', () => {
  for (const its of Map.groupBy(held, (it) => it.room).values()) {
    const inOrder = its.toSorted((a, b) => a.start - b.start);
    for (const [n, { start }] of inOrder.entries())
      expect(start).toBeGreaterThanOrEqual(inOrder[n - 1]?.end ?? 0);
  }
  const wrong = all.filter(({ room, start, end, date }) => {
    const begins = toLocal(start, zoneOf(room));
    return begins.minutes < 8 * 60 || end - start > 4 * hour || weekdayOf(date) > 5 || begins.date !== date;
  });
  expect(wrong).toEqual([]);
});

test('bench: past and ahead, in series and not, decided and waiting', () => {
  const share = (of: (it: Made) => boolean) => all.filter(of).length / all.length;
  expect(share(({ start }) => start > firm.now)).toBeGreaterThan(0.14);
  expect(share(({ series }) => series !== null)).toBeGreaterThan(0.15);
  expect(share(({ kind }) => kind === 'approved')).toBeGreaterThan(0.7);
  for (const kind of ['requested', 'rejected', 'cancelled', 'withdrawn', 'expired'] as const)
    expect(share((it) => it.kind === kind)).toBeGreaterThan(0.0005);
  expect(all.filter((it) => it.kind === 'requested' && it.start <= firm.now)).toEqual([]);
  expect(all.filter((it) => it.kind === 'expired' && it.start > firm.now)).toEqual([]);
});

test('bench: each has come to its state by the steps of its record, in order', () => {
  for (const made of all) {
    const { booking, steps } = livedBy(firm, made);
    expect(steps.at(-1)?.to).toBe(booking.state.kind);
    expect(steps.map((step) => step.at)).toEqual(steps.map((step) => step.at).toSorted((a, b) => a - b));
    expect(booking.revision).toBe(steps.length);
    expect(Math.max(...steps.map((step) => step.at))).toBeLessThanOrEqual(firm.now);
  }
});

test('bench: a larger firm gives nobody more of their own', () => {
  const large = firmOf(1_000_000, firm.now);
  expect(large.bookings / large.rooms).toBe(firm.bookings / firm.rooms);
  expect(large.bookings / large.people).toBe(firm.bookings / firm.people);
});
