import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../src/core/logger.ts';
import { due, tell } from '../src/db/outbox.ts';
import { createDeliver } from '../src/queue/deliver.ts';
import { createBullQueue, createDelivery, createInProcessQueue, type Queue } from '../src/queue/index.ts';
import type { DeliveryPorts } from '../src/queue/ports.ts';
import { account, chatService, deliveryPorts, person, start } from '../test/support/delivery.ts';
import { findRedis } from '../test/support/find-redis.ts';
import { removeKeys } from '../test/support/redis.ts';
import { thisMachine } from '../test/support/redis-server.ts';
import { temporaryDatabase } from '../test/support/temporary-database.ts';
import { compare } from './results.ts';

const messages = 100;
const workspaces = 8;
const answersAfterMs = 20;
const logger = createLogger('silent');

/** Messages from the commit to the chat, with a chat service that takes its time, in several workspaces. */
export async function delivery(): Promise<void> {
  const redis = await findRedis(thisMachine);
  const prefix = `meeting-room-bench:${randomUUID()}`;
  try {
    const inTurn = oneAfterTheOther();
    const memory = await through(createInProcessQueue(logger));
    const bull = await through(createBullQueue({ url: redis.url, prefix, logger }));
    for (const [queue, work] of [
      ['in process', memory.work],
      ['on Redis', bull.work],
    ] as const)
      await compare({
        name: `${messages} messages through the queue ${queue}`,
        work,
        beside: 'one after the other',
        reference: inTurn.work,
        bar: 0.5,
        holds: 'ratio at most',
        rounds: 5,
      });
    for (const it of [inTurn, memory, bull]) await it.stop();
  } finally {
    await removeKeys(redis.url, prefix);
    await redis.stop();
  }
}

type Way = { work: () => Promise<void>; stop: () => Promise<void> };

function oneAfterTheOther(): Way {
  const { ports, fill, remove } = setUp(() => {});
  const deliver = createDeliver(ports);
  return {
    async work() {
      await fill();
      for (const { id } of await due(ports.db.read, start, messages)) await deliver(id);
    },
    stop: remove,
  };
}

async function through(queue: Queue): Promise<Way> {
  let left = 0;
  let allTold = () => {};
  const { ports, fill, remove } = setUp(() => {
    if (--left === 0) allTold();
  });
  const it = createDelivery({ ...ports, queue });
  await it.start();
  return {
    async work() {
      left = messages;
      const told = new Promise<void>((resolve) => {
        allTold = resolve;
      });
      await fill();
      it.kick();
      await told;
    },
    async stop() {
      await it.stop(5_000);
      await remove();
    },
  };
}

function setUp(onResult: () => void) {
  const { db, remove } = temporaryDatabase();
  const slack = chatService();
  slack.trouble = () => sleep(answersAfterMs, null);
  const people: DeliveryPorts['people'] = {
    addresses: async (_tx, id) => [account(id, 'slack', `T${Number(id) % workspaces}`)],
    seek: async () => false,
    reads: async () => ({ language: 'en', zone: 'UTC' }),
    keepReference: async () => {},
  };
  const { ports } = deliveryPorts(db, {
    logger,
    people,
    messengers: { slack: slack.messenger },
    onResult,
  });
  const everybody = Array.from({ length: messages }, (_, n) => person(`${n}`));
  const fill = () =>
    db.transact((tx) => tell(tx, everybody, 'notice', { now: start, dueAt: start, data: { text: 'hello' } }));
  return { ports, fill, remove };
}
