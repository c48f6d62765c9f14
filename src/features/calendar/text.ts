import ical, { escape as escapeText, type ICalCalendarMethod, type ICalEventData } from 'ical-generator';
import { fold } from './fold.ts';
import { timezoneBlock } from './zones.ts';

const prodId = { company: 'meeting-room-bot', product: 'bookings' };

/** An invitation as a file that calendars read (RFC 5545), with the rules of the zones that it names. */
export const invitationText = (events: readonly ICalEventData[], method: ICalCalendarMethod): string =>
  ical({
    prodId,
    method,
    timezone: { name: null, generator: timezoneBlock },
    events: [...events],
  }).toString();

const writer = ical({ prodId });

/**
 * One entry of a feed, in UTC. It is folded here: the generator's own folding takes half of the time that a long feed
 * does.
 */
export function entryText(event: ICalEventData): string {
  const text = fold(writer.createEvent(event).toString());
  writer.clear();
  return text;
}

/**
 * A feed of entries that are written already.
 * @param ttl how often calendars are asked to look, in seconds
 */
export function feedText(entries: readonly string[], { name, ttl }: { name: string; ttl: number }): string {
  // Of all texts, the name alone is written as it is given.
  const frame = ical({ prodId, ttl, name: escapeText(name, false) }).toString();
  const end = frame.lastIndexOf('END:VCALENDAR');
  return [frame.slice(0, end), ...entries, frame.slice(end)].join('');
}
