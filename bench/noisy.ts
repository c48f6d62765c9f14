import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { burst, unlimited, usualLimits } from '../src/chat/rate-limit.ts';
import { createLogger } from '../src/core/logger.ts';
import { tell } from '../src/db/outbox.ts';
import { createBullQueue, createDelivery } from '../src/queue/index.ts';
import { account, chatService, deliveryPorts, person, start } from '../test/support/delivery.ts';
import { findRedis } from '../test/support/find-redis.ts';
import { removeKeys } from '../test/support/redis.ts';
import { thisMachine } from '../test/support/redis-server.ts';
import { temporaryDatabase } from '../test/support/temporary-database.ts';
import { createWorld, type Someone } from '../test/support/world.ts';
import { spreadOf } from './measure.ts';
import { keep } from './results.ts';

const rounds = 5;
/** What the noisy workspace asks for in a second: twice what it is given. */
const noise = 200;
/** Milliseconds from one command of the quiet workspace to the next, and how many of them are timed. */
const pace = 25;
const timed = 40;
/** Messages that are due in the noisy workspace at once. */
const backlog = 500;

/** What a quiet workspace feels of a noisy one: its commands and its messages, with and without, in turn. */
export async function noisy(): Promise<void> {
  await commands();
  await deliveries();
}

type Rounds = { alone: number[][]; beside: number[][] };

/** The command from dispatch to answer, half of them on paper: a list, and a booking that is committed. */
async function commands(): Promise<void> {
  const world = await createWorld({ limits: { ...unlimited, workspace: usualLimits.workspace } });
  const quiet = await world.person('Ann', { tenant: 'quiet' });
  const crowd: Someone[] = [];
  for (let n = 0; n < 100; n++) crowd.push(await world.person(`P${n}`, { tenant: 'noisy' }));
  await world.room({ name: 'Alps', reviewers: [quiet] });
  for (const who of [quiet, ...crowd]) await world.say(who, 'bookings');

  const ask = async (n: number): Promise<number> => {
    const before = performance.now();
    await (n % 2 === 0 ? world.say(quiet, 'bookings') : world.act(quiet, request(n)));
    return performance.now() - before;
  };
  const request = (n: number) => ({
    command: 'sentence.book',
    data: { text: `2026-12-0${3 + (n % 5)} ${9 + (n % 8)}:00 1h Alps review ${n}` },
  });
  const phase = async (): Promise<number[]> => {
    const took = [];
    for (let n = 0; n < timed; n++) {
      took.push(await ask(n));
      await sleep(pace);
    }
    return took;
  };
  const found: Rounds = { alone: [], beside: [] };
  for (let round = 0; round < rounds; round++) {
    world.moveTo(world.now() + burst);
    found.alone.push(await phase());
    const stop = makeNoise((n) =>
      world.say(crowd[n % crowd.length] ?? quiet, n % 3 === 0 ? 'rooms' : 'bookings'),
    );
    await sleep((1000 * usualLimits.workspace) / noise / 2);
    found.beside.push(await phase());
    await stop();
  }
  await world.stop();
  report('commands of a quiet workspace', found);
}

/** Sends without waiting for answers, as many people do. */
function makeNoise(send: (n: number) => Promise<unknown>): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (const due = ((performance.now() - began) / 1000) * noise; sent < due; sent++) {
      const one: Promise<unknown> = send(sent).finally(() => underWay.delete(one));
      underWay.add(one);
    }
  }, 10);
  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
  };
}

/** A message from its commit to the chat, while there is a backlog in the other workspace. */
async function deliveries(): Promise<void> {
  const redis = await findRedis(thisMachine);
  const prefix = `meeting-room-bench:${randomUUID()}`;
  const logger = createLogger('silent');
  const { db, remove } = temporaryDatabase();
  const slack = chatService();
  const waiting = new Map<string, () => void>();
  slack.trouble = async ({ user }) => {
    await sleep(20);
    waiting.get(user)?.();
    return null;
  };
  const { ports } = deliveryPorts(db, {
    logger,
    people: {
      addresses: async (_tx, id) => [account(id, 'slack', id.startsWith('quiet') ? 'quiet' : 'noisy')],
      seek: async () => false,
      reads: async () => ({ language: 'en', zone: 'UTC' }),
      keepReference: async () => {},
    },
    messengers: { slack: slack.messenger },
  });
  const queue = createBullQueue({ url: redis.url, prefix, logger });
  const delivery = createDelivery({ ...ports, queue });
  await delivery.start();
  const send = async (names: string[]) => {
    const how = { now: start, dueAt: start, data: { text: 'hello' } };
    await db.transact((tx) => tell(tx, names.map(person), 'notice', how));
    delivery.kick();
  };
  let count = 0;
  const phase = async (): Promise<number[]> => {
    const took = [];
    for (let n = 0; n < timed / 2; n++) {
      const name = `quiet-${++count}`;
      const before = performance.now();
      const arrived = new Promise<void>((resolve) => waiting.set(name, resolve));
      await send([name]);
      await arrived;
      took.push(performance.now() - before);
    }
    return took;
  };
  const drained = async () => {
    while (slack.messages.size < count + filled) await sleep(50);
  };
  let filled = 0;
  const found: Rounds = { alone: [], beside: [] };
  for (let round = 0; round < rounds; round++) {
    found.alone.push(await phase());
    await send(Array.from({ length: backlog }, (_, n) => `noisy-${round}-${n}`));
    filled += backlog;
    found.beside.push(await phase());
    await drained();
  }
  await delivery.stop(5_000);
  await remove();
  await removeKeys(redis.url, prefix);
  await redis.stop();
  report('messages of a quiet workspace', found);
}

function report(what: string, { alone, beside }: Rounds): void {
  for (const [name, part, bar] of [
    ['p50', 0.5, 2],
    ['p99', 0.99, 3],
  ] as const)
    keep({
      name: `${what}, ${name}, beside a noisy one`,
      unit: 'ms',
      value: spreadOf(beside.map((took) => quantile(took, part))),
      beside: 'without it',
      reference: spreadOf(alone.map((took) => quantile(took, part))),
      bar,
      holds: 'ratio at most',
    });
}

const quantile = (took: readonly number[], part: number): number =>
  [...took].sort((a, b) => a - b)[Math.min(took.length - 1, Math.floor(part * took.length))] ?? 0;
