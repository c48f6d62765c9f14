import type { Instant } from '../../core/clock.ts';
import {
  type BookingId,
  bookingSubject,
  newId,
  type PersonId,
  type SeriesId,
  seriesSubject,
} from '../../core/ids.ts';
import { never, type Refusal } from '../../core/refusal.ts';
import { refresh, schedule, tell, withdraw } from '../../db/outbox.ts';
import { waitingFor, waitingMatter } from '../approval/index.ts';
import {
  type Booking,
  type BookingService,
  type Command,
  matterOf,
  type Origin,
  type Outcome,
  type Overridable,
  occurrencesOf,
} from '../booking/index.ts';
import { aheadFrom, type Changed, cancellingFrom, movedAlong, type SeriesChange } from './change.ts';
import { planSeriesReview, remindOfSeries, undecided } from './clock.ts';
import { bookable, type Planned, type Prepared } from './prepare.ts';
import type { Repeating } from './recurrence.ts';
import type { Added } from './repattern-card.ts';
import { findSeries, type Series, saveSeries } from './store.ts';
import { about, askReviewers, invite, openDeciders, tellHost, tellOfChange, tellOfEnd } from './telling.ts';

/** A reviewer's decision about a series: those of its dates that are named by `except` are rejected, or all are. */
export type Ruling =
  | { kind: 'approve'; except: readonly string[]; reason: string }
  | { kind: 'reject'; reason: string };

/** What became of several bookings: those for which it was done, and why it was not for others. */
export type Settled = { done: Booking[]; refused: Refusal[] };

/** A change of some dates; `all`: of every one that is ahead. */
export type Changing = { by: PersonId; change: SeriesChange; dates: readonly Changed[]; all: boolean };

/** Another recurrence: the dates that end, with the reason, and those that are new. */
type Repatterning = {
  by: PersonId;
  to: Repeating;
  end: readonly Booking[];
  add: readonly Added[];
  reason: string;
};

export type SeriesService = ReturnType<typeof createSeriesService>;

/** Series: many bookings that are made, decided, changed and ended in one step, and told of in one message (2.1–2.5). */
export function createSeriesService(bookings: BookingService) {
  /** Does something to each of several bookings, about which nobody is told by itself. */
  async function each<T>(
    origin: Origin,
    them: readonly T[],
    act: (quiet: Origin, it: T) => Promise<Outcome | null>,
  ): Promise<Settled> {
    const settled: Settled = { done: [], refused: [] };
    for (const it of them) {
      const outcome = await act({ ...origin, quiet: true }, it);
      if (outcome?.ok) settled.done.push(outcome.booking);
      else if (outcome) settled.refused.push(outcome.refusal);
    }
    return settled;
  }

  const move = (origin: Origin, them: readonly Booking[], command: (it: Booking) => Command | null) =>
    each(origin, them, async (quiet, it) => {
      const wanted = command(it);
      return wanted && bookings.change(quiet, it.id, wanted);
    });

  async function touch({ tx, now }: Origin, series: Series): Promise<void> {
    await saveSeries(tx, { ...series, revision: series.revision + 1 });
    await refresh(tx, seriesSubject(series.id), now);
  }

  async function ask(origin: Origin, id: SeriesId): Promise<void> {
    const them = await occurrencesOf(origin.tx, id);
    await askReviewers(bookings, origin, id, them);
    await planSeriesReview(origin, id, them);
  }

  return {
    bookings,

    /** Books every date of a series that can be, in one step (2.1); others are left out. `first`: of its bookings. */
    async send(origin: Origin, prepared: Prepared): Promise<{ sent: Series; first: BookingId }> {
      const { tx, now } = origin;
      const { content, repeating } = prepared;
      const id = newId<SeriesId>();
      const sent: Series = { ...repeating, id, host: content.host, revision: 1, createdAt: now };
      await saveSeries(tx, sent);
      const { done, refused } = await each(origin, bookable(prepared), (quiet, { day, choice, place }) => {
        const details = { ...content, start: place.start, end: place.end };
        return bookings.request(quiet, place.room, details, { series: id, day, overrides: byHand(choice) });
      });
      const [first] = done;
      if (!first || refused.length > 0) throw new Error('a date that was free just now is refused');
      await ask(origin, id);
      await invite(origin, id, done);
      return { sent, first: first.id };
    },

    /** A reviewer decides what waits of a series and is theirs to decide (2.2); the host hears of it once. */
    async decide(origin: Origin, { id, ...series }: Series, by: PersonId, ruling: Ruling): Promise<Settled> {
      const { tx, now } = origin;
      const open = (await occurrencesOf(tx, id)).filter((it) => waitingMatter(it, now) !== null);
      const before = await waitingFor(bookings, { tx, now }, open, by);
      const settled = await move(origin, before, (booking) => commandOf(booking, by, ruling));
      if (settled.done.length === 0) return settled;
      const isNew = new Set(before.filter((it) => it.state.kind === 'requested').map((it) => it.id));
      const them = await occurrencesOf(tx, id);
      await touch(origin, movedAlong({ id, ...series }, before, them, now));
      // One of two approvals that are needed decides nothing yet.
      if (settled.done.some((it) => matterOf(it) === null)) await tellHost(origin, id, series.host);
      await invite(
        origin,
        id,
        settled.done.filter((it) => isNew.has(it.id)),
      );
      if (ruling.kind === 'approve')
        await tellOfChange(
          origin,
          id,
          before,
          settled.done.filter((it) => !isNew.has(it.id)),
        );
      await tellOfEnd(origin, id, before, settled.done);
      const left = them.filter((it) => matterOf(it) !== null);
      if (left.length === 0) await withdraw(tx, seriesSubject(id), 'series.review');
      if (undecided(left).length === 0) await planSeriesReview(origin, id, left);
      return settled;
    },

    /**
     * The host changes some dates of a series (2.4): what the rules call material goes to the reviewers, who are
     * asked once; attendees hear once of what is in effect.
     */
    async change(origin: Origin, series: Series, { by, change, dates, all }: Changing): Promise<Settled> {
      const settled = await each(origin, dates, (quiet, { booking, to }) => {
        const apart = booking.state.kind === 'approved' && (booking.state.change?.apart ?? false);
        return bookings.revise(quiet, booking.id, { by, to, apart });
      });
      if (settled.done.length === 0) return settled;
      // What waits for a reviewer may be rejected: until then the series is at the old time.
      const waits = settled.done.some(({ state }) => state.kind === 'approved' && state.change);
      const { time, minutes } = all && !waits ? change : series;
      await touch(origin, { ...series, time, minutes });
      await ask(origin, series.id);
      const before = dates.map((it) => it.booking);
      await tellOfChange(origin, series.id, before, settled.done);
      return settled;
    },

    /**
     * The host lets a series repeat differently (2.4): some dates end, others are asked for; reviewers and attendees
     * hear of it once.
     */
    async repattern(
      origin: Origin,
      series: Series,
      { by, to, end, add, reason }: Repatterning,
    ): Promise<Settled> {
      const ended = await move(origin, end, () => ({ type: 'cancel', by, reason }));
      const made = await each(origin, add, (quiet, { date: { day }, wish: { room, ...details } }) =>
        bookings.request(quiet, room, details, { series: series.id, day }),
      );
      const settled = { done: [...ended.done, ...made.done], refused: [...ended.refused, ...made.refused] };
      if (settled.done.length === 0) return settled;
      await touch(origin, { ...series, date: to.date, recurrence: to.recurrence });
      await ask(origin, series.id);
      await confirmTogether(origin, series.id, ended.done);
      await tellOfEnd(origin, series.id, end, ended.done);
      await invite(origin, series.id, made.done);
      return settled;
    },

    /** The host ends a series, or what of it lies at or after a day (2.5); reviewers and attendees hear of it once. */
    async cancel(
      origin: Origin,
      series: Series,
      { by, from, reason }: { by: PersonId; from: string; reason: string },
    ): Promise<Settled> {
      const { tx, now } = origin;
      const them = await occurrencesOf(tx, series.id);
      const ahead = aheadFrom(them, { by, from, now });
      if (ahead.length === 0 && cancellingFrom(them, { by, from, now }).length > 0)
        return { done: [], refused: [{ key: 'series.refused.cancelling', clause: '2.5' }] };
      const settled = await move(origin, ahead, () => ({ type: 'cancel', by, reason }));
      if (settled.done.length === 0) return settled;
      await touch(origin, series);
      await ask(origin, series.id);
      await confirmTogether(origin, series.id, settled.done);
      await tellOfEnd(origin, series.id, ahead, settled.done);
      return settled;
    },

    /** The host takes back what of a series is being cancelled and not confirmed yet (2.5); it stays as it was. */
    async keep(origin: Origin, series: Series, dates: readonly Booking[], by: PersonId): Promise<Settled> {
      const settled = await move(origin, dates, () => ({ type: 'takeBackCancel', by }));
      if (settled.done.length === 0) return settled;
      await touch(origin, series);
      await withdraw(origin.tx, seriesSubject(series.id), 'series.confirm');
      const left = (await occurrencesOf(origin.tx, series.id)).filter((it) => matterOf(it) !== null);
      if (left.length === 0) await withdraw(origin.tx, seriesSubject(series.id), 'series.review');
      return settled;
    },

    remind: (origin: Origin, id: SeriesId) => remindOfSeries(bookings, origin, id),

    /** Nobody has decided for long: the admins are asked as well (2.2). */
    async escalate(origin: Origin, id: SeriesId): Promise<void> {
      const series = await findSeries(origin.tx, id);
      const open = undecided(await occurrencesOf(origin.tx, id));
      const asked = await openDeciders(bookings, origin, open);
      const { done } = await move(origin, open, (it) => {
        const waiting = matterOf(it);
        return waiting && { type: 'escalate', asOf: waiting.asOf };
      });
      if (!series || done.length === 0) return;
      await touch(origin, series);
      const more = (await openDeciders(bookings, origin, done)).filter((person) => !asked.includes(person));
      await tell(origin.tx, more, 'series.review', about(origin, id));
    },

    /** Cancellations that no reviewer has confirmed in time hold by themselves (2.5); who is concerned hears of it once. */
    async confirmDue(origin: Origin, id: SeriesId): Promise<void> {
      const series = await findSeries(origin.tx, id);
      const before = await occurrencesOf(origin.tx, id);
      const { done } = await move(origin, before, ({ state }) => {
        const pending = state.kind === 'approved' ? state.cancellation : null;
        return pending && pending.due <= origin.now
          ? { type: 'confirmCancel', by: null, asOf: pending.asOf }
          : null;
      });
      if (!series || done.length === 0) return;
      await touch(origin, series);
      await tellHost(origin, id, series.host);
      await tellOfEnd(origin, id, before, done);
    },
  };
}

/** One job confirms what is cancelled together, in the place of one for each. */
async function confirmTogether(origin: Origin, series: SeriesId, them: readonly Booking[]): Promise<void> {
  const dues = new Set<Instant>();
  for (const { id, state } of them) {
    if (state.kind !== 'approved' || !state.cancellation) continue;
    await withdraw(origin.tx, bookingSubject(id), 'cancel.confirm');
    dues.add(state.cancellation.due);
  }
  for (const dueAt of dues) await schedule(origin.tx, 'series.confirm', { ...about(origin, series), dueAt });
}

/** What of a date is another than the series', by what was chosen for it. */
function byHand(choice: Planned['choice']): Overridable[] {
  switch (choice?.kind) {
    case 'room':
      return ['room'];
    case 'time':
      return ['start', 'end'];
    case 'skip':
    case undefined:
      return [];
    default:
      return never(choice);
  }
}

/** What a ruling makes of one booking; null: nothing. */
function commandOf(booking: Booking, by: PersonId, ruling: Ruling): Command | null {
  const waiting = matterOf(booking);
  if (!waiting) return null;
  const { asOf } = waiting;
  if (waiting.matter === 'cancellation')
    return ruling.kind === 'approve' ? { type: 'confirmCancel', by, asOf } : null;
  const rejected = ruling.kind === 'reject' || ruling.except.includes(booking.occurrence ?? '');
  return rejected ? { type: 'reject', by, asOf, reason: ruling.reason } : { type: 'approve', by, asOf };
}
