import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { addDays, toLocal, weekdayOf } from '../src/core/time.ts';
import { openDatabase } from '../src/db/database.ts';
import { due, nextDue } from '../src/db/outbox.ts';
import { firstAt, reviewersOf, room, userId, zoneOf } from './data/firm.ts';
import { copied, type Filled, filled } from './data/template.ts';
import { startDelivering } from './load/delivering.ts';
import { startOwnRedis } from './load/redis.ts';
import { inFolder, spreadOf } from './measure.ts';
import { compare, keep } from './results.ts';
import { callerOf, cardOf, openFirm } from './support/product.ts';

const rounds = 5;
const bytes = { unit: 'bytes', bar: 2_048, holds: 'value at most' } as const;

/** What a million reminders to come take: of Redis, of the relay's time, and of the disk. */
export async function ahead(): Promise<void> {
  const large = await filled(1_000_000);
  const small = await filled(10_000);
  const reminders = countOf(large, "SELECT count(*) FROM outbox WHERE name = 'reminder.card'");
  await memory(large, reminders.toLocaleString('en'));
  await looks(large, small);
  keep({
    ...bytes,
    name: `the file for each of 1,000,000 bookings of a year, ${reminders.toLocaleString('en')} reminders ahead`,
    value: spreadOf([sizeOf(large) / large.bookings]),
    beside: 'of 10,000',
    reference: spreadOf([sizeOf(small) / small.bookings]),
  });
  show(byTable(small), small.bookings);
  await inFolder((folder) => afresh(folder));
}

async function memory(firm: Filled, reminders: string): Promise<void> {
  const redis = await startOwnRedis();
  const empty = await redis.memory();
  const delivering = await startDelivering(firm, {
    redisUrl: redis.url,
    chatUrl: 'http://127.0.0.1:9/',
    onTold() {
      throw new Error('nothing is due yet');
    },
  });
  const used: number[] = [];
  for (let round = 0; round < rounds; round++) {
    delivering.kick();
    await sleep(1_000);
    used.push((await redis.memory()) / 1e6);
  }
  await delivering.stop();
  await redis.stop();
  keep({
    name: `Redis’ memory with ${reminders} reminders ahead`,
    unit: 'MB',
    value: spreadOf(used),
    beside: 'the same Redis before',
    reference: spreadOf([empty / 1e6]),
    bar: 64,
    holds: 'value at most',
  });
}

/** What the relay asks twenty times a second while there is much to do. */
async function looks(large: Filled, small: Filled): Promise<void> {
  const [db, other] = [openDatabase(large.path), openDatabase(small.path)];
  const look = (it: typeof db, now: number) => async () => {
    await due(it.read, now, 200);
    await nextDue(it.read, now);
  };
  await compare({
    name: 'the relay’s look at what is due, with a million reminders ahead',
    work: look(db, large.now),
    beside: 'with ten thousand',
    reference: look(other, small.now),
    bar: 2,
    holds: 'ratio at most',
    rounds: 9,
    times: 200,
  });
  await db.close();
  await other.close();
}

const evenings = 20;

/** Bookings through the program itself: what is kept besides, of messages for 90 days and of answers for a week. */
async function afresh(folder: string): Promise<void> {
  const firm = await copied(10_000, join(folder, 'bench.sqlite'));
  const before = byTable(firm);
  const it = openFirm(firm);
  const reviewer = callerOf(userId(reviewersOf(0)[0]));
  const first = toLocal(firm.now, zoneOf(0)).date;
  const days = Array.from({ length: 28 }, (_, n) => addDays(first, 4 + n)).filter(
    (day) => weekdayOf(day) <= 5,
  );
  let made = 0;
  for (const date of days.slice(0, evenings))
    for (let n = 0; n < firm.rooms; n++)
      for (const start of ['19:00', '19:30']) {
        const host = firstAt(0) + 30 + (made++ % 60);
        const guests = [userId(host + 1), userId(host + 2), userId(host + 3)];
        const what = { room: room(n), topic: `Evening ${made}`, date, start, duration: '30', headcount: '4' };
        const act = { command: 'booking.request', data: { token: randomUUID() } };
        const asked = await it.dispatch.act(
          callerOf(userId(host)),
          { ...act, values: { ...what, attendees: guests } },
          `bench-${made}`,
        );
        cardOf(asked);
        const booking = asked.answer.kind === 'card' ? (asked.answer.live?.data.booking ?? '') : '';
        const approve = { command: 'approval.approve', data: { booking, asOf: '1' }, values: {} };
        cardOf(await it.dispatch.act(reviewer, approve, `approve-${made}`));
      }
  await it.close();
  const grown = new Map([...byTable(firm)].map(([name, size]) => [name, size - (before.get(name) ?? 0)]));
  const total = [...grown.values()].reduce((sum, size) => sum + size, 0);
  keep({
    ...bytes,
    name: 'the file for a booking of four made and approved now, with all messages and answers kept for a while',
    value: spreadOf([total / made]),
    beside: 'of 10,000 of a year',
    reference: spreadOf([sizeOf(await filled(10_000)) / 10_000]),
  });
  show(grown, made);
}

function countOf({ path }: Filled, sql: string): number {
  const db = new Database(path, { readonly: true });
  const count = db.prepare(sql).pluck().get() as number;
  db.close();
  return count;
}

const sizeOf = (firm: Filled): number =>
  countOf(firm, 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size');

/** Bytes of each table with its indexes. */
function byTable({ path }: Filled): Map<string, number> {
  const db = new Database(path, { readonly: true });
  const rows = db
    .prepare(
      `SELECT coalesce(m.tbl_name, s.name) AS name, sum(s.pgsize) AS size FROM dbstat s
       LEFT JOIN sqlite_master m ON m.name = s.name WHERE s.aggregate = true GROUP BY 1`,
    )
    .all() as Array<{ name: string; size: number }>;
  db.close();
  return new Map(rows.map(({ name, size }) => [name, size]));
}

function show(sizes: Map<string, number>, bookings: number): void {
  const shown = [...sizes]
    .map(([name, size]) => [name, Math.round(size / bookings)] as const)
    .filter(([, size]) => size >= 10)
    .sort(([, a], [, b]) => b - a);
  console.log(`     bytes each, with indexes: ${shown.map(([name, size]) => `${name} ${size}`).join(', ')}`);
}
