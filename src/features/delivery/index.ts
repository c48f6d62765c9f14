import type { Instant } from '../../core/clock.ts';
import type { Feature } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type PersonId, personSubject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import { type OutboxRow, tell } from '../../db/outbox.ts';
import { findBooking } from '../booking/index.ts';
import { type Directory, namesOf } from '../people/index.ts';

const unreached = 'delivery.unreached';
const failed = 'delivery.failed';
const actor = 'delivery';

/** Reports of messages that could not be delivered: nothing fails silently. */
export function createDeliveryReports(directory: Directory) {
  return {
    feature,

    /** Somebody can't be written to: recorded, and the host of the booking is told who was not reached. */
    async onUnreachable(tx: Tx, missed: { person: PersonId; row: OutboxRow; now: Instant }): Promise<void> {
      const { person, row, now } = missed;
      const subject = personSubject(person);
      await record(tx, { at: now, actor, kind: 'person.unreachable', subject, detail: { what: row.name } });
      const booking = row.data.booking ? await findBooking(tx, row.data.booking as BookingId) : null;
      if (!booking || booking.host === person || row.name === unreached) return;
      await tell(tx, [booking.host], unreached, {
        now,
        dueAt: now,
        subject: bookingSubject(booking.id),
        data: { booking: booking.id, person },
      });
    },

    /** A delivery was given up: recorded, and the admins are told, unless it was such a message itself. */
    async onFailed(tx: Tx, failure: { row: OutboxRow; error: string; now: Instant }): Promise<void> {
      const { row, error, now } = failure;
      const detail = { what: row.name, error };
      await record(tx, { at: now, actor, kind: 'delivery.failed', subject: `outbox:${row.id}`, detail });
      if (row.name === failed) return;
      const data = { kind: row.name, error, job: row.kind, person: row.person ?? '' };
      await tell(tx, await directory.admins(tx), failed, { now, dueAt: now, data });
    },
  };
}

const feature: Feature = {
  name: 'delivery',
  views: {
    [unreached]: async ({ tx, reader }, data) => {
      const booking = await findBooking(tx, data.booking as BookingId);
      if (!booking) return null;
      const person = data.person as PersonId;
      // Somebody who has never opened the bot is not known by name on every platform.
      const name = (await namesOf(tx, [person])).get(person) || reader.t('delivery.unreached.somebody');
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
