import type { ViewDef } from '../../core/feature.ts';
import type { BookingId, SeriesId } from '../../core/ids.ts';
import { differences, eventAt, knowing, loadDetail, showSeriesAction } from '../booking/index.ts';
import { loadWhole } from './load.ts';
import { seriesFacts } from './series-card.ts';

/** What those invited hear of a change of several dates (2.4). */
export const changeNews: Record<string, ViewDef> = {
  /** What a change made of several dates, by one of them: old and new side by side (2.4). */
  'series.changed': async ({ tx, reader }, data) => {
    const id = data.booking as BookingId;
    const event = await eventAt(tx, id, Number(data.revision));
    const detail = await loadDetail(tx, id);
    const whole = await loadWhole(tx, data.series as SeriesId);
    if (!whole || !detail || (event?.type !== 'changed' && event?.type !== 'changeApproved')) return null;
    const knows = await knowing(tx, detail, event.from, event.to);
    return {
      card: {
        layout: 'notice',
        tone: 'warning',
        title: reader.t('series.changedNews', { topic: event.to.topic, count: Number(data.count) }),
        facts: differences(reader, knows, event.from, event.to),
        actions: [showSeriesAction(reader, whole.series.id)],
      },
    };
  },
  'series.removed': async ({ tx, reader, recipient }, data) => {
    const whole = await loadWhole(tx, data.series as SeriesId);
    const again = whole?.details.some(
      ({ booking }) => booking.start > reader.now && booking.attendees.includes(recipient),
    );
    if (!whole || again) return null;
    const topic = whole.details[0].booking.topic;
    return {
      card: {
        layout: 'notice',
        tone: 'neutral',
        title: reader.t('series.removed', { topic }),
        facts: seriesFacts(reader, whole).slice(0, 3),
      },
    };
  },
};
