import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import type { PersonId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { bookingsOf } from '../src/features/booking/store.ts';
import { inFolder } from './measure.ts';
import { compare } from './results.ts';

const count = 300_000;
const people = 3_000;
const now = 100 * day;

/** One person's page of `/bookings` among those of everybody, beside the plain way of asking. */
export const bookings = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    fill(path);
    const person = 'person-7' as PersonId;
    const plain = new Database(path, { readonly: true });
    const walk = plain.prepare(
      `SELECT * FROM booking WHERE end_at > ? AND (host = ? OR (state_kind = 'approved' AND EXISTS
         (SELECT 1 FROM booking_attendee a WHERE a.booking = booking.id AND a.person = ?)))
       ORDER BY start_at LIMIT 5`,
    );
    await compare({
      name: `my page of ${count} bookings`,
      work: () => bookingsOf(db.read, [person], { which: 'upcoming', now, page: 1, pageSize: 5 }),
      beside: 'one by one',
      reference: () => walk.all(now, person, person),
      bar: 1,
      holds: 'ratio at most',
    });
    plain.close();
    await db.close();
  });

function fill(path: string): void {
  const db = new Database(path);
  db.exec('BEGIN');
  const add = db.prepare(
    `INSERT INTO booking (id, number, revision, rules_version, requested_at, room, host, topic, start_at, end_at,
       headcount, equipment, confidential, note, state_kind, state)
     VALUES (?, ?, 2, 1, 0, 'room', ?, 'Topic', ?, ?, 2, '[]', 0, '', 'approved', '{"kind":"expired","at":0}')`,
  );
  const invite = db.prepare('INSERT INTO booking_attendee (booking, person, place) VALUES (?, ?, 0)');
  for (let n = 0; n < count; n++) {
    const start = (n % 200) * day + 9 * hour;
    add.run(`b${n}`, n, `person-${n % people}`, start, start + hour);
    invite.run(`b${n}`, `person-${(n * 7) % people}`);
  }
  db.exec('COMMIT');
  db.close();
}
