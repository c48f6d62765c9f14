import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aBooking, approved, at, person, requested, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { day, hour, minute } from '../../core/clock.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Booking, Event } from '../booking/domain.ts';
import { person as people } from '../people/schema.ts';
import { bookingFigure } from './schema.ts';
import { keepFigure, recordRefusal, refusalsBetween } from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(async () => {
  temporary = temporaryDatabase();
  await temporary.db.transact((tx) =>
    tx.insert(people).values([
      { id: person('ann'), name: 'Ann', createdAt: 0, department: 'Sales' },
      { id: person('ben'), name: 'Ben', createdAt: 0, department: 'R&D' },
    ]),
  );
});
afterEach(() => temporary.remove());

const keep = (event: Event, before: Booking | null, after: Booking) =>
  temporary.db.transact((tx) => keepFigure(tx, { event, before, after }));

const asked = async (booking = aBooking()) => {
  await keep({ type: 'requested', booking }, null, booking);
  return booking;
};

const figure = async () => {
  const [found] = await temporary.db.read.select().from(bookingFigure);
  return found;
};

const later = tuesday + 20 * minute;

describe('[2.8] what is counted follows the booking', () => {
  test('a request is kept with the department that its host is in', async () => {
    const { id, room, start, end, headcount } = await asked();
    expect(await figure()).toEqual({
      ...{ booking: id, room, start, end, headcount },
      department: 'Sales',
      requestedAt: tuesday,
      decidedAt: null,
      outcome: 'requested',
    });
  });

  test.each<[string, Event, Partial<Booking>, number | null, string]>([
    [
      'approved by a reviewer',
      { type: 'approved', by: person('rae'), for: null, rule: null, at: later },
      { state: approved({ at: later }) },
      later,
      'approved',
    ],
    [
      'approved by a rule',
      { type: 'approved', by: null, for: null, rule: 'short', at: later },
      { state: approved({ by: null, rule: 'short', at: later }) },
      null,
      'approved',
    ],
    [
      'rejected',
      { type: 'rejected', by: person('rae'), for: null, at: later, reason: 'no' },
      { state: { kind: 'rejected', by: person('rae'), for: null, at: later, reason: 'no' } },
      later,
      'rejected',
    ],
    ['expired', { type: 'expired', at: later }, { state: { kind: 'expired', at: later } }, null, 'expired'],
  ])('%s', async (_, event, its, decidedAt, outcome) => {
    const before = await asked();
    await keep(event, before, { ...before, ...its });
    expect(await figure()).toMatchObject({ decidedAt, outcome });
  });

  test('a proposal that is accepted was answered when it was made', async () => {
    const booking = await asked();
    const place = { room: booking.room, start: booking.start, end: booking.end };
    const proposal = { ...place, by: person('rae'), for: null, at: tuesday + minute };
    const before = { ...booking, state: requested({ proposal }) };
    await keep({ type: 'proposalAccepted', by: person('ann'), at: later }, before, {
      ...booking,
      state: approved(),
    });
    expect(await figure()).toMatchObject({ decidedAt: tuesday + minute, outcome: 'approved' });
  });

  test('an approved change is no second answer to the request', async () => {
    const before = { ...(await asked()), state: approved() };
    const after = { ...before, room: 'rhine' as RoomId, end: before.end + hour, headcount: 3 };
    const by = person('rae');
    await keep(
      { type: 'changeApproved', by, for: null, at: later, from: before, to: after, apart: false },
      before,
      after,
    );
    expect(await figure()).toMatchObject({
      room: 'rhine',
      end: after.end,
      headcount: 3,
      decidedAt: null,
    });
  });

  test.each([
    [false, 'cancelled'],
    [true, 'cancelledLate'],
  ])('cancelled, late: %s', async (late, outcome) => {
    const before = { ...(await asked()), state: approved() };
    const gone = { by: null, for: null, asked: person('ann'), at: later, reason: 'ill', late };
    await keep({ type: 'cancelled', ...gone }, before, { ...before, state: { kind: 'cancelled', ...gone } });
    expect(await figure()).toMatchObject({ outcome });
  });

  test('whoever takes a booking over takes it into their department', async () => {
    const before = await asked();
    const [from, to] = [person('ann'), person('ben')];
    await keep({ type: 'handedOver', from, to, at: later }, before, { ...before, host: to });
    expect(await figure()).toMatchObject({ department: 'R&D' });
  });
});

test('[2.8] a wish for a room is kept once, however often it is tried', async () => {
  const wish = {
    host: person('ann'),
    room: 'alps' as RoomId,
    zone: 'Europe/Berlin',
    headcount: 6,
    start: at('2026-12-02T10:00'),
    end: at('2026-12-02T11:00'),
  };
  await temporary.db.transact(async (tx) => {
    await recordRefusal(tx, { at: tuesday, ...wish });
    await recordRefusal(tx, { at: later, ...wish });
    await recordRefusal(tx, { at: later, ...wish, room: null });
    await recordRefusal(tx, { at: later, ...wish, host: person('ben') });
    await recordRefusal(tx, { at: later, ...wish, start: wish.start + day, end: wish.end + day });
  });
  const kept = await temporary.db.read.select().from(bookingFigure);
  expect(kept).toEqual([]);
  const found = await refusalsBetween(temporary.db.read, { from: wish.start, until: wish.start + day });
  expect(found.map(({ at: when, room, department }) => [when, room, department])).toEqual([
    [tuesday, 'alps', 'Sales'],
    [later, null, 'Sales'],
    [later, 'alps', 'R&D'],
  ]);
});
