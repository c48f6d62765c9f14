import ICAL from 'ical.js';
import type { Instant } from '../../src/core/clock.ts';

/** An appointment as a reader of calendars that is not ours understands it. */
export type Read = {
  uid: string;
  sequence: number;
  summary: string;
  start: Instant;
  end: Instant;
  /** What the clock on the wall shows then, in the zone that the entry names. */
  wall: string;
  component: ICAL.Component;
};

/** More than any series of a test has. */
const most = 1_500;

/** Reads a calendar file with `ical.js`, every date of what repeats by itself, in order. */
export function readCalendar(text: string): {
  method: string | null;
  calendar: ICAL.Component;
  dates: Read[];
} {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
  const dates = events.filter((event) => !event.isRecurrenceException()).flatMap(datesOf);
  const method = calendar.getFirstPropertyValue('method');
  return {
    method: typeof method === 'string' ? method : null,
    calendar,
    dates: dates.sort((a, b) => a.start - b.start),
  };
}

function datesOf(event: ICAL.Event): Read[] {
  if (!event.isRecurring()) return [read(event, event.startDate, event.endDate)];
  const found: Read[] = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    found.push(read(item, startDate, endDate));
    if (found.length > most) throw new Error('a series that does not end');
  }
  return found;
}

const read = (event: ICAL.Event, start: ICAL.Time, end: ICAL.Time): Read => ({
  uid: event.uid,
  sequence: event.sequence,
  summary: event.summary,
  start: start.toJSDate().getTime(),
  end: end.toJSDate().getTime(),
  wall: start.toString().slice(0, 16),
  component: event.component,
});
