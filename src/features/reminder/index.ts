import type { Instant } from '../../core/clock.ts';
import type { Feature } from '../../core/feature.ts';
import { type BookingId, bookingSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { tell, withdraw } from '../../db/outbox.ts';
import { type Booking, loadDetail } from '../booking/index.ts';
import { rulesByVersion } from '../rules/index.ts';
import { isOvertaken, plan } from './domain.ts';
import { reminderCard } from './views.ts';

const view = 'reminder.card';

/** Plans the reminders of an approved booking for host and attendees, under the rules that it was made by (2.7). */
export async function planReminders(tx: Tx, booking: Booking, now: Instant): Promise<void> {
  const { document } = await rulesByVersion(tx, booking.rulesVersion);
  for (const { lead, due } of plan(booking.start, document.organisation.reminders, now))
    await tell(tx, [booking.host, ...booking.attendees], view, {
      now,
      dueAt: due,
      subject: bookingSubject(booking.id),
      data: { booking: booking.id, lead: String(lead) },
    });
}

/** Takes back the reminders that have not been sent yet. */
export const withdrawReminders = (tx: Tx, booking: Booking): Promise<void> =>
  withdraw(tx, bookingSubject(booking.id), view);

/** The DM before the meeting (2.7). */
export const reminder: Feature = {
  name: 'reminder',
  views: {
    [view]: async ({ tx, now, reader }, data) => {
      const detail = await loadDetail(tx, data.booking as BookingId);
      if (detail?.booking.state.kind !== 'approved') return null;
      const { document } = await rulesByVersion(tx, detail.booking.rulesVersion);
      const leads = document.organisation.reminders;
      if (isOvertaken(detail.booking.start, Number(data.lead), leads, now)) return null;
      return { card: reminderCard(reader, detail) };
    },
  },
};
