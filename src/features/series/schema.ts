import type { PersonId, SeriesId } from '../../core/ids.ts';
import { index, instant, integer, json, table, text } from '../../db/columns.ts';
import type { Recurrence } from './recurrence.ts';

/** Bookings that repeat. Time and zone are local, so that 09:00 stays 09:00 when the clocks change (2.1). */
export const bookingSeries = table(
  'booking_series',
  {
    id: text('id').$type<SeriesId>().primaryKey(),
    host: text('host').$type<PersonId>().notNull(),
    /** IANA zone in which date and time are read. */
    zone: text('zone').notNull(),
    /** `2026-12-01`, the first day. */
    date: text('date').notNull(),
    /** `09:00` */
    time: text('time').notNull(),
    minutes: integer('minutes').notNull(),
    recurrence: json('recurrence').$type<Recurrence>().notNull(),
    /** Rises with each change that concerns the series as such. */
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (it) => [index('booking_series_host').on(it.host)],
);
