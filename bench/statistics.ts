import { setTimeout } from 'node:timers/promises';
import { day, type Instant } from '../src/core/clock.ts';
import { newId } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { forget, remember } from '../src/db/inbox.ts';
import { countPeriod, createBackground, type Query } from '../src/features/statistics/index.ts';
import { daysAhead, daysPast, type Firm } from './data/firm.ts';
import { filled } from './data/template.ts';
import { spreadOf } from './measure.ts';
import { compare, keep } from './results.ts';

const count = '1,000,000';

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** All that there is. */
const queryOf = ({ now }: Firm): Query => ({
  period: { from: dayOf(now - daysPast * day), until: dayOf(now + daysAhead * day) },
  site: null,
  room: null,
  department: null,
  byDepartment: true,
  now,
});

/** A year with a million bookings, and what counting it does to whoever books meanwhile. */
export async function statistics(): Promise<void> {
  const firm = await filled(1_000_000);
  const { path } = firm;
  const query = queryOf(firm);
  const db = openDatabase(path);
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
  // Others are to measure it as it was.
  await db.transact((tx) => forget(tx, Number.MAX_SAFE_INTEGER));
  await db.close();
}

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
