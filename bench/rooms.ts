import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { type Db, openDatabase } from '../src/db/database.ts';
import { freeRooms, searchRooms, slotsIn } from '../src/features/rooms/index.ts';
import { compare, inFolder, median } from './measure.ts';

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

    compare(
      'free rooms of a thousand',
      ['room by room', await median(() => oneByOne(db, wanted), 3)],
      ['one query', await median(() => freeRooms(db.read, wanted, 4))],
    );
    compare(
      'a hundred options while typing',
      ['all rooms', await median(() => searchRooms(db.read, { activeOnly: true, limit: roomCount }))],
      [
        'matching',
        await median(() => searchRooms(db.read, { text: 'room 7', activeOnly: true, limit: 100 })),
      ],
    );
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

async function oneByOne(db: Db, wanted: { start: number; end: number }): Promise<string[]> {
  const free: string[] = [];
  for (const { id, capacity } of await searchRooms(db.read, { activeOnly: true, limit: roomCount }))
    if (capacity >= 4 && (await slotsIn(db.read, id, wanted)).length === 0) free.push(id);
  return free;
}
