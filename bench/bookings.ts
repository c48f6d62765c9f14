import Database from 'better-sqlite3';
import { openDatabase } from '../src/db/database.ts';
import { bookingsOf } from '../src/features/booking/store.ts';
import { person } from './data/firm.ts';
import { filled } from './data/template.ts';
import { compare } from './results.ts';

/** One person's page of `/bookings` among those of everybody, beside the plain way of asking. */
export async function bookings(): Promise<void> {
  const firm = await filled(1_000_000);
  const { now } = firm;
  const db = openDatabase(firm.path);
  const somebody = person(45);
  const plain = new Database(firm.path, { readonly: true });
  const walk = plain.prepare(
    `SELECT * FROM booking WHERE end_at > ? AND (host = ? OR (state_kind = 'approved' AND EXISTS
       (SELECT 1 FROM booking_attendee a WHERE a.booking = booking.id AND a.person = ?)))
     ORDER BY start_at LIMIT 5`,
  );
  await compare({
    name: 'my page of 1,000,000 bookings',
    work: () => bookingsOf(db.read, [somebody], { which: 'upcoming', now, page: 1, pageSize: 5 }),
    beside: 'one by one',
    reference: () => walk.all(now, somebody, somebody),
    bar: 1,
    holds: 'ratio at most',
    rounds: 5,
  });
  plain.close();
  await db.close();
}
