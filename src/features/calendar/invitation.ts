import {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import type { Instant } from '../../core/clock.ts';
import type { Detail } from '../booking/index.ts';
import { following, type Occurrence, occurrences, type Whole, writeRecurrence } from '../series/index.ts';
import { alarms, content, type Entry, eventOf, isInvited, people, uidOf, type Viewer } from './event.ts';
import { invitationText } from './text.ts';
import { isShownTwice, wallClock, wallClockAt } from './wall-clock.ts';

/**
 * The invitation to a booking as it is now (2.3): a request, or, once it is cancelled, a cancellation of the same
 * appointment. Null where it does not take place, and never did.
 */
export function invitationOf(viewer: Viewer, entry: Entry): string | null {
  const { kind } = entry.detail.booking.state;
  if (kind !== 'approved' && kind !== 'cancelled') return null;
  const method = kind === 'approved' ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.CANCEL;
  return invitationText([{ ...eventOf(viewer, entry), ...people(viewer, entry.detail) }], method);
}

/**
 * The invitation to all dates of a series that concern the viewer, as one appointment that repeats (2.3): dates that do
 * not take place are left out, those that are unlike the rest stand beside the rule. Null where there is none, and
 * never was.
 */
export function seriesInvitation(viewer: Viewer, whole: Whole, stamp: Instant): string | null {
  const theirs = whole.details.filter(({ booking }) => isInvited(booking, viewer.selves));
  const approved = theirs.filter(({ booking }) => booking.state.kind === 'approved');
  if (approved.length > 0)
    return invitationText(recurring(viewer, whole, approved, stamp), ICalCalendarMethod.REQUEST);
  const cancelled = theirs.filter(({ booking }) => booking.state.kind === 'cancelled');
  if (cancelled.length === 0) return null;
  return invitationText(recurring(viewer, whole, cancelled, stamp), ICalCalendarMethod.CANCEL);
}

/**
 * Takes a booking, or with `whole` all dates of a series, out of the calendar of somebody who is no longer invited (2.4).
 * @param email theirs: it names them alone, so that it does not look as if nobody came
 */
export function removalOf(viewer: Viewer, entry: Entry, whole: Whole | null, email: string): string {
  const { detail, stamp } = entry;
  const events = whole ? recurring(viewer, whole, whole.details, stamp) : [eventOf(viewer, entry)];
  const leaving: Partial<ICalEventData> = {
    organizer: people(viewer, detail).organizer ?? null,
    attendees: [{ email, rsvp: false, status: ICalAttendeeStatus.DECLINED }],
    status: ICalEventStatus.CANCELLED,
    busystatus: ICalEventBusyStatus.FREE,
    alarms: [],
  };
  const wholes = events.filter(({ recurrenceId }) => !recurrenceId);
  return invitationText(
    wholes.map((event) => ({ ...event, ...leaving })),
    ICalCalendarMethod.CANCEL,
  );
}

/**
 * @param shown the dates that stand in the calendar. Those on days that the series has no longer, since it was given
 * another rule, stand by themselves.
 */
function recurring(viewer: Viewer, whole: Whole, shown: readonly Detail[], stamp: Instant): ICalEventData[] {
  const days = occurrences(whole.series, lastDay);
  const named = new Set<string | null>(days.map(({ day }) => day));
  const [ruled, strays] = [
    shown.filter(({ booking }) => named.has(booking.occurrence)),
    shown.filter(({ booking }) => !named.has(booking.occurrence)),
  ];
  const [first] = days;
  const [one] = ruled;
  return [
    ...(first && one
      ? byRule(viewer, whole, { days: [first, ...days.slice(1)], shown: [one, ...ruled.slice(1)], stamp })
      : []),
    ...strays.map((detail) => byItself(viewer, detail, stamp)),
  ];
}

const byItself = (viewer: Viewer, detail: Detail, stamp: Instant): ICalEventData => ({
  ...eventOf(viewer, { detail, stamp }),
  ...people(viewer, detail),
});

function byRule(
  viewer: Viewer,
  { series, details }: Whole,
  it: { days: [Occurrence, ...Occurrence[]]; shown: [Detail, ...Detail[]]; stamp: Instant },
): ICalEventData[] {
  const { zone, time, minutes } = series;
  const { days, shown, stamp } = it;
  const [first] = days;
  const byDay = new Map(shown.map((detail) => [detail.booking.occurrence, detail]));
  const model = shown.find(({ booking }) => booking.overrides.length === 0) ?? shown[0];
  const says = (detail: Detail) => ({
    ...content(viewer, detail, ''),
    ...alarms(viewer, detail.booking),
    ...people(viewer, detail),
  });
  const common = {
    id: uidOf(series.id),
    sequence: following({ series, details }).revision,
    stamp: new Date(stamp),
    timezone: zone,
  };
  const usual = JSON.stringify(says(model));

  const others = days.flatMap(({ day, start }): ICalEventData[] => {
    const detail = byDay.get(day);
    if (!detail) return [];
    const { booking } = detail;
    const own = { start: wallClockAt(booking.start, zone), end: wallClockAt(booking.end, zone) };
    // Calendars differ in what they make of a time that the clock skips, and of a meeting during which it is changed.
    const regular =
      booking.start === start &&
      `${own.start}` === `${wallClock(day, time)}` &&
      `${own.end}` === `${wallClock(day, time, minutes)}`;
    if (regular && JSON.stringify(says(detail)) === usual) return [];
    // Only UTC says which one is meant, and a moved date keeps the clock of its series: it stands by itself.
    if (!regular && [booking.start, booking.end].some((at) => isShownTwice(at, zone))) {
      byDay.delete(day);
      return [byItself(viewer, detail, stamp)];
    }
    return [{ ...common, ...says(detail), ...own, recurrenceId: wallClock(day, time) }];
  });
  const left = days.filter(({ day }) => !byDay.has(day)).map(({ day }) => day);
  const master: ICalEventData = {
    ...common,
    ...says(model),
    start: wallClock(first.day, time),
    // How long each lasts is taken from the first, also where the clock is changed during it.
    end: first.shifted ? wallClock(first.day, time, minutes) : wallClockAt(first.end, zone),
    repeating: [
      `RRULE:${writeRecurrence({ pattern: series.recurrence.pattern, ends: { count: days.length } })}`,
      ...(left.length > 0 ? [exceptDates(left, time, zone)] : []),
    ].join('\r\n'),
  };
  return [master, ...others];
}

function exceptDates(days: readonly string[], time: string, zone: string): string {
  const [name, end] = zone === 'UTC' ? ['EXDATE', 'Z'] : [`EXDATE;TZID=${zone}`, ''];
  return `${name}:${days.map((day) => `${day}T${time}00${end}`.replaceAll(/[-:]/g, '')).join(',')}`;
}

/** No series goes on for as long. */
const lastDay = '9999-12-31';
