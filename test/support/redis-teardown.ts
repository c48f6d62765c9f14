import { removeKeys } from './redis.ts';
import { takeFromSetup } from './redis-run.ts';

/** After all tests: our keys go, and the Redis with them where it was started for this run. */
export default async function tearDown(): Promise<void> {
  const run = takeFromSetup();
  if (!run) return;
  try {
    await removeKeys(run.redis.url, run.prefix);
  } finally {
    await run.redis.stop();
  }
}
