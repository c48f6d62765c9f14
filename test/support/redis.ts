import { randomUUID } from 'node:crypto';
import { withRedis } from './probe-redis.ts';

/** The Redis of this test run, and a key prefix that nobody else uses; everything under it goes after the run. */
export function testRedis(): { url: string; prefix: string } {
  const { TEST_REDIS_URL: url, TEST_REDIS_PREFIX: prefix } = process.env;
  if (!url || !prefix) throw new Error('no Redis was found before the tests began');
  return { url, prefix: `${prefix}${randomUUID()}` };
}

/** Removes every key that begins with `prefix`, and no other; gives how many those were. */
export const removeKeys = (url: string, prefix: string): Promise<number> =>
  withRedis(url, async (redis) => {
    const pattern = `${prefix.replaceAll(/[*?[\]\\]/g, '\\$&')}*`;
    let removed = 0;
    for await (const keys of redis.scanStream({ match: pattern, count: 1_000 }))
      if (keys.length > 0) removed += await redis.unlink(...keys);
    return removed;
  });
