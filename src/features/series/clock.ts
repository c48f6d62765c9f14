import type { SeriesId } from '../../core/ids.ts';
import { seriesSubject } from '../../core/ids.ts';
import { schedule, tell, withdraw } from '../../db/outbox.ts';
import { reviewTimes } from '../approval/domain.ts';
import {
  type Booking,
  type BookingService,
  expiresAt,
  matterOf,
  type Origin,
  occurrencesOf,
} from '../booking/index.ts';
import { findRoom } from '../rooms/index.ts';
import { rulesByVersion, rulesFor } from '../rules/index.ts';
import { about, openDeciders } from './telling.ts';

/*
 * Reviewers are reminded of a series, and it escalates, as one (2.2): by the clock of the date that is first to expire.
 */

/** Those that wait to be approved; a cancellation has a clock of its own. */
export const undecided = (them: readonly Booking[]): Booking[] =>
  them.filter((it) => matterOf(it) !== null && matterOf(it)?.matter !== 'cancellation');

/** Plans both anew, or takes them back where nothing waits. */
export async function planSeriesReview(
  origin: Origin,
  series: SeriesId,
  them: readonly Booking[],
): Promise<void> {
  const { tx, now } = origin;
  for (const job of ['series.remind', 'series.escalate']) await withdraw(tx, seriesSubject(series), job);
  const [first] = undecided(them).sort((a, b) => expiresAt(a) - expiresAt(b));
  const room = first && (await findRoom(tx, first.room));
  if (!first || !room) return;
  const { document } = await rulesByVersion(tx, first.rulesVersion);
  const rules = rulesFor(document, room);
  const { remind, escalate } = reviewTimes(now, expiresAt(first), room.zone, rules);
  await schedule(tx, 'series.remind', { ...about(origin, series), dueAt: remind });
  await schedule(tx, 'series.escalate', { ...about(origin, series), dueAt: escalate });
}

/** Reminds those who have not decided yet. */
export async function remindOfSeries(
  bookings: BookingService,
  origin: Origin,
  series: SeriesId,
): Promise<void> {
  const open = undecided(await occurrencesOf(origin.tx, series));
  const entry = about(origin, series);
  await tell(origin.tx, await openDeciders(bookings, origin, open), 'series.review', {
    ...entry,
    data: { ...entry.data, reminder: 'yes' },
  });
}
