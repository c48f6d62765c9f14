import { statSync } from 'node:fs';
import { join } from 'node:path';
import { hour } from '../src/core/clock.ts';
import { type BookingId, newId } from '../src/core/ids.ts';
import { type Db, openDatabase } from '../src/db/database.ts';
import type { Booking } from '../src/features/booking/index.ts';
import { nextNumber, saveTransition } from '../src/features/booking/store.ts';
import { createDisk } from '../src/features/files/index.ts';
import { writeExport } from '../src/features/records/background.ts';
import type { Viewer } from '../src/features/records/index.ts';
import { aBooking } from '../test/support/examples.ts';
import { firmOf, person, room } from './data/firm.ts';
import { copied } from './data/template.ts';
import { inFolder } from './measure.ts';

const { now: from } = firmOf(1_000_000);
/** For how long bookings are made without an export. */
const alone = 20_000;

/** Bookings, one after the other, while a million are exported to disk, beside without. */
export const exports = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    await copied(1_000_000, path);
    const db = openDatabase(path);
    const end = performance.now() + alone;
    show('bookings alone', await bookUntil(db, () => performance.now() > end));
    for (const format of ['csv', 'xlsx'] as const) await exportAll(db, path, format);
    await db.close();
  });

async function exportAll(db: Db, databasePath: string, format: 'csv' | 'xlsx'): Promise<void> {
  const disk = createDisk(databasePath);
  const viewer: Viewer = { selves: [person(1)], rooms: [], all: true };
  const narrowed = { number: null, person: null, room: null, site: null, department: null };
  const search = { ...narrowed, state: null, from: null, until: null, words: null };
  const order = { format, search, viewer, language: 'en', zone: 'UTC' } as const;
  const before = process.memoryUsage.rss();
  let peak = before;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  let over = false;
  let rows = 0;
  const start = performance.now();
  const name = `all.${format}`;
  const made = disk
    .keep(
      name,
      (file) => writeExport({ databasePath, file, order, now: from }, () => {}),
      async (written) => {
        rows = written;
      },
    )
    .finally(() => {
      over = true;
    });
  const bookings = await bookUntil(db, () => over);
  await made;
  clearInterval(watching);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const [size, memory, grown] = [statSync(disk.pathOf(name)).size, peak, peak - before].map(mega);
  console.log(
    `${rows} rows as ${format}: ${seconds} s, ${size} MB; memory at most ${memory} MB, ${grown} MB more`,
  );
  show('  bookings meanwhile', bookings);
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** How long each booking took, in milliseconds, shortest first. */
async function bookUntil(db: Db, isOver: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    await book(db);
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b);
}

function show(what: string, took: readonly number[]): void {
  const at = (part: number) => (took[Math.ceil(took.length * part) - 1] ?? Number.NaN).toFixed(1);
  console.log(
    `${what}: ${took.length}; median ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms, slowest ${at(1)} ms`,
  );
}

const book = (db: Db): Promise<void> =>
  db.transact(async (tx) => {
    const after = bookingOf(await nextNumber(tx));
    const event = { type: 'requested', booking: after } as const;
    await saveTransition(tx, { before: null, after, event, at: from, actor: after.host, source: 'slack' });
  });

const bookingOf = (number: number): Booking =>
  aBooking({
    id: newId<BookingId>(),
    number,
    requestedAt: from,
    room: room(number % 1_000),
    host: person(number % 10_000),
    topic: 'Booked meanwhile',
    start: from,
    end: from + hour,
    attendees: [person(2_998), person(2_999)],
    headcount: 3,
  });
