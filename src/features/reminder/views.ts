import { minute } from '../../core/clock.ts';
import type { Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, joinAction, sharedFacts } from '../booking/index.ts';

/** What host and attendees get before the meeting (2.7). */
export function reminderCard(reader: Reader, detail: Detail): Card {
  const { booking, room } = detail;
  const minutes = Math.max(1, Math.round((booking.start - reader.now) / minute));
  return {
    layout: 'reminder',
    tone: 'neutral',
    title: reader.t('reminder.title', { topic: booking.topic, in: { minutes: rounded(minutes) } }),
    facts: sharedFacts(reader, detail),
    footnote: reader.t('booking.title', { number: booking.number }),
    actions: joinAction(reader, booking, room),
  };
}

/** Nobody wants to read "in 23 h 59 min". */
const rounded = (minutes: number): number =>
  minutes > 1410 ? Math.round(minutes / 1440) * 1440 : minutes > 90 ? Math.round(minutes / 15) * 15 : minutes;
