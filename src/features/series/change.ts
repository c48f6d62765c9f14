import type { Instant } from '../../core/clock.ts';
import { minute } from '../../core/clock.ts';
import { fromLocal, toLocal } from '../../core/time.ts';
import {
  type Booking,
  changedFields,
  type Details,
  detailFields,
  detailsOf,
  isCancelling,
  isLive,
  type Overridable,
} from '../booking/index.ts';

/** What a change of a series makes of its dates: the fields that differ, and time and length by the wall clock. */
export type SeriesChange = {
  fields: Overridable[];
  to: Omit<Details, 'start' | 'end' | 'host'>;
  time: string;
  minutes: number;
};

/** One date of a series under a change. `kept`: what of the change it does not follow, having been set by hand. */
export type Changed = { booking: Booking; to: Details; kept: Overridable[] };

const minutesOf = ({ start, end }: Details): number => (end - start) / minute;

/** What would differ from the details that the form began with; start and end are compared by the wall clock. */
export function changeBetween(base: Details, to: Details, zone: string): SeriesChange {
  const { start: _, end: __, host: ___, ...rest } = to;
  const time = toLocal(to.start, zone).time;
  const differs = (field: Overridable): boolean => {
    if (field === 'start') return toLocal(base.start, zone).time !== time;
    if (field === 'end') return minutesOf(base) !== minutesOf(to);
    return JSON.stringify(base[field]) !== JSON.stringify(to[field]);
  };
  return { fields: detailFields.filter(differs), to: rest, time, minutes: minutesOf(to) };
}

/**
 * What a change makes of one date (2.4). What was changed by hand on that date alone stays, unless the change goes
 * `over` it; a change that waits already is taken as the date's present form.
 */
export function changed(booking: Booking, change: SeriesChange, zone: string, over: boolean): Changed {
  const pending = booking.state.kind === 'approved' ? booking.state.change : null;
  const now = detailsOf(pending?.to ?? booking);
  const overrides = [...booking.overrides, ...(pending?.apart ? changedFields(booking, pending.to) : [])];
  const kept = over ? [] : change.fields.filter((field) => overrides.includes(field));
  const fields = change.fields.filter((field) => !kept.includes(field));
  const moved = fields.includes('start');
  const start = moved ? startOn(booking, change.time, zone) : now.start;
  const length = fields.includes('end') ? change.minutes : minutesOf(now);
  const others = Object.fromEntries(
    fields.flatMap((field) => (field === 'start' || field === 'end' ? [] : [[field, change.to[field]]])),
  );
  return { booking, to: { ...now, ...others, start, end: start + length * minute }, kept };
}

const startOn = ({ occurrence, start }: Booking, time: string, zone: string): Instant =>
  fromLocal({ date: occurrence ?? toLocal(start, zone).date, time, zone });

/** The series at the time that its next date without exceptions has, where that one has just moved there (2.4). */
export function movedAlong<T extends { host: string; zone: string; time: string; minutes: number }>(
  series: T,
  before: readonly Booking[],
  after: readonly Booking[],
  now: Instant,
): T {
  const ahead = aheadFrom(after, { by: series.host, from: '', now });
  const next = ahead.find(({ overrides }) => overrides.length === 0);
  const was = before.find(({ id }) => id === next?.id);
  if (!next || !was || (was.start === next.start && was.end === next.end)) return series;
  return { ...series, time: toLocal(next.start, series.zone).time, minutes: minutesOf(next) };
}

type From = { by: string; from: string; now: Instant };

const heldFrom = (them: readonly Booking[], it: From): Booking[] =>
  them.filter(
    ({ host, state, start, occurrence }) =>
      host === it.by && isLive(state) && start > it.now && (occurrence ?? '') >= it.from,
  );

/**
 * The dates of a series that a change or a cancellation can still be about: the host's, live, ahead, from a day on,
 * and not being cancelled already.
 */
export const aheadFrom = (them: readonly Booking[], it: From): Booking[] =>
  heldFrom(them, it).filter(({ state }) => !isCancelling(state));

/** Those whose cancellation the host can still take back (2.5). */
export const cancellingFrom = (them: readonly Booking[], it: From): Booking[] =>
  heldFrom(them, it).filter(({ state }) => isCancelling(state));

/** The date whose details stand for the series: the next one that nothing was changed on by hand, else the next. */
export const typical = (ahead: readonly Booking[]): Booking | null =>
  ahead.find(({ overrides }) => overrides.length === 0) ?? ahead[0] ?? null;
