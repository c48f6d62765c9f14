import type { Instant } from '../../core/clock.ts';
import type { Feature } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type PersonId, personSubject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import { type OutboxRow, tell } from '../../db/outbox.ts';
import { findBooking } from '../booking/index.ts';
import { namesOf } from '../people/index.ts';

const unreached = 'delivery.unreached';
const failed = 'delivery.failed';

/** Somebody can't be written to: recorded, and the host of the booking is told who was not reached. */
export async function onUnreachable(
  tx: Tx,
  { person, row, now }: { person: PersonId; row: OutboxRow; now: Instant },
): Promise<void> {
  await record(tx, {
    at: now,
    actor: 'delivery',
    kind: 'person.unreachable',
    subject: personSubject(person),
    detail: { what: row.name },
  });
  const booking = row.data.booking ? await findBooking(tx, row.data.booking as BookingId) : null;
  if (!booking || booking.host === person || row.name === unreached) return;
  await tell(tx, [booking.host], unreached, {
    now,
    dueAt: now,
    subject: bookingSubject(booking.id),
    data: { booking: booking.id, person },
  });
}

/** A delivery has been given up: recorded, and the admins are told, unless it was such a message itself. */
export async function onFailed(
  tx: Tx,
  { row, now, admins, error }: { row: OutboxRow; now: Instant; admins: PersonId[]; error: string },
): Promise<void> {
  await record(tx, {
    at: now,
    actor: 'delivery',
    kind: 'delivery.failed',
    subject: `outbox:${row.id}`,
    detail: { what: row.name, error },
  });
  if (row.name === failed) return;
  const data = { kind: row.name, error, job: row.kind, person: row.person ?? '' };
  await tell(tx, admins, failed, { now, dueAt: now, data });
}

/** What people hear of deliveries that failed. */
export const delivery: Feature = {
  name: 'delivery',
  views: {
    [unreached]: async ({ tx, reader }, data) => {
      const booking = await findBooking(tx, data.booking as BookingId);
      if (!booking) return null;
      const person = data.person as PersonId;
      const name = (await namesOf(tx, [person])).get(person) ?? '';
      const { number, topic } = booking;
      return {
        card: {
          layout: 'notice',
          tone: 'warning',
          title: reader.t('delivery.unreached.title', { name }),
          text: [reader.t('delivery.unreached.text', { name, number, topic })],
        },
      };
    },
    [failed]: async ({ tx, reader }, data) => {
      const person = data.person as PersonId;
      const figures = {
        kind: data.kind ?? '',
        error: data.error ?? '',
        name: (await namesOf(tx, [person])).get(person) ?? reader.t('delivery.failed.nobody'),
      };
      const text = reader.t(data.job === 'run' ? 'delivery.failed.job' : 'delivery.failed.text', figures);
      return {
        card: {
          layout: 'notice',
          tone: 'bad',
          title: reader.t('delivery.failed.title'),
          text: [text],
        },
      };
    },
  },
};
