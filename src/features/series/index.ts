import type { Feature } from '../../core/feature.ts';
import type { BookingService } from '../booking/index.ts';
import { createChanging } from './changing.ts';
import { createDrafting } from './drafting.ts';
import { createSeriesService } from './handler.ts';
import { createRepatterning } from './repatterning.ts';
import { createRunning } from './running.ts';

export { following, loadWhole, type Whole } from './load.ts';
export { type Occurrence, occurrences } from './recurrence.ts';
export { writeRecurrence } from './rrule.ts';
export { seriesFacts } from './series-card.ts';
export { repeatsText } from './words.ts';

/** Bookings that repeat (2.1): planned from a draft, sent, decided, changed and ended as one. */
export function createSeries(bookings: BookingService): Feature {
  const service = createSeriesService(bookings);
  const running = createRunning(service);
  const parts = [createDrafting(service), running, createChanging(service), createRepatterning(service)];
  return {
    name: 'series',
    commands: Object.assign({}, ...parts.map((it) => it.commands)),
    views: Object.assign({}, ...parts.map((it) => it.views)),
    jobs: running.jobs,
  };
}
