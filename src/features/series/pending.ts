import { toLocal } from '../../core/time.ts';
import type { Fact } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Booking, type Detail, type Details, differences } from '../booking/index.ts';
import type { Whole } from './load.ts';
import type { Series } from './store.ts';

/** Changes that differ from each other: more than these nobody asks for at once. */
const mostKinds = 4;

type Pending = { detail: Detail; to: Details; lines: string[] };

/** What the changes that wait would make of a series, old and new side by side; dates with the same one stand together. */
export function pendingFacts(reader: Reader, { series }: Whole, details: readonly Detail[]): Fact[] {
  const kinds = new Map<string, Pending[]>();
  for (const detail of details) {
    const to = pendingOf(detail.booking);
    if (!to) continue;
    const lines = differencesOn(reader, series, detail, to).map((it) => reader.t('change.wouldBe', it));
    const key = lines.join('\n');
    kinds.set(key, [...(kinds.get(key) ?? []), { detail, to, lines }]);
  }
  const [first, ...others] = [...kinds.values()].slice(0, mostKinds);
  const label = reader.t('series.pending');
  if (!first) return [];
  if (others.length === 0) return [{ label, value: (first[0]?.lines ?? []).join('\n') }];
  return [first, ...others].map((them) => {
    const days = them.map(({ detail: { booking } }) => reader.day(booking.occurrence ?? series.date));
    return { label, value: [reader.list(days), ...(them[0]?.lines ?? [])].join('\n') };
  });
}

const pendingOf = ({ state }: Booking): Details | null =>
  state.kind === 'approved' && state.change && !state.cancellation ? state.change.to : null;

/** What a change makes of one date: where it stays on its day, the time says it all, and is the same for all dates. */
export function differencesOn(reader: Reader, { zone }: Series, detail: Detail, to: Details): Fact[] {
  const { booking } = detail;
  const dayOf = (it: Details) => toLocal(it.start, zone).date;
  const clock = (it: Details) => reader.hours(it.start, it.end, zone);
  const times = { from: clock(booking), to: clock(to) };
  return differences(reader, detail, booking, to).map((fact) =>
    fact.label === reader.t('booking.fact.when') && dayOf(booking) === dayOf(to)
      ? {
          label: fact.label,
          value: reader.t('common.inZone', {
            span: reader.t('booking.fromTo', times),
            zone: reader.zoneName(zone),
          }),
        }
      : fact,
  );
}
