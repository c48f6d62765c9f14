import { findEnds } from './bounds.ts';
import { type DatePart, findDates, findOffsetDays } from './dates.ts';
import { type DurationPart, type Elapsed, findDurations, findElapsed } from './durations.ts';
import { byPlace, type Ground, nameSign } from './ground.ts';
import { findLabels, type LabelPart } from './labels.ts';
import { findNames, findQuotes, type NamePart } from './names.ts';
import { findPartsOfDay, type PartOfDayPart } from './parts-of-day.ts';
import {
  type AttendeePart,
  findAttendees,
  findForCount,
  findHeadcounts,
  type HeadcountPart,
} from './people.ts';
import { findBareHours, joinRanges } from './ranges.ts';
import { type CountPart, findCounts, findDaily, findRecurrences } from './recurrence.ts';
import type { RecurrencePart } from './recurrence-rule.ts';
import { findRooms, type RoomIndex, type RoomPart } from './rooms.ts';
import { findTimes, type TimePart } from './times.ts';

/** Everything that a text names, before it is decided what counts. */
export type Parts = {
  names: NamePart[];
  labels: LabelPart[];
  attendees: AttendeePart[];
  rooms: RoomPart[];
  recurrences: RecurrencePart[];
  elapsed: Elapsed[];
  dates: DatePart[];
  ends: DatePart[];
  headcounts: HeadcountPart[];
  durations: DurationPart[];
  times: TimePart[];
  partsOfDay: PartOfDayPart[];
  counts: CountPart[];
};

// Days and times are weighed against each other; nobody means more of them than this.
const most = 40;

/** The order is the precedence of the grammar: what is found first hides its words from what comes after. */
export function findParts(ground: Ground, rooms: RoomIndex, topicAsTyped: boolean): Parts {
  const quotes = findQuotes(ground);
  const labels = findLabels(ground);
  const fields = topicAsTyped ? labels.filter(({ field, closed }) => field === 'topic' && closed) : [];
  const topics = fields.map(({ to, end }) => {
    const field = ground.text.folded.slice(to, end);
    return { from: to, to: to + field.replace(/[\s,.;、/]+$/, '').length, field: true as const };
  });
  for (const topic of topics) ground.claim(topic, nameSign);
  const attendees = findAttendees(ground);
  const roomParts = findRooms(ground, rooms);
  for (const room of roomParts) ground.claim(room, nameSign);
  const recurrences = findRecurrences(ground);
  const names = [...quotes, ...topics, ...findNames(ground)];
  const ends = findEnds(ground);
  const elapsed = findElapsed(ground);
  const dates = [...findOffsetDays(ground), ...findDates(ground)].sort(byPlace);
  const headcounts = findHeadcounts(ground);
  const durations = findDurations(ground);
  const times = joinRanges(ground, findTimes(ground), dates);
  const partsOfDay = findPartsOfDay(ground, [...dates, ...recurrences], times);
  const evenings = dates.filter(({ partOfDay }) => partOfDay !== null);
  const bareTimes = times.every(({ now }) => now)
    ? findBareHours(ground, [...dates, ...partsOfDay], [...evenings, ...partsOfDay])
    : [];
  const allTimes = [...times, ...bareTimes];
  headcounts.push(...findForCount(ground));
  const counts = findCounts(ground);
  if (
    recurrences.length === 0 &&
    (counts.length > 0 || ends.length > 0 || /(?<![a-z])until |到/.test(ground.text.folded))
  ) {
    recurrences.push(...findDaily(ground));
  }
  return {
    names,
    labels,
    attendees,
    rooms: roomParts,
    recurrences,
    elapsed,
    dates: dates.slice(0, most),
    ends,
    headcounts: headcounts.sort(byPlace),
    durations: durations.sort(byPlace),
    times: allTimes.sort(byPlace).slice(0, most),
    partsOfDay,
    counts,
  };
}
