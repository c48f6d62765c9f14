import { day, type Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/database.ts';
import { type Appointment, appointmentsOf, loadDetail } from '../booking/index.ts';
import { linksIn } from '../files/index.ts';
import type { Directory } from '../people/index.ts';
import { findRoom, reviewersOf } from '../rooms/index.ts';
import { loadWhole } from '../series/index.ts';
import { isInvited, type Viewer } from './event.ts';
import { createFeeds } from './feed.ts';
import { invitationOf, seriesInvitation } from './invitation.ts';
import { type Feed, findFeed, isNews, noteUse } from './store.ts';
import { contactsOf, leadsFor, viewerOf } from './viewer.ts';

/** What a link to a calendar leads to, and to whom the link was given. */
export type OpenedCalendar =
  | { kind: 'calendar'; text: string; name: string; person: PersonId; tag: string | null }
  /** The calendar has it already. */
  | { kind: 'same'; person: PersonId; tag: string }
  /** It was ours, and works no longer. */
  | { kind: 'expired' | 'revoked'; person: PersonId }
  | { kind: 'unknown' };

/** How long after its end an invitation can be fetched. */
const afterEnd = 30 * day;
/** How far back a feed goes. */
const feedBack = 90 * day;

export type Calendars = ReturnType<typeof createCalendars>;

/** What calendars fetch from us, by signed links: an invitation (2.3), or a feed that goes on. */
export function createCalendars(deps: {
  db: Db;
  directory: Pick<Directory, 'addresses' | 'clocksOf' | 'admins'>;
  now(): Instant;
}) {
  const { db, directory } = deps;
  const feeds = createFeeds();

  return {
    /** The invitation to a booking or to its series, as it is now; its use is recorded. */
    async openInvitation(token: string): Promise<OpenedCalendar> {
      const now = deps.now();
      const tx = db.read;
      const named = (await linksIn(tx)).readInvitation(token);
      const detail = named && (await loadDetail(tx, named.booking));
      if (!detail) return { kind: 'unknown' };
      const { booking } = detail;
      const { person } = named;
      const whole = booking.series ? await loadWhole(tx, booking.series) : null;
      const bookings = whole ? whole.details.map((it) => it.booking) : [booking];
      const known = await viewerOf(tx, directory, person, now);
      const theirs = bookings.filter((it) => known && isInvited(it, known.selves));
      if (!known || theirs.length === 0) return { kind: 'revoked', person };
      if (now >= Math.max(...theirs.map((it) => it.end)) + afterEnd) return { kind: 'expired', person };
      const viewer: Viewer = {
        ...known,
        leadsOf: await leadsFor(tx, person, theirs),
        emailOf: await contactsOf(tx, theirs),
      };
      const text = whole
        ? seriesInvitation(viewer, whole, now)
        : invitationOf(viewer, { detail, stamp: now });
      if (text === null) return { kind: 'revoked', person };
      await db.transact((it) =>
        record(it, {
          at: now,
          actor: person,
          kind: 'calendar.opened',
          subject: bookingSubject(booking.id),
          detail: {},
        }),
      );
      return { kind: 'calendar', text, name: `booking-${booking.number}.ics`, person, tag: null };
    },

    /**
     * What a calendar that subscribes gets: 90 days back, and everything ahead.
     * @param has whether the calendar has the feed of this tag: then it is not written
     */
    async openFeed(token: string, has: (tag: string) => boolean = () => false): Promise<OpenedCalendar> {
      const now = deps.now();
      const tx = db.read;
      const id = (await linksIn(tx)).readFeed(token);
      const feed = id && (await findFeed(tx, id));
      if (!feed) return { kind: 'unknown' };
      const { person } = feed;
      const viewer = feed.revokedAt === null ? await viewerOf(tx, directory, person, now) : null;
      const content = viewer && (await contentOf(tx, feed, viewer, now));
      if (!viewer || !content) return { kind: 'revoked', person };
      if (isNews(feed, now)) await db.transact((it) => noteUse(it, feed.id, now));
      const { tag, text } = await feeds.of(tx, viewer, content);
      if (has(tag)) return { kind: 'same', person, tag };
      return { kind: 'calendar', text: text(), name: 'bookings.ics', person, tag };
    },
  };

  /** Null where the person may not see it (any more). */
  async function contentOf(
    tx: Tx,
    { room: id }: Feed,
    { reader, selves }: Pick<Viewer, 'reader' | 'selves'>,
    now: Instant,
  ): Promise<{ title: string; appointments: Appointment[] } | null> {
    const from = now - feedBack;
    if (id === null)
      return { title: reader.t('calendar.mine'), appointments: await appointmentsOf(tx, { selves, from }) };
    const room = await findRoom(tx, id);
    const entitled = [...(await reviewersOf(tx, id)), ...(await directory.admins(tx))];
    if (!room || !entitled.some((it) => selves.includes(it))) return null;
    const title = reader.t('calendar.room', { room: room.name });
    return { title, appointments: await appointmentsOf(tx, { room: id, from }) };
  }
}
