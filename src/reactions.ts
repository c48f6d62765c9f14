import type { Instant } from './core/clock.ts';
import { bookingSubject } from './core/ids.ts';
import { never } from './core/refusal.ts';
import type { Tx } from './db/database.ts';
import { refresh, schedule, tell, withdraw } from './db/outbox.ts';
import type { Change } from './features/booking/index.ts';
import { planReminders, withdrawReminders } from './features/reminder/index.ts';

/**
 * What follows from a booking's transition in other features, written in the transaction that decided it:
 * read it from top to bottom and you know who hears of what.
 */
export async function react(tx: Tx, now: Instant, { event, before, after, deciders }: Change): Promise<void> {
  const subject = bookingSubject(after.id);
  const data = { booking: after.id };
  const soon = { now, dueAt: now, subject };
  const news = { ...soon, data: { ...data, news: event.type } };

  switch (event.type) {
    case 'requested':
      await tell(tx, deciders, 'approval.request', { ...soon, data });
      await schedule(tx, 'booking.expire', { now, dueAt: after.start, subject, data });
      return;
    case 'approved':
      await tell(tx, [after.host], 'booking.news', news);
      await tell(tx, after.attendees, 'booking.invited', { ...soon, data });
      await planReminders(tx, after, now);
      break;
    case 'rejected':
    case 'expired':
      await tell(tx, [after.host], 'booking.news', news);
      break;
    case 'withdrawn':
      await withdrawReminders(tx, after);
      await withdraw(tx, subject, 'booking.invited');
      if (before?.state.kind === 'approved') await tell(tx, after.attendees, 'booking.news', news);
      break;
    default:
      return never(event);
  }
  await withdraw(tx, subject, 'booking.expire');
  await withdraw(tx, subject, 'approval.request');
  await refresh(tx, subject, now);
}
