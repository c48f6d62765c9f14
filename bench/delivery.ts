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
import { compare, median } from './measure.ts';

const messages = 200;
const workspaces = 8;
const answersAfterMs = 20;
const logger = createLogger('silent');

/** Messages from the commit to the chat, with a chat service that takes its time, in several workspaces. */
export async function delivery(): Promise<void> {
  const redis = await findRedis(thisMachine);
  const prefix = `meeting-room-bench:${randomUUID()}`;
  try {
    const inTurn = await oneAfterTheOther();
    const memory = await through(createInProcessQueue(logger));
    const bull = await through(createBullQueue({ url: redis.url, prefix, logger }));
    compare(`${messages} messages`, ['one after the other', inTurn], ['queue in process', memory]);
    compare(`${messages} messages`, ['one after the other', inTurn], ['queue on Redis', bull]);
  } finally {
    await removeKeys(redis.url, prefix);
    await redis.stop();
  }
}

async function oneAfterTheOther(): Promise<number> {
  const { ports, fill, remove } = setUp(() => {});
  const deliver = createDeliver(ports);
  const took = await median(async () => {
    await fill();
    for (const { id } of await due(ports.db.read, start, messages)) await deliver(id);
  }, 3);
  await remove();
  return took;
}

async function through(queue: Queue): Promise<number> {
  let left = 0;
  let allTold = () => {};
  const { ports, fill, remove } = setUp(() => {
    if (--left === 0) allTold();
  });
  const it = createDelivery({ ...ports, queue });
  await it.start();
  const took = await median(async () => {
    left = messages;
    const told = new Promise<void>((resolve) => {
      allTold = resolve;
    });
    await fill();
    it.kick();
    await told;
  }, 3);
  await it.stop(5_000);
  await remove();
  return took;
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
