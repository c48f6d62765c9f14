import type { Id, PersonId, RoomId } from '../../core/ids.ts';
import { boolean, index, instant, table, text } from '../../db/columns.ts';

export type FeedId = Id<'feed'>;

/** Private addresses that calendars subscribe to. Its signed id is the address, so nothing secret is kept here. */
export const calendarFeed = table(
  'calendar_feed',
  {
    id: text('id').$type<FeedId>().primaryKey(),
    /** To whom it was given; their rights are looked at whenever it is fetched (6.2). */
    person: text('person').$type<PersonId>().notNull(),
    /** Null: their own bookings. */
    room: text('room').$type<RoomId>(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** When a calendar last fetched it, to the hour. */
    usedAt: instant('used_at'),
  },
  (it) => [index('calendar_feed_person').on(it.person, it.room)],
);

/** What a person wants of calendars; without a row, no mail. */
export const calendarSetting = table('calendar_setting', {
  person: text('person').$type<PersonId>().primaryKey(),
  /** Invitations by e-mail, beside those in chat (2.3). */
  mail: boolean('mail').notNull(),
});
