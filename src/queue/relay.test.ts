import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { manualClock, person, rowsOf, start } from '../../test/support/delivery.ts';
import { eventually } from '../../test/support/eventually.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { hour, minute } from '../core/clock.ts';
import type { OutboxId, PersonId } from '../core/ids.ts';
import { createLogger } from '../core/logger.ts';
import type { Db } from '../db/database.ts';
import { bringForward, claim, postpone, schedule, tell } from '../db/outbox.ts';
import { longestWait } from './backoff.ts';
import type { Queue, Ticket } from './queue.ts';
import { addAgainAfter, createRelay, type Relay } from './relay.ts';

let place: TemporaryDatabase;
let db: Db;
let relay: Relay | null = null;
beforeEach(() => {
  place = temporaryDatabase();
  db = place.db;
});
afterEach(async () => {
  await relay?.stop();
  await place.remove();
});

/** A relay to where its tickets end up, which fails for as long as `away` is set. */
function setUp() {
  const clock = manualClock();
  const batches: Ticket[][] = [];
  const tried: Ticket[][] = [];
  const end = { away: false };
  const queue: Pick<Queue, 'add'> = {
    async add(tickets) {
      tried.push([...tickets]);
      if (end.away) throw new Error('away');
      batches.push([...tickets]);
    },
  };
  const made = createRelay({
    read: db.read,
    queue,
    clock,
    logger: createLogger('silent'),
    onSetBack: (now, until) => db.transact((tx) => bringForward(tx, now, { until, wait: longestWait })),
    laneOf: async (row) => (row.kind === 'tell' ? `lane of ${row.person}` : 'jobs'),
  });
  relay = made;
  return { clock, relay: made, end, tried, added: () => batches.flat() };
}

const tellAt = (dueAt: number, ...people: PersonId[]) =>
  db.transact((tx) => tell(tx, people, 'notice', { now: start, dueAt, data: {} }));

describe('the relay', () => {
  test('[2.7] adds what is due at the start, each with its lane, and marks nothing', async () => {
    const { relay, added } = setUp();
    await tellAt(start, person('ann'));
    await tellAt(start + 1, person('ben'));
    await db.transact((tx) => schedule(tx, 'expire', { now: start, dueAt: start - 1 }));
    relay.start();
    await eventually(() => expect(added().map((it) => it.lane)).toEqual(['jobs', 'lane of ann']));
    expect((await rowsOf(db)).map((it) => it.state)).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test('[2.7] adds what a commit left after a kick, and what falls due later by itself', async () => {
    const { clock, relay, added } = setUp();
    relay.start();
    await tellAt(start, person('ann'));
    relay.kick();
    await eventually(() => expect(added().map((it) => it.lane)).toEqual(['lane of ann']));
    await tellAt(start + 10_000, person('ben'));
    clock.advance(10_000);
    await eventually(() => expect(added().map((it) => it.lane)).toEqual(['lane of ann', 'lane of ben']));
  });

  test('[2.7] adds a row again only when it left the queue, or may have been lost', async () => {
    const { clock, relay, added, tried } = setUp();
    await tellAt(start, person('ann'));
    relay.start();
    await eventually(() => expect(added()).toHaveLength(1));
    const looks = async () => {
      await tellAt(start, person('ben'));
      relay.kick();
      const before = tried.length;
      await eventually(() => expect(tried.length).toBeGreaterThan(before));
    };
    clock.advance(addAgainAfter - 1);
    await looks();
    const ann = () => added().filter((it) => it.lane === 'lane of ann');
    expect(ann()).toHaveLength(1);

    relay.over(ann()[0]?.id as OutboxId, false);
    await eventually(() => expect(ann()).toHaveLength(2));
    clock.advance(addAgainAfter);
    await eventually(() => expect(ann()).toHaveLength(3));
  });

  test('[2.7] leaves alone for a while what the database failed at', async () => {
    const { clock, relay, added } = setUp();
    await tellAt(start, person('ann'));
    relay.start();
    await eventually(() => expect(added()).toHaveLength(1));
    relay.over(added()[0]?.id as OutboxId, true);
    await tellAt(start, person('ben'));
    relay.kick();
    await eventually(() => expect(added().map((it) => it.lane)).toEqual(['lane of ann', 'lane of ben']));
    clock.advance(addAgainAfter);
    await eventually(() => expect(added()).toHaveLength(4));
  });

  test('[2.7] adds everything once the queue is back', async () => {
    const { relay, end, added, tried } = setUp();
    end.away = true;
    await tellAt(start, person('ann'));
    relay.start();
    await eventually(() => expect(tried.length).toBeGreaterThan(1));
    expect(added()).toEqual([]);
    end.away = false;
    relay.kick();
    await eventually(() => expect(added()).toHaveLength(1));
  });

  test('[2.7] gets past any number of rows that are held up', async () => {
    const { relay, added } = setUp();
    const many = Array.from({ length: 450 }, (_, n) => person(`held ${n}`));
    await tellAt(start - 1, ...many);
    await tellAt(start, person('ann'));
    relay.start();
    await eventually(() => expect(added()).toHaveLength(451));
    expect(new Set(added().map((it) => it.id)).size).toBe(451);
    await tellAt(start, person('ben'));
    relay.kick();
    await eventually(() => expect(added().at(-1)?.lane).toBe('lane of ben'));
  });

  test('[2.7] where the clock is set back, what was due stays due, and what is planned keeps its time', async () => {
    const { clock, relay, added } = setUp();
    const later = start + 30 * minute;
    const dueOf = async (name: string) => (await rowsOf(db)).find((row) => row.person === name)?.dueAt;
    await tellAt(later, person('planned'));
    await tellAt(start, person('failed'));
    relay.start();
    await eventually(() => expect(added()).toHaveLength(1));
    await db.transact(async (tx) => {
      const row = await claim(tx, added()[0]?.id as OutboxId, start, () => start + minute);
      if (row) await postpone(tx, row, start + 2_000, { error: 'Error' });
      await tell(tx, [person('at once')], 'notice', { now: start, dueAt: start, data: {} });
    });
    clock.set(start - hour);
    relay.kick();
    await eventually(() => expect(added().map((it) => it.lane)).toContain('lane of at once'));
    expect([await dueOf('at once'), await dueOf('failed'), await dueOf('planned')]).toEqual([
      start - hour,
      start - hour,
      later,
    ]);
    relay.over(added()[0]?.id as OutboxId, false);
    await eventually(() => expect(added().filter((it) => it.lane === 'lane of failed')).toHaveLength(2));
  });

  test('[2.7] what the queue may have lost is added again, also where the clock is set back meanwhile', async () => {
    const { clock, relay, added } = setUp();
    await tellAt(start, person('ann'));
    relay.start();
    await eventually(() => expect(added()).toHaveLength(1));
    clock.set(start - hour);
    clock.advance(addAgainAfter);
    await eventually(() => expect(added()).toHaveLength(2));
  });

  test('[2.7] adds nothing after it was stopped', async () => {
    const { relay, tried } = setUp();
    relay.start();
    await relay.stop();
    await tellAt(start, person('ann'));
    relay.kick();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(tried).toEqual([]);
  });
});
