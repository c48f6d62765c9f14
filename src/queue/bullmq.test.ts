import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../test/support/eventually.ts';
import { withRedis } from '../../test/support/probe-redis.ts';
import { removeKeys, testRedis } from '../../test/support/redis.ts';
import { redisLine } from '../../test/support/redis-line.ts';
import type { OutboxId } from '../core/ids.ts';
import { createBullQueue } from './bullmq.ts';

const ticket = (id: string) => ({ id: id as OutboxId, lane: 'teams:tenant' });

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function lineTo({ url }: { url: string }) {
  const line = await redisLine(url);
  closing.push(line.cut);
  return line;
}

function queueAt({ url, prefix }: { url: string; prefix: string }) {
  const lines: string[] = [];
  const logger = pino(
    { level: 'info', base: null },
    { write: (line) => void lines.push(JSON.parse(line).msg) },
  );
  const queue = createBullQueue({ url, prefix, logger });
  closing.push(() => queue.close(1_000));
  const done: string[] = [];
  const work = async (id: string) => void done.push(id);
  const over: string[] = [];
  return { queue, done, over, lines, start: () => queue.start(work, (id) => over.push(id)) };
}

const healthy = (queue: { healthy(): Promise<boolean> }) =>
  eventually(async () => expect(await queue.healthy()).toBe(true));

test('[2.7] a Redis that goes away and comes back: adding fails at once, then works again; said once', async () => {
  const redis = testRedis();
  const line = await lineTo(redis);
  const { queue, done, over, lines, start } = queueAt({ url: line.url, prefix: redis.prefix });
  start();
  await healthy(queue);
  await queue.add([ticket('before')]);
  await eventually(() => expect(over).toEqual(['before']));

  await line.cut();
  await eventually(async () => expect(await queue.healthy()).toBe(false));
  await expect(queue.add([ticket('during')])).rejects.toThrow('Redis is out of reach');

  await line.mend();
  await healthy(queue);
  await queue.add([ticket('during')]);
  await eventually(() => expect(done).toEqual(['before', 'during']));
  expect(lines).toEqual(['Redis is out of reach; what is to be told waits', 'Redis is back']);
});

test('[2.7] a Redis that is not there yet at the start is waited for', async () => {
  const redis = testRedis();
  const line = await lineTo(redis);
  await line.cut();
  const { queue, done, start } = queueAt({ url: line.url, prefix: redis.prefix });
  start();
  await expect(queue.add([ticket('a')])).rejects.toThrow('Redis is out of reach');
  await line.mend();
  await healthy(queue);
  await queue.add([ticket('a')]);
  await eventually(() => expect(done).toEqual(['a']));
});

test('[2.7] a Redis that lost its data takes everything again', async () => {
  const redis = testRedis();
  const { queue, done, start } = queueAt(redis);
  await healthy(queue);
  await queue.add([ticket('lost')]);
  expect(await removeKeys(redis.url, redis.prefix)).toBeGreaterThan(0);
  start();
  await queue.add([ticket('kept')]);
  await eventually(() => expect(done).toEqual(['kept']));
  await queue.add([ticket('lost')]);
  await eventually(() => expect(done).toEqual(['kept', 'lost']));
});

test('[2.7] what a killed process was working on is worked on again at once', async () => {
  const redis = testRedis();
  const line = await lineTo(redis);
  const killed = queueAt({ url: line.url, prefix: redis.prefix });
  await healthy(killed.queue);
  let begun = false;
  let letGo = () => {};
  killed.queue.start(
    () =>
      new Promise((resolve) => {
        begun = true;
        letGo = resolve;
      }),
    () => {},
  );
  await killed.queue.add([ticket('a')]);
  await eventually(() => expect(begun).toBe(true));
  line.freeze();

  const { queue, done, start } = queueAt(redis);
  start();
  await healthy(queue);
  await queue.add([ticket('a')]);
  await eventually(() => expect(done).toEqual(['a']));
  line.thaw();
  letGo();
});

test('[2.7] nothing is written outside the prefix, and no finished ticket stays', async () => {
  const redis = testRedis();
  const lane = `teams:${randomUUID()}`;
  const keys = () =>
    withRedis(redis.url, async (it) => {
      const found: string[] = [];
      for await (const some of it.scanStream({ match: `*${encodeURIComponent(lane)}*` })) found.push(...some);
      return found;
    });
  const { queue, over, start } = queueAt(redis);
  start();
  await healthy(queue);
  await queue.add([{ id: 'a' as OutboxId, lane }]);
  await eventually(() => expect(over).toEqual(['a']));
  const left = await keys();
  expect(left.length).toBeGreaterThan(0);
  expect(left.filter((key) => !key.startsWith(redis.prefix) || key.includes('outbox-a'))).toEqual([]);
});
