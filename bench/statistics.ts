import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { newId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { remember } from '../src/db/inbox.ts';
import { ensureRules } from '../src/features/rules/index.ts';
import { countPeriod, createBackground, type Query } from '../src/features/statistics/index.ts';
import { inFolder, spreadOf } from './measure.ts';
import { compare, keep } from './results.ts';

const roomCount = 500;
const days = 365;
const perDay = 5.5;
const count = roomCount * days * perDay;
const from = Date.UTC(2025, 0, 1);
const query: Query = {
  period: { from: '2025-01-01', until: '2025-12-31' },
  site: null,
  room: null,
  department: null,
  byDepartment: true,
  now: from,
};

/** A year with a million bookings, and what counting it does to whoever books meanwhile. */
export const statistics = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    const db = openDatabase(path);
    await db.transact(ensureRules);
    fill(path);
    const background = createBackground(path);
    const counting = () => background.count(query);
    const booking = () =>
      db.transact((tx) => remember(tx, newId(), { kind: 'note', tone: 'good', text: 'kept' }, 0));

    await compare({
      name: `a year of ${count} bookings, counted in the background`,
      work: counting,
      beside: 'in the same thread',
      reference: () => countPeriod(db.read, query),
      bar: 1000,
      holds: 'value at most',
      rounds: 5,
    });
    const [inBackground, inThread]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      inBackground.push(await slowest(booking, counting));
      inThread.push(await slowest(booking, () => countPeriod(db.read, query)));
    }
    keep({
      name: 'the slowest booking while a year is counted in the background',
      unit: 'ms',
      value: spreadOf(inBackground),
      beside: 'while it is counted in the same thread',
      reference: spreadOf(inThread),
      bar: 0.5,
      holds: 'ratio at most',
    });
    await background.close();
    await db.close();
  });

/** The longest that `work` takes while `beside` is done once, in milliseconds. */
async function slowest(work: () => Promise<unknown>, beside: () => Promise<unknown>): Promise<number> {
  let under = true;
  let longest = 0;
  const done = beside().finally(() => {
    under = false;
  });
  while (under) {
    const start = performance.now();
    // A turn of the loop, as between one click and the next.
    await setTimeout(1);
    await work();
    longest = Math.max(longest, performance.now() - start);
  }
  await done;
  return longest;
}

function fill(path: string): void {
  const db = new Database(path);
  const named = db.prepare("SELECT sql FROM sqlite_master WHERE name = 'booking_figure_room'");
  const { sql: index } = named.get() as { sql: string };
  db.exec('BEGIN; DROP INDEX booking_figure_room');
  const addRoom = db.prepare(
    `INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
     VALUES (?, ?, 'Site', '', 'Europe/Berlin', 'physical', ?, '[]', 0, 1)`,
  );
  const addFigure = db.prepare(
    `INSERT INTO booking_figure (booking, room, start_at, end_at, headcount, department, requested_at, decided_at, outcome)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (let n = 0; n < roomCount; n++) {
    addRoom.run(`room-${n}`, `Room ${n}`, 4 + (n % 20));
    for (let d = 0; d < days; d++)
      for (let k = 0; k < perDay - 0.5 + (d % 2); k++) {
        const start = from + d * day + (7 + 2 * k) * hour;
        const asked = start - ((n * 7 + d * 3 + k) % 500) * hour;
        addFigure.run(
          newId(),
          `room-${n}`,
          start,
          start + hour + (k % 2) * (hour / 2),
          2 + (d % 8),
          `Department ${n % 12}`,
          asked,
          asked + ((d + k) % 90) * 60_000,
          k === 3 ? 'cancelled' : 'approved',
        );
      }
  }
  db.exec(`${index}; COMMIT`);
  db.close();
}
