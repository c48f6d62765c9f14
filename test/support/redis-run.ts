import type { TestRedis } from './find-redis.ts';

type Run = { redis: TestRedis; prefix: string };

// Setup and teardown are loaded apart from each other: what the one leaves to the other is kept on the process.
const kept = Symbol.for('meeting-room-test-redis');
const place = globalThis as { [kept]?: Run };

export function keepForTeardown(run: Run): void {
  place[kept] = run;
}

export function takeFromSetup(): Run | undefined {
  const run = place[kept];
  delete place[kept];
  return run;
}
