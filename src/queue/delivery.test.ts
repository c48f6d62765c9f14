import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  account,
  chatService,
  deliveryPorts,
  manualClock,
  move,
  person,
  rowsOf,
  start,
} from '../../test/support/delivery.ts';
import { eventually } from '../../test/support/eventually.ts';
import { removeKeys, testRedis } from '../../test/support/redis.ts';
import { redisLine } from '../../test/support/redis-line.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { RateLimited } from '../core/errors.ts';
import type { Subject } from '../core/ids.ts';
import { createLogger } from '../core/logger.ts';
import type { Db } from '../db/database.ts';
import { refresh, tell } from '../db/outbox.ts';
import { createBullQueue } from './bullmq.ts';
import { createInProcessQueue } from './in-process.ts';
import { createDelivery, type Delivery } from './index.ts';
import { addAgainAfter } from './relay.ts';

const logger = createLogger('silent');
const names = ['ann', 'ben', 'cem', 'dee', 'eve'];

describe.each([
  { name: 'in process', create: () => createInProcessQueue(logger) },
  { name: 'BullMQ', create: (url: string, prefix: string) => createBullQueue({ url, prefix, logger }) },
])('delivery with the queue $name', ({ create }) => {
  let place: TemporaryDatabase;
  let db: Db;
  let redis: ReturnType<typeof testRedis>;
  const running: Delivery[] = [];

  beforeEach(() => {
    place = temporaryDatabase();
    db = place.db;
    redis = testRedis();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((it) => it.stop(1_000)));
    await place.remove();
  });

  async function open(url = redis.url) {
    const slack = chatService();
    const clock = manualClock();
    const { ports } = deliveryPorts(db, { clock, messengers: { slack: slack.messenger } });
    const people = {
      ...ports.people,
      addresses: async (_tx: unknown, id: string) => [account(id, 'slack', id === 'ann' ? 'T1' : 'T2')],
    };
    const delivery = createDelivery({ ...ports, people, queue: create(url, redis.prefix) });
    running.push(delivery);
    await eventually(async () => expect(await delivery.healthy()).toBe(true));
    return { slack, clock, delivery };
  }

  const tellEverybody = () =>
    db.transact((tx) =>
      tell(tx, names.map(person), 'notice', { now: start, dueAt: start, data: { text: 'hello' } }),
    );
  const states = async () => (await rowsOf(db)).map((it) => it.state);
  const allDone = () => eventually(async () => expect(await states()).toEqual(names.map(() => 'done')));

  test('[2.7] everybody is told once of what was committed', async () => {
    const { slack, delivery } = await open();
    await delivery.start();
    await tellEverybody();
    delivery.kick();
    await allDone();
    expect(slack.attempts.map((it) => it.user).toSorted()).toEqual(names);
  });

  test('[2.6] cards follow their subject', async () => {
    const subject: Subject = 'booking:1';
    const { slack, delivery } = await open();
    await delivery.start();
    await db.transact((tx) =>
      tell(tx, names.map(person), 'state', { now: start, dueAt: start, data: { subject } }),
    );
    delivery.kick();
    await allDone();
    await db.transact(async (tx) => {
      await move(tx, subject);
      await refresh(tx, subject, start);
    });
    delivery.kick();
    await eventually(() => expect(names.flatMap(slack.texts)).toEqual(names.map(() => 'revision 1')));
  });

  test('[2.7] a queue that lost its data gets all undelivered rows back', async () => {
    const line = await redisLine(redis.url);
    const first = await open(line.url);
    const letGo: Array<() => void> = [];
    first.slack.trouble = () =>
      new Promise((resolve) => {
        letGo.push(() => resolve(null));
      });
    await first.delivery.start();
    await tellEverybody();
    first.delivery.kick();
    await eventually(() => expect(first.slack.attempts).toHaveLength(names.length));
    // Killed: it does nothing any more.
    line.freeze();
    await removeKeys(redis.url, redis.prefix);

    const next = await open();
    await next.delivery.start();
    await allDone();
    expect(next.slack.attempts.map((it) => it.user).toSorted()).toEqual(names);
    expect(next.slack.attempts.every((it) => it.again)).toBe(true);
    line.thaw();
    for (const go of letGo) go();
    await first.delivery.stop(1_000);
    await line.cut();
  });

  test('[2.7] a workspace that says 429 is left alone, and holds up no other', async () => {
    const { slack, clock, delivery } = await open();
    slack.trouble = async ({ user }) => {
      if (user === 'ann' && clock.now() === start) throw new RateLimited(1_000);
      return null;
    };
    const waiting = (people: string[]) =>
      eventually(async () => {
        const rows = await rowsOf(db);
        expect(rows.filter((it) => it.state !== 'done').map((it) => it.person)).toEqual(people);
      });
    const asked = () => slack.attempts.filter((it) => it.user === 'ann').length;
    await delivery.start();
    await tellEverybody();
    delivery.kick();
    await waiting(['ann']);
    await tellEverybody();
    delivery.kick();
    await waiting(['ann', 'ann']);
    expect(asked()).toBe(1);
    clock.advance(1_000);
    delivery.kick();
    await waiting([]);
    expect(asked()).toBe(3);
  });

  test('[2.7] stopping lets what is under way end, and starts nothing more', async () => {
    const { slack, clock, delivery } = await open();
    let letGo = () => {};
    slack.trouble = () =>
      new Promise((resolve) => {
        letGo = () => resolve(null);
      });
    await delivery.start();
    await db.transact((tx) => tell(tx, [person('ann')], 'notice', { now: start, dueAt: start, data: {} }));
    delivery.kick();
    await eventually(() => expect(slack.attempts).toHaveLength(1));
    const stopped = delivery.stop(60_000);
    await tellEverybody();
    clock.advance(addAgainAfter);
    letGo();
    await stopped;
    expect((await states()).toSorted()).toEqual(['done', ...names.map(() => 'waiting')]);
    expect(await delivery.healthy()).toBe(false);
  });
});
