import ical, { escape as escapeText, type ICalCalendarMethod, type ICalEventData } from 'ical-generator';
import { timezoneBlock } from './zones.ts';

/** Entries as a file that calendars read (RFC 5545), with the rules of the zones that they name. */
export function calendarText(
  events: readonly ICalEventData[],
  it: { method?: ICalCalendarMethod; name?: string; ttl?: number } = {},
): string {
  return ical({
    prodId: { company: 'meeting-room-bot', product: 'bookings' },
    timezone: { name: null, generator: timezoneBlock },
    events: [...events],
    ...(it.method ? { method: it.method } : {}),
    ...(it.ttl ? { ttl: it.ttl } : {}),
    // Of all texts, this alone is written as it is given.
    ...(it.name ? { name: escapeText(it.name, false) } : {}),
  }).toString();
}
