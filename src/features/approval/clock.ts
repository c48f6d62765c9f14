import type { Instant } from '../../core/clock.ts';
import type { JobDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { schedule, tell } from '../../db/outbox.ts';
import { type Booking, type BookingService, expiresAt, findBooking, matterOf } from '../booking/index.ts';
import { findRoom } from '../rooms/index.ts';
import { rulesByVersion, rulesFor } from '../rules/index.ts';
import { reviewTimes } from './domain.ts';
import { hasGiven } from './matter.ts';

/**
 * Plans that the reviewers of a request or change that waits from now on are reminded, and that it escalates (2.2),
 * by the rules under which the booking was made, on the clock of the room. A cancellation has a clock of its own.
 */
export async function planReview(tx: Tx, now: Instant, booking: Booking): Promise<void> {
  const open = matterOf(booking);
  const room = await findRoom(tx, booking.room);
  if (!open || open.matter === 'cancellation' || !room) return;
  const { document } = await rulesByVersion(tx, booking.rulesVersion);
  const rules = rulesFor(document, room);
  const { remind, escalate } = reviewTimes(now, expiresAt(booking), room.zone, rules);
  const job = {
    now,
    subject: bookingSubject(booking.id),
    data: { booking: booking.id, asOf: String(open.asOf) },
  };
  await schedule(tx, 'approval.remind', { ...job, dueAt: remind });
  await schedule(tx, 'approval.escalate', { ...job, dueAt: escalate });
}

/** What is done when it has waited too long. A series is reminded of as one: see there. */
export const reviewJobs = (bookings: BookingService): Record<string, JobDef> => ({
  'approval.remind': async ({ tx, now }, data) => {
    const booking = await findBooking(tx, data.booking as BookingId);
    // Decided, or another request by now, which has a reminder of its own.
    if (!booking || String(matterOf(booking)?.asOf) !== data.asOf) return;
    // It is the host's turn.
    if (booking.state.kind === 'requested' && booking.state.proposal) return;
    const deciders = await bookings.facts.deciders(tx, now, booking);
    const people = deciders.filter((it) => !it.away && !hasGiven(booking, it)).map((it) => it.person);
    const subject = bookingSubject(booking.id);
    await tell(tx, people, 'approval.reminder', { now, dueAt: now, subject, data: { booking: booking.id } });
  },
  'approval.escalate': async ({ tx, now }, data) => {
    // Decided in the meantime: the refusal is the answer, and there is nothing to do.
    await bookings.change({ tx, now, actor: null, source: 'job' }, data.booking as BookingId, {
      type: 'escalate',
      asOf: Number(data.asOf),
    });
  },
});
