import { type SeriesId, seriesSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Detail, loadDetails, occurrencesOf } from '../booking/index.ts';
import { findSeries, type Series } from './store.ts';

/** A series with its bookings, in the order of their days. There is at least one. */
export type Whole = { series: Series; details: [Detail, ...Detail[]] };

/** Null where there is no such series. */
export async function loadWhole(tx: Tx, id: SeriesId): Promise<Whole | null> {
  const series = await findSeries(tx, id);
  const [first, ...more] = series ? await loadDetails(tx, await occurrencesOf(tx, id)) : [];
  return series && first ? { series, details: [first, ...more] } : null;
}

/** What a card of the series follows: its revision rises with the series and with each of its bookings. */
export const following = ({ series, details }: Whole) => ({
  subject: seriesSubject(series.id),
  revision: details.reduce((sum, { booking }) => sum + booking.revision, series.revision),
});
