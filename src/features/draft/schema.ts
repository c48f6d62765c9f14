import type { BookingId, DraftId, PersonId } from '../../core/ids.ts';
import { index, instant, integer, json, table, text } from '../../db/columns.ts';
import type { TypedRequest } from '../booking/index.ts';
import type { Changes, Repeats } from './repeats.ts';

/** What was typed; `zone`: on whose clock date and start are; `repeats`: where it is a series, `changes`: where it changes one. */
export type DraftText = TypedRequest & { zone: string; repeats?: Repeats; changes?: Changes };

/** What somebody typed and has not sent yet, or was refused: a card's buttons go on from it, and nothing is lost. */
export const bookingDraft = table(
  'booking_draft',
  {
    id: text('id').$type<DraftId>().primaryKey(),
    person: text('person').$type<PersonId>().notNull(),
    typed: json('typed').$type<DraftText>().notNull(),
    revision: integer('revision').notNull(),
    at: instant('at').notNull(),
    /** What came of it; null while its buttons offer something. */
    booking: text('booking').$type<BookingId>(),
  },
  (it) => [index('booking_draft_at').on(it.at)],
);
