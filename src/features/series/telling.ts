import { type PersonId, type SeriesId, seriesSubject } from '../../core/ids.ts';
import { tell, withdraw } from '../../db/outbox.ts';
import { type Booking, type BookingService, matterOf, type Origin } from '../booking/index.ts';

/*
 * Who hears of what happens to several dates of a series: each of them once, however many dates it is about.
 */

/** What is told of a series, now. */
export const about = ({ now }: Pick<Origin, 'now'>, series: SeriesId) => ({
  now,
  dueAt: now,
  subject: seriesSubject(series),
  data: { series },
});

/** Who is to be asked about several bookings; somebody who is away is not bothered. */
export async function openDeciders(
  { facts }: BookingService,
  { tx, now }: Origin,
  open: readonly Booking[],
): Promise<PersonId[]> {
  const decidersOf = await facts.decidersByRoom(tx, now, open);
  const asked = open.flatMap((it) => decidersOf(it).filter(({ away }) => !away));
  return [...new Set(asked.map((it) => it.person))];
}

/** Asks those who can decide what waits of a series (2.2). */
export async function askReviewers(
  bookings: BookingService,
  origin: Origin,
  series: SeriesId,
  them: readonly Booking[],
): Promise<void> {
  const open = them.filter((it) => matterOf(it) !== null);
  await withdraw(origin.tx, seriesSubject(series), 'series.review');
  await tell(origin.tx, await openDeciders(bookings, origin, open), 'series.review', about(origin, series));
}

/** The host hears what has become of a series. */
export const tellHost = (origin: Origin, series: SeriesId, host: PersonId): Promise<void> =>
  tell(origin.tx, [host], 'series.news', about(origin, series));

/** Those invited hear of dates that take place from now on. */
export const invite = (origin: Origin, series: SeriesId, them: readonly Booking[]): Promise<void> =>
  tell(origin.tx, invitedTo(them), 'series.invited', about(origin, series));

/** Those invited hear of a change that is in effect, by what it made of one date; those removed hear it too (2.4). */
export async function tellOfChange(
  origin: Origin,
  series: SeriesId,
  before: readonly Booking[],
  after: readonly Booking[],
): Promise<void> {
  const moved = after.filter(
    ({ state }) => state.kind === 'approved' && !state.change && !state.cancellation,
  );
  const [one] = moved;
  if (!one) return;
  const entry = about(origin, series);
  const { id, revision } = one;
  const data = { ...entry.data, booking: id, revision: String(revision), count: String(moved.length) };
  const ids = new Set(moved.map((it) => it.id));
  const stay = invitedTo(moved);
  const removed = invitedTo(before.filter((it) => ids.has(it.id))).filter((person) => !stay.includes(person));
  await tell(origin.tx, stay, 'series.changed', { ...entry, data });
  await tell(origin.tx, removed, 'series.removed', { ...entry, data });
}

/** Those who were invited to what has just been cancelled hear of it (2.5). */
export async function tellOfEnd(
  origin: Origin,
  series: SeriesId,
  before: readonly Booking[],
  after: readonly Booking[],
): Promise<void> {
  const ended = new Set(after.filter((it) => it.state.kind === 'cancelled').map((it) => it.id));
  const concerned = invitedTo(before.filter((it) => ended.has(it.id)));
  await tell(origin.tx, concerned, 'series.cancelled', about(origin, series));
}

/** Who is invited to what takes place. */
const invitedTo = (them: readonly Booking[]): PersonId[] => [
  ...new Set(them.filter((it) => it.state.kind === 'approved').flatMap((it) => it.attendees)),
];
