import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import type { PersonId, RoomId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { createFacts } from '../src/features/booking/index.ts';
import { findRoom } from '../src/features/rooms/index.ts';
import { defaultDocument, defaultRules, type RulesDocument } from '../src/features/rules/index.ts';
import { alternativesTo, breachesAt, type Sight } from '../src/features/series/look.ts';
import { occurrences } from '../src/features/series/recurrence.ts';
import { inFolder } from './measure.ts';
import { compare } from './results.ts';

const roomCount = 50;
const count = 500;
const onAPage = 6;
const now = Date.UTC(2026, 10, 30);
const zone = 'Europe/Berlin';

/** The preview of 500 occurrences, half of them taken, beside asking for each by itself. */
export const series = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    fill(path);
    const facts = createFacts({
      admins: async () => [],
      substitutes: async () => new Map(),
      standing: async () => ({ roles: [], department: null }),
    });
    const sight: Sight = { tx: db.read, now, facts };
    const room = await findRoom(db.read, 'room-0' as RoomId);
    if (!room) throw new Error('the bench has no room');
    const dates = () =>
      occurrences(
        {
          date: '2026-12-01',
          time: '09:00',
          zone,
          minutes: 60,
          recurrence: { pattern: { every: 'day', interval: 1 }, ends: { count } },
        },
        '2029-12-31',
      );
    const content = {
      host: 'ann' as PersonId,
      topic: 'Stand-up',
      attendees: [],
      headcount: 4,
      equipment: [],
      confidential: false,
      note: '',
    };
    const preview = async () => {
      const all = dates();
      const breaches = await breachesAt(
        sight,
        all.map((date) => ({ ...content, ...date, room })),
      );
      const page = all.filter((_, n) => breaches[n] !== null).slice(0, onAPage);
      return alternativesTo(sight, content, room, page);
    };
    const oneByOne = async () => {
      for (const date of dates()) await breachesAt(sight, [{ ...content, ...date, room }]);
    };
    await compare({
      name: `preview of a series of ${count}`,
      work: preview,
      beside: 'asking for each date by itself',
      reference: oneByOne,
      bar: 50,
      holds: 'value at most',
      rounds: 9,
    });
    await db.close();
  });

function fill(path: string): void {
  const db = new Database(path);
  db.exec('BEGIN; DROP TRIGGER slot_insert');
  const addRoom = db.prepare(
    `INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
     VALUES (?, ?, 'Site', '', '${zone}', 'physical', ?, '[]', 0, 1)`,
  );
  const addReviewer = db.prepare(`INSERT INTO room_reviewer (room, person) VALUES (?, 'rae')`);
  const addSlot = db.prepare('INSERT INTO slot (id, room, start_at, end_at, owner) VALUES (?, ?, ?, ?, ?)');
  for (let n = 0; n < roomCount; n++) {
    addRoom.run(`room-${n}`, `Room ${n}`, 4 + (n % 20));
    addReviewer.run(`room-${n}`);
    for (let d = 0; d <= count; d++)
      for (let k = 0; k < 5; k++) {
        const start = now + d * day + (8 + 2 * k + (d % 2)) * hour;
        addSlot.run(`${n}-${d}-${k}`, `room-${n}`, start, start + hour, `booking:${n}-${d}-${k}`);
      }
  }
  const document: RulesDocument = {
    ...defaultDocument,
    organisation: { ...defaultRules, horizonDays: 2 * count },
  };
  db.prepare('INSERT INTO rules_version VALUES (1, 0, ?, ?)').run('bench', JSON.stringify(document));
  db.exec('COMMIT');
  db.close();
}
