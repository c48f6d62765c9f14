import type { Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId, type RoomId } from '../../core/ids.ts';
import { printOf } from '../../core/print.ts';
import type { Refusal } from '../../core/refusal.ts';
import { type Booking, type Detail, type Details, knowing, readRequest } from '../booking/index.ts';
import type { Draft } from '../draft/index.ts';
import { findRooms } from '../rooms/index.ts';
import { aheadFrom, type Changed, changeBetween, changed, type SeriesChange, typical } from './change.ts';
import { loadWhole, type Whole } from './load.ts';
import { breachesAt, type Sight } from './look.ts';

/** One date under a change, and what stands in the way of it. */
export type Foreseen = Changed & { breach: Refusal | null };

/** A change before it is made: what each date would be, and where it goes over what was changed by hand. */
export type Prospect = {
  whole: Whole;
  change: SeriesChange;
  /** The date that stands for the series, as it is. */
  typical: Detail;
  dates: Foreseen[];
  /** The same with what was changed by hand overridden too. */
  over: Foreseen[];
};

/** Those that would be changed: something is left to change on them, and nothing stands in the way. */
export const changeable = (dates: readonly Foreseen[], { fields }: SeriesChange): Foreseen[] =>
  dates.filter(({ kept, breach }) => breach === null && kept.length < fields.length);

/** What would be applied: where that has changed since it was shown, nothing is. */
export const prospectPrint = ({ dates, over, change }: Prospect): string =>
  printOf(
    [dates, over].map((them) =>
      changeable(them, change).map(({ booking, to }) => [booking.id, booking.revision, to]),
    ),
  );

/** What the change that a draft holds would do now; two queries for what stands in the way, however many dates. */
export async function prospectOf({ tx, now, facts }: Sight, draft: Draft): Promise<Prospect | null> {
  const { changes, zone, ...typed } = draft.typed;
  const whole = changes ? await loadWhole(tx, changes.series) : null;
  const read = readRequest(typed, draft.person, zone);
  if (!changes || !whole || !read.ok) return null;
  const them = ahead(whole, draft.person, now, changes.from);
  const model = typical(ahead(whole, draft.person, now));
  const detail = whole.details.find(({ booking }) => booking.id === model?.id);
  if (!model || !detail) return null;
  const to: Details = { ...read.details, room: typed.room as RoomId };
  const change = changeBetween(model, to, whole.series.zone);
  const rooms = await findRooms(tx, [to.room, ...whole.details.map(({ booking }) => booking.room)]);
  const own = new Set(them.map((booking) => bookingSubject(booking.id)));
  const foresee = async (over: boolean): Promise<Foreseen[]> => {
    const dates = them.map((booking) => changed(booking, change, whole.series.zone, over));
    const wishes = dates.map((it) => ({ ...it.to, room: rooms.get(it.to.room) ?? detail.room }));
    const breaches = await breachesAt({ tx, now, facts }, wishes, own);
    return dates.map((it, n) => ({ ...it, breach: breaches[n] ?? null }));
  };
  return {
    whole,
    change,
    typical: await knowing(tx, detail, to),
    dates: await foresee(false),
    over: await foresee(true),
  };
}

/** What the host can change of a series: the dates ahead that are theirs, from a day on. */
export const ahead = ({ details }: Whole, by: PersonId, now: Instant, from = ''): Booking[] =>
  aheadFrom(
    details.map(({ booking }) => booking),
    { by, from, now },
  );
