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
import type { Booking, Detail } from '../booking/index.ts';
import { comingTo } from '../reminder/domain.ts';
import { roomName } from '../rooms/index.ts';
import { wallClockAt } from './wall-clock.ts';

/** For whom an entry is made, and what has to be known for that. */
export type Viewer = {
  reader: Reader;
  /** All ids under which they are known. */
  selves: readonly PersonId[];
  /** Minutes before the start at which they want to be reminded of this booking (2.7). */
  leadsOf(booking: Booking): readonly number[];
  emailOf(person: PersonId): string | null;
};

/** @param stamp when the entry was made or last revised */
export type Entry = { detail: Detail; stamp: Instant };

const domain = 'meeting-room-bot';

/** What a calendar knows a booking, or a series of them, by: it stays through all changes. */
export const uidOf = (id: Booking['id'] | NonNullable<Booking['series']>): string => `${id}@${domain}`;

export const isInvited = ({ host, attendees }: Booking, selves: readonly PersonId[]): boolean =>
  selves.some((self) => host === self || attendees.includes(self));

/** A booking by itself, on the clock at its room. */
export function eventOf(viewer: Viewer, entry: Entry): ICalEventData {
  const { booking, room } = entry.detail;
  return {
    ...feedEventOf(viewer, entry),
    timezone: room.zone,
    start: wallClockAt(booking.start, room.zone),
    end: wallClockAt(booking.end, room.zone),
  };
}

/** The same in UTC: what does not repeat needs no zone, and a feed is read again and again. */
export function feedEventOf(viewer: Viewer, { detail, stamp }: Entry): ICalEventData {
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
export function content(viewer: Viewer, detail: Detail, heading: string): Partial<ICalEventData> {
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
    ...(cancelled ? {} : { alarms: alarms(viewer, booking) }),
  };
}

/** What is not to be escaped in an address is escaped by the generator nevertheless. */
const unescapedUrl = (url: string): string => url.replaceAll(/[,;\\]/g, encodeURIComponent);

function description(reader: Reader, { booking, room, nameOf }: Detail, heading: string): string {
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
function alarms({ selves, leadsOf }: Viewer, booking: Booking): ICalAlarmData[] {
  if (!comingTo(booking).some((person) => selves.includes(person))) return [];
  return leadsOf(booking).map((lead) => ({
    type: ICalAlarmType.display,
    trigger: lead * 60,
    description: booking.topic,
  }));
}

/** Organiser and attendees, as an invitation names them. */
export function people(
  { emailOf }: Viewer,
  { booking, nameOf }: Detail,
): Pick<ICalEventData, 'organizer' | 'attendees'> {
  const { host, attendees, declined } = booking;
  const named = (person: PersonId) => ({ name: nameOf(person), email: emailOf(person) ?? noMail(person) });
  const attendee = (person: PersonId, status: ICalAttendeeStatus): ICalAttendeeData => ({
    ...named(person),
    status,
    role: person === host ? ICalAttendeeRole.CHAIR : ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    // Who comes is said in chat.
    rsvp: false,
  });
  return {
    organizer: named(host),
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
const noMail = (person: PersonId): string => `${person}@no-mail.invalid`;
