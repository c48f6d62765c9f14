import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { openDatabase } from '../src/db/database.ts';
import { freeRooms, longestSlot, searchRooms } from '../src/features/rooms/index.ts';
import { inFolder } from './measure.ts';
import { compare } from './results.ts';

const roomCount = 1_000;
const days = 200;
const perDay = 5;

/** Looking for a room among a thousand with a million slots, beside the plain way of asking. */
export const rooms = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    fill(path);
    const start = 100 * day + 9 * hour;
    const wanted = { start, end: start + hour };

    const plain = new Database(path, { readonly: true });
    const statement = plain.prepare(
      `SELECT * FROM room WHERE active = 1 AND capacity >= ? AND id NOT IN (
         SELECT room FROM slot WHERE end_at > ? AND end_at < ? AND start_at < ?) ORDER BY capacity, name`,
    );
    await compare({
      name: `free rooms of ${roomCount} with ${roomCount * days * perDay} slots`,
      work: () => freeRooms(db.read, wanted, 4),
      beside: 'one hand-written statement',
      reference: () => statement.all(4, wanted.start, wanted.end + longestSlot, wanted.end),
      bar: 2,
      holds: 'ratio at most',
      rounds: 15,
    });
    await compare({
      name: 'a hundred options while typing',
      work: () => searchRooms(db.read, { text: 'room 7', activeOnly: true, limit: 100 }),
      beside: 'all rooms',
      reference: () => searchRooms(db.read, { activeOnly: true, limit: roomCount }),
      bar: 1,
      holds: 'ratio at most',
      rounds: 15,
    });
    plain.close();
    await db.close();
  });

function fill(path: string): void {
  const db = new Database(path);
  db.exec('BEGIN; DROP TRIGGER slot_insert');
  const addRoom = db.prepare(
    `INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
     VALUES (?, ?, 'Site', '', 'UTC', 'physical', ?, '[]', 0, 1)`,
  );
  const addSlot = db.prepare('INSERT INTO slot (id, room, start_at, end_at, owner) VALUES (?, ?, ?, ?, ?)');
  for (let n = 0; n < roomCount; n++) {
    addRoom.run(`room-${n}`, `Room ${n}`, 2 + (n % 20));
    for (let d = 0; d < days; d++)
      for (let k = 0; k < perDay; k++) {
        const start = d * day + (8 + 2 * k + (n % 2)) * hour;
        addSlot.run(`${n}-${d}-${k}`, `room-${n}`, start, start + hour, `booking:${n}-${d}-${k}`);
      }
  }
  db.exec('COMMIT');
  db.close();
}
