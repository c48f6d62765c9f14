import Database from 'better-sqlite3';
import { day, hour } from '../src/core/clock.ts';
import { openDatabase } from '../src/db/database.ts';
import { freeRooms, longestSlot, searchRooms } from '../src/features/rooms/index.ts';
import { daysAhead, daysPast } from './data/firm.ts';
import { mix } from './data/random.ts';
import { type Filled, filled } from './data/template.ts';
import { alternately } from './measure.ts';
import { compare, keep } from './results.ts';

/** Looking for a room among a thousand with a million bookings, anywhere in time, beside the plain way of asking. */
export async function rooms(): Promise<void> {
  const firm = await filled(1_000_000);
  const db = openDatabase(firm.path);
  const plain = new Database(firm.path, { readonly: true });
  const statement = plain.prepare(
    `SELECT * FROM room WHERE active = 1 AND capacity >= ? AND id NOT IN (
       SELECT room FROM slot WHERE end_at > ? AND end_at < ? AND start_at < ?) ORDER BY capacity, name`,
  );
  let [asked, askedBeside] = [0, 0];
  const ours = () => freeRooms(db.read, someHour(firm, asked++), 4);
  const theirs = () => {
    const { start, end } = someHour(firm, askedBeside++);
    return statement.all(4, start, end + longestSlot, end);
  };
  const [value, reference] = await alternately([ours, theirs], { rounds: 15, times: 10 });
  if (value && reference) {
    const it = {
      unit: 'ms',
      value: value.wall,
      beside: 'one hand-written statement',
      reference: reference.wall,
    };
    const name = `free rooms of ${firm.rooms} with 1,000,000 bookings, anywhere in time`;
    keep({ ...it, name, bar: 2, holds: 'ratio at most' });
    keep({ ...it, name: `${name}, by itself`, bar: 3, holds: 'value at most' });
  }
  await compare({
    name: 'a hundred options while typing',
    work: () => searchRooms(db.read, { text: 'room 7', activeOnly: true, limit: 100 }),
    beside: 'all rooms',
    reference: () => searchRooms(db.read, { activeOnly: true, limit: firm.rooms }),
    bar: 1,
    holds: 'ratio at most',
    rounds: 15,
  });
  plain.close();
  await db.close();
}

/** The n-th of some hours within all that there is. */
function someHour(firm: Filled, n: number) {
  const start =
    firm.now + ((mix(n) % (daysPast + daysAhead)) - daysPast) * day + (6 + (mix(n + 1) % 12)) * hour;
  return { start, end: start + hour };
}
