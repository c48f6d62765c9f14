import { day, hour } from '../src/core/clock.ts';
import { type Db, openDatabase, type Tx } from '../src/db/database.ts';
import { hold, slotsIn } from '../src/features/rooms/index.ts';
import { room } from './data/firm.ts';
import { mix } from './data/random.ts';
import { type Filled, filled } from './data/template.ts';
import { spreadOf } from './measure.ts';
import { keep } from './results.ts';

const rounds = 9;
/** How often each is done within a round. */
const times = 4_000;

type Figures = { mean: number[]; p99: number[] };
const noFigures = (): Figures => ({ mean: [], p99: [] });

/** Whether a slot is free, and holding it, among a million bookings beside ten thousand. */
export async function overlap(): Promise<void> {
  const firms = [await filled(1_000_000), await filled(10_000)].map((firm) => ({
    firm,
    db: openDatabase(firm.path),
    check: noFigures(),
    holding: noFigures(),
  }));
  for (let round = -1; round < rounds; round++)
    for (const { firm, db, check, holding } of firms) {
      const checked = await each(round, (n) => slotsIn(db.read, roomAt(firm, n), anyTime(firm, n)));
      const held = await undone(db, (tx) =>
        each(round, (n) => hold(tx, { room: room(n % firm.rooms), ...sunday(firm, n), owner: `bench:${n}` })),
      );
      // The first round warms up.
      if (round < 0) continue;
      add(check, checked);
      add(holding, held);
    }
  const [large, small] = firms;
  if (!large || !small) return;
  for (const [what, its] of [
    ['is a slot free', 'check'],
    ['a slot is held, the trigger looks', 'holding'],
  ] as const) {
    const one = {
      name: `${what}: among 1,000,000 bookings`,
      unit: 'µs',
      beside: 'among 10,000',
      value: spreadOf(large[its].mean),
      reference: spreadOf(small[its].mean),
    };
    keep({ ...one, bar: 2, holds: 'ratio at most' });
    const [value, reference] = [spreadOf(large[its].p99), spreadOf(small[its].p99)];
    keep({ ...one, name: `${one.name}, p99`, value, reference, bar: 100, holds: 'value at most' });
  }
  for (const { db } of firms) await db.close();
}

function add(to: Figures, took: number[]): void {
  const sorted = took.sort((a, b) => a - b);
  to.mean.push(took.reduce((sum, it) => sum + it, 0) / took.length);
  to.p99.push(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0);
}

/** In microseconds. */
async function each(round: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const since = performance.now();
    await work((round + 1) * times + n);
    took.push(1000 * (performance.now() - since));
  }
  return took;
}

class Undone extends Error {}

/** The database is as it was afterwards: others are to measure it too. */
async function undone(db: Db, work: (tx: Tx) => Promise<number[]>): Promise<number[]> {
  let took: number[] = [];
  await db
    .transact(async (tx) => {
      took = await work(tx);
      throw new Undone();
    })
    .catch((cause) => {
      if (!(cause instanceof Undone)) throw cause;
    });
  return took;
}

const roomAt = (firm: Filled, n: number) => room(mix(n) % firm.rooms);

/** Some hour in a year, as likely taken as not. */
function anyTime(firm: Filled, n: number) {
  const start = firm.now + ((mix(n + 1) % 340) - 280) * day + (6 + (mix(n + 2) % 12)) * hour;
  return { start, end: start + hour };
}

/** A quarter of an hour of a Sunday of the past, when nobody meets; each of a round another one. */
function sunday(firm: Filled, n: number) {
  const place = Math.floor((n % times) / firm.rooms);
  const last = firm.now - new Date(firm.now).getUTCDay() * day;
  const start = last - (1 + (place % 40)) * 7 * day + Math.floor(place / 40) * (hour / 4);
  return { start, end: start + hour / 4 };
}
