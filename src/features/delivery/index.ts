import { day, type Instant } from '../../core/clock.ts';
import type { Feature } from '../../core/feature.ts';
import {
  type BookingId,
  bookingSubject,
  type PersonId,
  personSubject,
  type SeriesId,
  type Subject,
} from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import { type OutboxRow, rowsAbout, tell } from '../../db/outbox.ts';
import { type Booking, findBooking, occurrencesOf } from '../booking/index.ts';
import type { Mailing } from '../calendar/index.ts';
import { type Directory, namesOf } from '../people/index.ts';

const unreached = 'delivery.unreached';
const failed = 'delivery.failed';
const actor = 'delivery';

export type DeliveryReports = ReturnType<typeof createDeliveryReports>;

/** Reports of messages that could not be delivered: nothing fails silently. */
export function createDeliveryReports(directory: Directory, mailing: Mailing) {
  /** The host hears who was not reached; `byMail`: not by mail either. */
  async function tellHost(tx: Tx, now: Instant, booking: Booking, person: PersonId, byMail: boolean) {
    if (booking.host === person) return;
    await tell(tx, [booking.host], unreached, {
      now,
      dueAt: now,
      subject: bookingSubject(booking.id),
      data: { booking: booking.id, person, ...(byMail ? { byMail: 'true' } : {}) },
    });
  }

  return {
    feature,

    /**
     * Somebody can't be written to: recorded. They get a mail in the place of the message; where none can be sent, or it
     * was refused as well, the host of the booking is told who was not reached.
     */
    async onUnreachable(tx: Tx, missed: { person: PersonId; row: OutboxRow; now: Instant }): Promise<void> {
      const { person, row, now } = missed;
      const subject = personSubject(person);
      await record(tx, { at: now, actor, kind: 'person.unreachable', subject, detail: { what: row.name } });
      // A file comes beside a message, which says it already.
      if (row.kind === 'file') return;
      const booking = row.name === unreached ? null : await bookingOf(tx, row);
      if (!booking) return;
      const byMail = row.kind === 'mail';
      // A mail beside a message that was told is missed by nobody else.
      if (byMail && !(await mailing.wasInPlace(tx, person, booking))) return;
      if (!byMail && (await mailing.inPlaceOf(tx, { row, person, booking, now }))) return;
      await tellHost(tx, now, booking, person, byMail);
    },

    /** A delivery was given up: recorded, and the admins are told, unless it was such a message itself. */
    async onFailed(tx: Tx, failure: { row: OutboxRow; error: string; now: Instant }): Promise<void> {
      const { row, error, now } = failure;
      const detail = { what: row.name, error };
      await record(tx, { at: now, actor, kind: 'delivery.failed', subject: `outbox:${row.id}`, detail });
      if (row.name === failed) return;
      const booking = row.kind === 'mail' ? await bookingOf(tx, row) : null;
      if (booking && row.person && (await mailing.wasInPlace(tx, row.person, booking)))
        await tellHost(tx, now, booking, row.person, true);
      const about: Subject = `failure:${row.name}:${error}`;
      // One lacking right lets every file fail, one wrong password every mail: that is said once a day.
      if ((row.kind === 'file' || row.kind === 'mail') && (await wasTold(tx, about, now - day))) return;
      const data = { kind: row.name, error, job: row.kind, person: row.person ?? '' };
      await tell(tx, await directory.admins(tx), failed, { now, dueAt: now, data, subject: about });
    },
  };
}

const wasTold = async (tx: Tx, about: Subject, since: Instant): Promise<boolean> =>
  (await rowsAbout(tx, { subjects: [about], name: failed })).some((row) => row.createdAt > since);

/** The booking that something was told of, or the first of its series. */
async function bookingOf(tx: Tx, { data }: OutboxRow): Promise<Booking | null> {
  if (data.booking) return findBooking(tx, data.booking as BookingId);
  const [first] = data.series ? await occurrencesOf(tx, data.series as SeriesId) : [];
  return first ?? null;
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
          text: [reader.t(`delivery.unreached.${data.byMail ? 'byMail' : 'text'}`, { name, number, topic })],
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
