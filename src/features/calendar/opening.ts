import { day, type Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/database.ts';
import { agendaIn, agendaOf, type Booking, lastChanges, loadDetail, loadDetails } from '../booking/index.ts';
import { linksIn } from '../files/index.ts';
import type { Directory } from '../people/index.ts';
import { findRoom, reviewersOf } from '../rooms/index.ts';
import { loadWhole } from '../series/index.ts';
import { feedEventOf, isInvited, type Viewer } from './event.ts';
import { invitationOf, seriesInvitation } from './invitation.ts';
import { type Feed, findFeed, noteUse } from './store.ts';
import { feedText } from './text.ts';
import { contactsOf, leadsFor, remembering, viewerOf } from './viewer.ts';

/** What a link to a calendar leads to, and to whom the link was given. */
export type OpenedCalendar =
  | { kind: 'calendar'; text: string; name: string; person: PersonId }
  /** It was ours, and works no longer. */
  | { kind: 'expired' | 'revoked'; person: PersonId }
  | { kind: 'unknown' };

/** How long after its end an invitation can be fetched. */
const afterEnd = 30 * day;
/** How far back a feed goes. */
const feedBack = 90 * day;
/** How often a calendar is asked to look, in seconds. */
const lookEvery = 30 * 60;

export type Calendars = ReturnType<typeof createCalendars>;

/** What calendars fetch from us, by signed links: an invitation (2.3), or a feed that goes on. */
export function createCalendars(deps: {
  db: Db;
  directory: Pick<Directory, 'addresses' | 'clocksOf' | 'admins'>;
  now(): Instant;
}) {
  const { db, directory } = deps;

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
      return { kind: 'calendar', text, name: `booking-${booking.number}.ics`, person };
    },

    /** What a calendar that subscribes gets: 90 days back, and everything ahead. */
    async openFeed(token: string): Promise<OpenedCalendar> {
      const now = deps.now();
      const tx = db.read;
      const id = (await linksIn(tx)).readFeed(token);
      const feed = id && (await findFeed(tx, id));
      if (!feed) return { kind: 'unknown' };
      const { person } = feed;
      const viewer = feed.revokedAt === null ? await viewerOf(tx, directory, person, now) : null;
      const content = viewer && (await contentOf(tx, feed, viewer, now));
      if (!viewer || !content) return { kind: 'revoked', person };
      await db.transact((it) => noteUse(it, feed.id, now));
      const text = await write(tx, { ...viewer, ...content });
      return { kind: 'calendar', text, name: 'bookings.ics', person };
    },
  };

  /** Null where the person may not see it (any more). */
  async function contentOf(
    tx: Tx,
    { room: id }: Feed,
    { reader, selves }: Pick<Viewer, 'reader' | 'selves'>,
    now: Instant,
  ): Promise<{ title: string; bookings: Booking[] } | null> {
    const from = now - feedBack;
    if (id === null) {
      const bookings = (await agendaOf(tx, selves, { from })).filter((it) => it.state.kind === 'approved');
      return { title: reader.t('calendar.mine'), bookings };
    }
    const room = await findRoom(tx, id);
    const entitled = [...(await reviewersOf(tx, id)), ...(await directory.admins(tx))];
    if (!room || !entitled.some((it) => selves.includes(it))) return null;
    const title = reader.t('calendar.room', { room: room.name });
    return { title, bookings: await agendaIn(tx, id, from) };
  }
}

async function write(
  tx: Tx,
  it: Pick<Viewer, 'reader' | 'selves'> & { title: string; bookings: Booking[] },
): Promise<string> {
  const { bookings, title } = it;
  const details = await loadDetails(tx, bookings);
  const changes = await lastChanges(
    tx,
    bookings.map(({ id }) => id),
  );
  // Nobody is invited by a feed, and calendars don't remind of what they subscribe to.
  const viewer: Viewer = { ...it, reader: remembering(it.reader), leadsOf: () => [], emailOf: () => null };
  const events = details.map((detail) =>
    feedEventOf(viewer, { detail, stamp: changes.get(detail.booking.id) ?? detail.booking.requestedAt }),
  );
  return feedText(events, { name: title, ttl: lookEvery });
}
