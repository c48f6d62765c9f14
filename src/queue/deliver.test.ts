import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { deliveryByHand, move, onlyRow, person, revisionOf, start } from '../../test/support/delivery.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { minute } from '../core/clock.ts';
import { RateLimited, Unreachable } from '../core/errors.ts';
import type { Subject } from '../core/ids.ts';
import type { Db } from '../db/database.ts';
import { release, schedule, tell, withdraw } from '../db/outbox.ts';
import { maxAttempts } from './backoff.ts';
import { leaseOf } from './deliver.ts';
import type { DeliveryPorts } from './ports.ts';

const booking: Subject = 'booking:1';

let place: TemporaryDatabase;
let db: Db;
beforeEach(() => {
  place = temporaryDatabase();
  db = place.db;
});
afterEach(() => place.remove());

const setUp = (has: Partial<DeliveryPorts> = {}) => deliveryByHand(db, has);
const entry = { now: start, dueAt: start };
const tellOne = (name: string, view = 'notice') =>
  db.transact((tx) =>
    tell(tx, [person(name)], view, { ...entry, data: { text: 'hello' }, subject: booking }),
  );

describe('failures', () => {
  test('[2.7] 429 waits exactly as long as told and does not count', async () => {
    const { clock, deliverDue, slack } = setUp();
    let limits = 20;
    slack.trouble = async () => {
      if (limits-- > 0) throw new RateLimited(30_000);
      return null;
    };
    await tellOne('ann');
    for (let round = 1; round <= 20; round++) {
      await deliverDue();
      expect(await onlyRow(db)).toMatchObject({ state: 'waiting', attempts: 0, dueAt: clock.now() + 30_000 });
      clock.advance(29_999);
      await deliverDue();
      expect(slack.attempts).toHaveLength(round);
      clock.advance(1);
    }
    await deliverDue();
    expect(slack.texts('ann')).toHaveLength(1);
    expect(slack.attempts.some((it) => it.again)).toBe(false);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('[2.7] others back off ever longer, and end failed and visible', async () => {
    const { clock, deliverDue, slack, told, logged } = setUp();
    slack.trouble = async () => {
      throw Object.assign(new Error('token xoxb-12345 refused "hello"'), { code: 'EPIPE' });
    };
    await tellOne('ann');
    const waits: number[] = [];
    for (;;) {
      await deliverDue();
      const row = await onlyRow(db);
      if (row.state !== 'waiting') break;
      waits.push(row.dueAt - clock.now());
      clock.advance(row.dueAt - clock.now());
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600].map((seconds) => seconds * 1_000));
    expect(slack.attempts.map((it) => it.again)).toEqual([false, ...Array(maxAttempts - 1).fill(true)]);
    expect(told).toEqual(['notice failed: Error EPIPE']);
    expect(await onlyRow(db)).toMatchObject({ state: 'failed', error: 'Error EPIPE' });
    expect(logged.join('')).not.toMatch(/xoxb|hello/);
    clock.advance(60 * minute);
    await deliverDue();
    expect(slack.attempts).toHaveLength(maxAttempts);
  });

  test('[2.7] what is withdrawn while it is being sent is not tried again', async () => {
    const { clock, deliverDue, slack, told } = setUp();
    slack.trouble = async () => {
      await db.transact((tx) => withdraw(tx, booking, 'notice'));
      throw new Error('no');
    };
    await tellOne('ann');
    await deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'withdrawn' });
    clock.advance(10 * minute);
    await deliverDue();
    expect(slack.attempts).toHaveLength(1);
    expect(told).toEqual([]);
  });

  test('[2.7] who cannot be reached by what was withdrawn meanwhile is not reported', async () => {
    const { deliverDue, slack, told } = setUp();
    slack.trouble = async () => {
      await db.transact((tx) => withdraw(tx, booking, 'notice'));
      throw new Unreachable('never installed');
    };
    await tellOne('ann');
    await deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'withdrawn' });
    expect(told).toEqual([]);
  });

  test('[2.7] a view that nobody has is a failure like any other', async () => {
    const { deliverDue } = setUp();
    await tellOne('ann', 'unheard-of');
    await deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'waiting', attempts: 1, error: 'Error' });
  });
});

describe('a process that is killed', () => {
  test('[2.7] between claim and mark: told once more, and only then done', async () => {
    const killed = setUp();
    let reached = () => {};
    const sending = new Promise<void>((resolve) => {
      reached = resolve;
    });
    killed.slack.trouble = () => {
      reached();
      return new Promise(() => {});
    };
    await tellOne('ann');
    void killed.deliverDue();
    await sending;
    expect(await onlyRow(db)).toMatchObject({ state: 'sending', attempts: 1 });

    const next = setUp();
    await next.deliverDue();
    expect(next.slack.attempts).toEqual([]);
    await db.transact(release);
    await next.deliverDue();
    expect(next.slack.attempts).toEqual([expect.objectContaining({ user: 'ann', again: true })]);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('[2.7] a claim that ran out is taken over', async () => {
    const stuck = setUp();
    let letGo = () => {};
    const sending = new Promise<void>((resolve) => {
      stuck.slack.trouble = (attempt) => {
        resolve();
        if (attempt.again) return Promise.resolve(null);
        return new Promise((_, reject) => {
          letGo = () => reject(new Error('timed out at last'));
        });
      };
    });
    await tellOne('ann');
    const first = stuck.deliverDue();
    await sending;
    stuck.clock.advance(leaseOf('tell'));
    await stuck.deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 2 });
    letGo();
    await first;
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 2 });
  });
});

describe('a machine in trouble', () => {
  test('[2.7] where the clock is put ahead while something is sent, nobody sends it as well', async () => {
    const { clock, slack, deliverDue } = setUp();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: slow, resolve: arrive } = Promise.withResolvers<null>();
    slack.trouble = () => {
      begin();
      return slow;
    };
    await tellOne('ann');
    const first = deliverDue();
    await begun;
    clock.set(clock.now() + 60 * minute);
    await deliverDue();
    expect(slack.attempts).toHaveLength(1);
    arrive(null);
    await first;
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('[2.7] what was told while nothing could be written is marked as soon as it can be, and not sent again', async () => {
    const { clock, slack, deliver, deliverDue } = setUp();
    await tellOne('ann');
    const row = await onlyRow(db);
    await db.transact(async (tx) => {
      tx.run(sql`CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN new.state = 'done'
        BEGIN SELECT raise(ABORT, 'database or disk is full'); END`);
    });
    await expect(deliver(row.id)).rejects.toThrow();
    await expect(deliver(row.id)).rejects.toThrow();
    expect(await onlyRow(db)).toMatchObject({ state: 'sending' });
    await db.transact(async (tx) => {
      tx.run(sql`DROP TRIGGER full`);
    });
    clock.advance(leaseOf('tell'));
    await deliverDue();
    expect(slack.attempts).toHaveLength(1);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1 });
  });
});

describe('jobs', () => {
  test('[2.7] a job runs once, in one transaction with its row', async () => {
    let tries = 0;
    const { clock, deliverDue } = setUp({
      jobs: {
        move: async ({ tx, now }, data) => {
          expect([now, data]).toEqual([clock.now(), { a: '1' }]);
          await move(tx, booking);
          if (++tries < 3) throw new Error('no');
        },
      },
    });
    await db.transact((tx) => schedule(tx, 'move', { ...entry, data: { a: '1' } }));
    for (let round = 0; round < 5; round++) {
      await deliverDue();
      clock.advance(minute);
    }
    expect(tries).toBe(3);
    expect(await revisionOf(db.read, booking)).toBe(1);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 3 });
  });
});
