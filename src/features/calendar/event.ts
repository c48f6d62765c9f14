import {
  type ICalAlarmData,
  ICalAlarmType,
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalEventBusyStatus,
  ICalEventClass,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Appointment, Booking, Detail } from '../booking/index.ts';
import { comingTo } from '../reminder/domain.ts';
import { roomName } from '../rooms/index.ts';
import { isShownTwice, wallClockAt } from './wall-clock.ts';

/** For whom an entry is made, and what has to be known for that. */
export type Viewer = {
  reader: Reader;
  /** All ids under which they are known. */
  selves: readonly PersonId[];
  /** Minutes before the start at which they want to be reminded of this booking (2.7). */
  leadsOf(booking: Booking): readonly number[];
  emailOf(person: PersonId): string | null;
  /**
   * In a mail, which is answered by mail: from whom it comes. Without an address of the host, and for the host, that is
   * the organiser; calendars don't let anybody accept what they organise themselves.
   */
  sender?: Sender;
};

/** Whom our mail comes from. */
export type Sender = { name: string; address: string };

/** Who reads a feed: nobody is invited by it, and calendars don't remind of what they subscribe to. */
export type Subscriber = Pick<Viewer, 'reader' | 'selves'>;

/** What an entry shows. */
export type Shown = Pick<Detail, 'room' | 'nameOf'> & { booking: Omit<Appointment, 'at'> };

/** @param stamp when the entry was made or last revised */
export type Entry<Showing extends Shown = Detail> = { detail: Showing; stamp: Instant };

const domain = 'meeting-room-bot';

/** What a calendar knows a booking, or a series of them, by: it stays through all changes. */
export const uidOf = (id: Booking['id'] | NonNullable<Booking['series']>): string => `${id}@${domain}`;

export const isInvited = (
  { host, attendees }: Pick<Booking, 'host' | 'attendees'>,
  selves: readonly PersonId[],
): boolean => selves.some((self) => host === self || attendees.includes(self));

/** A booking by itself, on the clock at its room; where that shows its times twice that night, in UTC. */
export function eventOf(viewer: Viewer, entry: Entry): ICalEventData {
  const { booking, room } = entry.detail;
  const { start, end } = booking;
  const onItsClock = ![start, end].some((at) => isShownTwice(at, room.zone)) && {
    timezone: room.zone,
    start: wallClockAt(start, room.zone),
    end: wallClockAt(end, room.zone),
  };
  return { ...feedEventOf(viewer, entry), ...onItsClock, ...alarms(viewer, booking) };
}

/** The same in UTC: what does not repeat needs no zone, and a feed is read again and again. */
export function feedEventOf(viewer: Subscriber, { detail, stamp }: Entry<Shown>): ICalEventData {
  const { booking } = detail;
  return {
    id: uidOf(booking.id),
    sequence: booking.revision,
    stamp: new Date(stamp),
    start: new Date(booking.start),
    end: new Date(booking.end),
    ...content(viewer, detail, viewer.reader.t('booking.title', { number: booking.number })),
  };
}

/**
 * What an entry says. Those not invited to a confidential meeting see that the room is busy, and no more (5.3).
 * @param heading of the description
 */
export function content(viewer: Subscriber, detail: Shown, heading: string): Partial<ICalEventData> {
  const { reader, selves } = viewer;
  const { booking, room } = detail;
  const invited = isInvited(booking, selves);
  const cancelled = booking.state.kind === 'cancelled';
  const shared = {
    location: roomName(reader, room),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
  };
  if (booking.confidential && !invited)
    return { ...shared, summary: reader.t('calendar.busy'), class: ICalEventClass.PRIVATE };
  return {
    ...shared,
    summary: booking.topic,
    description: description(reader, detail, heading),
    class: booking.confidential ? ICalEventClass.CONFIDENTIAL : ICalEventClass.PUBLIC,
    ...(room.joinLink ? { url: unescapedUrl(room.joinLink) } : {}),
  };
}

/** What is not to be escaped in an address is escaped by the generator nevertheless. */
const unescapedUrl = (url: string): string => url.replaceAll(/[,;\\]/g, encodeURIComponent);

function description(reader: Reader, { booking, room, nameOf }: Shown, heading: string): string {
  const line = (key: 'host' | 'attendees' | 'join', text: string) =>
    text === '' ? [] : [reader.t(`calendar.line.${key}`, { text })];
  return [
    ...(heading ? [heading] : []),
    ...line('host', nameOf(booking.host)),
    ...line('attendees', reader.list(booking.attendees.map(nameOf))),
    ...line('join', room.joinLink ?? ''),
  ].join('\n');
}

/** Whoever comes is reminded by their calendar when they are reminded in chat. */
export function alarms({ selves, leadsOf }: Viewer, booking: Booking): Pick<ICalEventData, 'alarms'> {
  const comes = comingTo(booking).some((person) => selves.includes(person));
  if (!comes || booking.state.kind === 'cancelled') return {};
  const alarm = (lead: number): ICalAlarmData => ({
    type: ICalAlarmType.display,
    trigger: lead * 60,
    description: booking.topic,
  });
  return { alarms: leadsOf(booking).map(alarm) };
}

/** Who hears by mail whether the viewer accepts an invitation that was mailed: the host, where that is somebody else. */
export const answersTo = (
  { sender, selves, emailOf }: Viewer,
  { host }: Pick<Booking, 'host'>,
): string | null => (sender && !selves.includes(host) ? emailOf(host) : null);

/** Organiser and attendees, as an invitation names them. */
export function people(
  viewer: Viewer,
  { booking, nameOf }: Detail,
): Pick<ICalEventData, 'organizer' | 'attendees'> {
  const { emailOf, selves, sender } = viewer;
  const { host, attendees, declined } = booking;
  const hears = answersTo(viewer, booking);
  const named = (person: PersonId) => ({ name: nameOf(person), email: emailOf(person) ?? noMail(person) });
  const attendee = (person: PersonId, status: ICalAttendeeStatus): ICalAttendeeData => ({
    ...named(person),
    status,
    role: person === host ? ICalAttendeeRole.CHAIR : ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    // Who comes is said in chat; only a mail is answered to the host.
    rsvp: hears !== null && selves.includes(person),
  });
  return {
    organizer: sender && hears === null ? { name: sender.name, email: sender.address } : named(host),
    attendees: [
      attendee(host, ICalAttendeeStatus.ACCEPTED),
      ...attendees.map((person) =>
        attendee(
          person,
          declined.includes(person) ? ICalAttendeeStatus.DECLINED : ICalAttendeeStatus.NEEDSACTION,
        ),
      ),
    ],
  };
}

/** An invitation names people by their addresses; whose is not known gets one that nothing is ever sent to. */
export const noMail = (person: PersonId): string => `${person}@no-mail.invalid`;
