import type { Instant } from '../../core/clock.ts';
import type { Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, isLive, matterOf, stateName } from '../booking/index.ts';

/*
 * How a series stands as a whole: what its dates are, and what of them waits for a reviewer.
 */

/** As many reasons as anybody reads. */
const mostReasons = 3;

/** How many dates are in which state: `Approved: 9 · Rejected: 1`. */
export function summary(reader: Reader, details: readonly Detail[]): string {
  const counts = new Map<string, number>();
  for (const { booking } of details) {
    const name = stateName(reader, booking.state);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => reader.t('series.inState', { state, count })).join(' · ');
}

/** While something waits for a reviewer, the series is not settled; where no date takes place, it is over. */
export function toneOfAll(details: readonly Detail[]): Tone {
  const live = details.map(({ booking }) => booking).filter(({ state }) => isLive(state));
  if (live.length === 0) return 'neutral';
  return live.some((it) => matterOf(it) !== null) ? 'warning' : 'good';
}

/** What waits, in sentences for the host and the reviewers: a change, a cancellation with its reason (2.4, 2.5). */
export function waits(reader: Reader, details: readonly Detail[]): string[] {
  const states = details.map(({ booking }) => booking.state);
  const approved = states.flatMap((state) => (state.kind === 'approved' ? [state] : []));
  const escalated = states.some((state) => state.kind === 'requested' && state.escalated);
  const changing = approved.filter((state) => state.change && !state.cancellation);
  const cancelling = new Map<string, { late: boolean; reason: string; due: Instant; count: number }>();
  for (const { cancellation } of approved) {
    if (!cancellation) continue;
    const { late, reason, due } = cancellation;
    const group = `${late} ${reason}`;
    const known = cancelling.get(group) ?? { late, reason, due, count: 0 };
    cancelling.set(group, { ...known, due: Math.max(known.due, due), count: known.count + 1 });
  }
  return [
    ...(escalated ? [reader.t('booking.stands.escalated')] : []),
    ...(changing.length > 0 ? [reader.t('series.changing', { count: changing.length })] : []),
    ...[...cancelling.values()].slice(0, mostReasons).map(({ late, reason, due, count }) =>
      reader.t(late ? 'series.cancellingLate' : 'series.cancelling', {
        count,
        reason,
        due: { instant: due },
      }),
    ),
  ];
}
