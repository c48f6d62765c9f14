import type { Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId, type Subject, seriesSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { anewFor, mail, type OutboxRow, rowsAbout } from '../../db/outbox.ts';
import { type Booking, occurrencesOf } from '../booking/index.ts';
import { type Directory, emailsOf, selvesOf } from '../people/index.ts';
import { isInvited, type Sender } from './event.ts';
import { wantMail } from './settings.ts';

/** The mail that brings an appointment into somebody's calendar, up to date there, or out of it. */
export const invitationMail = 'calendar.invitation';

/** What is told of a booking that an invitation says as well. */
const saidByInvitation = [
  'booking.invited',
  'booking.news',
  'change.news',
  'reminder.card',
  'series.invited',
  'series.news',
  'series.changed',
];
/** The same, for those who may not be invited any more. */
const saidByCancellation = ['change.removed', 'series.removed', 'series.cancelled'];

export type Mailing = ReturnType<typeof createMailing>;

/** Who gets invitations by e-mail (2.3). @param sender null: no mail can be sent, and nobody gets any */
export function createMailing(directory: Pick<Directory, 'addresses' | 'clocksOf'>, sender: Sender | null) {
  /** Of these persons, as who they are by now, those with an address that a platform has verified. */
  async function withAddress(tx: Tx, people: readonly PersonId[]): Promise<PersonId[]> {
    if (!sender) return [];
    const clocks = await directory.clocksOf(tx, people);
    const selves = [...new Set(people.map((it) => clocks.get(it)?.self ?? it))];
    const emails = await emailsOf(tx, selves);
    return selves.filter((it) => emails.has(it));
  }

  /** One that waits already will be written as things stand then, so that many dates of a series make one mail. */
  async function post(tx: Tx, now: Instant, booking: Booking, people: readonly PersonId[]): Promise<void> {
    const subject = subjectOf(booking);
    const data = { booking: booking.id, ...(booking.series ? { series: booking.series } : {}) };
    const missing = await anewFor(tx, { subject, name: invitationMail, people });
    await mail(tx, missing, invitationMail, { now, dueAt: now, subject, data });
  }

  return {
    sender,

    /** True where somebody may have invitations by e-mail. */
    reaches: async (tx: Tx, person: PersonId): Promise<boolean> =>
      (await withAddress(tx, [person])).length > 0,

    /** Mails the present state of a booking, or of its series, to those of `people` who want that. */
    async toWhomWants(tx: Tx, now: Instant, booking: Booking, people: readonly PersonId[]): Promise<void> {
      const known = await withAddress(tx, people);
      if (known.length === 0) return;
      const wanted = await wantMail(tx, known);
      if (wanted.size > 0) await post(tx, now, booking, [...wanted]);
    },

    /**
     * Mails somebody who can't be reached in chat what a message there would have told of a booking. True where that is
     * on its way or was sent; false where no mail says it, or none can be sent.
     */
    async inPlaceOf(
      tx: Tx,
      it: { row: OutboxRow; person: PersonId; booking: Booking; now: Instant },
    ): Promise<boolean> {
      const { row, booking, now } = it;
      const [person] = await withAddress(tx, [it.person]);
      // Whoever is no member (any more) is not written to (3.1).
      if (!person || (await directory.addresses(tx, person)).length === 0) return false;
      const said = saidByInvitation.includes(row.name) || row.data.word === 'handedOver';
      const invited = said && (await isConcerned(tx, booking, await selvesOf(tx, person)));
      if (!invited && !saidByCancellation.includes(row.name)) return false;
      const subjects = [subjectOf(booking)];
      const sent = await rowsAbout(tx, { subjects, name: invitationMail, people: [person] });
      const since = sent.filter(({ createdAt }) => createdAt >= row.createdAt);
      if (since.some(({ state }) => state === 'failed')) return false;
      if (since.length === 0) await post(tx, now, booking, [person]);
      return true;
    },

    /** True where a mail to somebody was in the place of a message in chat that could not be told either. */
    async wasInPlace(tx: Tx, person: PersonId, booking: Booking): Promise<boolean> {
      const rows = await rowsAbout(tx, {
        subjects: [subjectOf(booking), bookingSubject(booking.id)],
        name: [...saidByInvitation, ...saidByCancellation],
        people: await selvesOf(tx, person),
      });
      return rows.some(({ state }) => state === 'failed');
    },
  };
}

/** Dates of a series are one appointment that repeats. */
const subjectOf = ({ id, series }: Booking): Subject => (series ? seriesSubject(series) : bookingSubject(id));

async function isConcerned(tx: Tx, booking: Booking, selves: readonly PersonId[]): Promise<boolean> {
  const them = booking.series ? await occurrencesOf(tx, booking.series) : [booking];
  return them.some((it) => isInvited(it, selves));
}
