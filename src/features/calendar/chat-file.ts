import type { Instant } from '../../core/clock.ts';
import type { FileDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type PersonId, seriesSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { anewFor, giveFile } from '../../db/outbox.ts';
import { type Booking, loadDetail, type Transition } from '../booking/index.ts';
import { takesFiles } from '../files/index.ts';
import { type Directory, lastUsedOn } from '../people/index.ts';
import { following, loadWhole, type Whole } from '../series/index.ts';
import { isInvited, noMail } from './event.ts';
import { invitationOf, removalOf, seriesInvitation } from './invitation.ts';
import { contactsOf, leadsFor, viewerOf } from './viewer.ts';

/** The file that brings an appointment into somebody's calendar, up to date there, or out of it. */
export const invitationFile = 'calendar.file';

/** So that it comes after the message that it belongs to, and changes in quick succession make one file. */
const afterMessage = 2_000;

/**
 * Puts the appointment into the chats of those of `people` whose chat takes files (2.3). One that waits already will be
 * made as things stand then, so that many dates of a series make one file.
 */
export async function giveInvitation(
  tx: Tx,
  now: Instant,
  { before, after }: Pick<Transition, 'before' | 'after'>,
  people: readonly PersonId[],
): Promise<void> {
  const subject = after.series ? seriesSubject(after.series) : bookingSubject(after.id);
  const concerned = people.filter((it) => concerns(it, before, after));
  const missing = await anewFor(tx, { subject, name: invitationFile, people: concerned });
  const data = { booking: after.id };
  const entry = { now, dueAt: now + afterMessage, subject, data };
  await giveFile(tx, await lastUsedOn(tx, missing, takesFiles), invitationFile, entry);
}

/** What a calendar shows of a booking, beside who comes. */
const shown = ['room', 'topic', 'start', 'end', 'confidential'] as const;

/** Who else comes is no reason to bother those who came already. */
function concerns(person: PersonId, before: Booking | null, after: Booking): boolean {
  if (before?.state.kind !== 'approved' || after.state.kind !== 'approved') return true;
  const stays = isInvited(before, [person]) && isInvited(after, [person]);
  const differs = shown.some((field) => before[field] !== after[field]);
  return !stays || differs || before.host !== after.host;
}

/** Made as things stand when it is put there; null where there is nothing to say, or they are no member any more. */
export const createInvitationFile =
  (directory: Pick<Directory, 'addresses' | 'clocksOf'>): FileDef =>
  async ({ tx, now, reader, recipient }, data) => {
    const named = await loadDetail(tx, data.booking as BookingId);
    const known = await viewerOf(tx, directory, recipient, now);
    if (!named || !known) return null;
    const { series } = named.booking;
    const whole = series ? await loadWhole(tx, series) : null;
    const theirs = (whole?.details ?? [named]).filter(({ booking }) => isInvited(booking, known.selves));
    const detail = theirs.find(({ booking }) => booking.state.kind === 'approved') ?? theirs[0] ?? named;
    const bookings = theirs.length > 0 ? theirs.map((it) => it.booking) : [named.booking];
    const emailOf = await contactsOf(tx, bookings, [recipient]);
    const leadsOf = await leadsFor(tx, recipient, bookings);
    const viewer = { reader, selves: known.selves, leadsOf, emailOf };
    const entry = { detail, stamp: now };
    const removed = theirs.length === 0;
    const invitation = whole ? seriesInvitation(viewer, whole, now) : invitationOf(viewer, entry);
    const email = emailOf(recipient) ?? noMail(recipient);
    const text = removed ? removalOf(viewer, entry, whole, email) : invitation;
    if (text === null) return null;

    const { number, topic, confidential, state } = detail.booking;
    // Whoever is not invited any more hears nothing more of what is confidential (5.3).
    const heading = reader.t('booking.title', { number });
    const what = removed && confidential ? heading : `#${number} ${topic}`;
    const ends = removed || state.kind === 'cancelled';
    return {
      name: nameOf(detail.booking, whole),
      title: reader.t(ends ? 'calendar.file.takeOut' : 'calendar.file.add', { what }),
      type: 'text/calendar; charset=utf-8',
      content: Buffer.from(text),
    };
  };

/** Another for every form of the appointment. */
const nameOf = ({ number, revision }: Booking, whole: Whole | null): string =>
  whole
    ? `series-${whole.details[0].booking.number}-r${following(whole).revision}.ics`
    : `booking-${number}-r${revision}.ics`;
