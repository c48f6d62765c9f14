import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Dispatch } from '../src/chat/ports.ts';
import { systemClock } from '../src/core/clock.ts';
import type { Db } from '../src/db/database.ts';
import { searchRooms } from '../src/features/rooms/index.ts';
import { fill, rooms, slotOf, tenants, userId } from './load/organisation.ts';
import { inFolder, spreadOf } from './measure.ts';
import { keep } from './results.ts';
import { callerOf, openProduct } from './support/product.ts';
import { createReplay } from './support/replay.ts';

const rounds = 7;
const groups = 10;
const atOnce = 50;

/**
 * A booking from the dispatch to the durable commit, fifty people at once, beside the very same rows written by plain
 * statements that are prepared once, fifty bookings to a transaction.
 */
export const command = (): Promise<void> =>
  inFolder(async (folder) => {
    const path = join(folder, 'bench.sqlite');
    await (await fill(path)).close();
    const { db, dispatch, close } = openProduct(path, systemClock);
    const beside = join(folder, 'beside.sqlite');
    const names = await roomsByNumber(db);
    const replay = createReplay(path, beside);
    let asked = 0;
    const book = async () => {
      for (let group = 0; group < groups; group++)
        await Promise.all(Array.from({ length: atOnce }, () => bookOne(dispatch, names, asked++)));
    };
    await book();
    replay.begin();
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const took = await timed(book);
      const rows = replay.read(groups);
      const tookThem = await timed(async () => replay.write(rows));
      // The first round warms up.
      if (round > 0) ours.push((1000 * groups * atOnce) / took);
      if (round > 0) theirs.push((1000 * groups * atOnce) / tookThem);
    }
    keep({
      name: `bookings from the dispatch to the durable commit, ${atOnce} at once`,
      unit: 'a second',
      value: spreadOf(ours),
      beside: 'the same rows by plain statements, in one transaction each group',
      reference: spreadOf(theirs),
      bar: 0.25,
      holds: 'ratio at least',
    });
    console.log(`     rows of a booking: ${replay.perBooking()}`);
    replay.close();
    await close();
  });

async function roomsByNumber(db: Db): Promise<string[]> {
  const found = await searchRooms(db.read, { activeOnly: true, limit: rooms });
  return found.sort((a, b) => Number(a.name.slice(5)) - Number(b.name.slice(5))).map((room) => room.id);
}

async function bookOne(dispatch: Dispatch, names: readonly string[], n: number): Promise<void> {
  const { room, date, start } = slotOf(n);
  const values = {
    room: names[room] ?? '',
    topic: `Review ${n}`,
    date,
    start,
    duration: '30',
    headcount: '4',
    attendees: [userId(n + 1)],
  };
  const act = { command: 'booking.request', data: { token: randomUUID() }, values };
  const { answer } = await dispatch.act(callerOf(userId(n), tenants.slack), act, `bench-${n}`);
  if (answer.kind !== 'card') throw new Error(`not booked: ${JSON.stringify(answer).slice(0, 300)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
