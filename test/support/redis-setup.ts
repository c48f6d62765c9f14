import { randomUUID } from 'node:crypto';
import { findRedis } from './find-redis.ts';
import { keepForTeardown } from './redis-run.ts';
import { thisMachine } from './redis-server.ts';

/** Before all tests: finds a Redis, or ends the run. */
export default async function setUp(): Promise<void> {
  const redis = await findRedis(thisMachine).catch((cause: Error) => {
    // The message says what to do; where it was thrown is of no use to anybody.
    cause.stack = '';
    throw cause;
  });
  const prefix = `meeting-room-test:${randomUUID()}:`;
  process.env.TEST_REDIS_URL = redis.url;
  process.env.TEST_REDIS_PREFIX = prefix;
  keepForTeardown({ redis, prefix });
}
