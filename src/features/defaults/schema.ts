import type { PersonId, RoomId } from '../../core/ids.ts';
import { integer, table, text } from '../../db/columns.ts';

/** What somebody's form is preset to (2.1). */
export const bookingDefault = table('booking_default', {
  person: text('person').$type<PersonId>().primaryKey(),
  site: text('site'),
  room: text('room').$type<RoomId>(),
  minutes: integer('minutes'),
});
