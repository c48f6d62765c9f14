import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';

/** Keys that a probe writes begin with this, and it removes them again. */
const probePrefix = 'meeting-room-test-probe:';

/** The address without its password, fit to be printed. */
export function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return '(not an address)';
  if (parsed.password) parsed.password = '***';
  return parsed.href;
}

/** Works on one connection of its own, which is tried once: rejects where nothing answers within two seconds. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  redis.on('error', (cause) => {
    failure = cause;
  });
  try {
    await redis.connect();
    return await work(redis);
  } catch (cause) {
    // A refused connection rejects as "closed" and only the event says why.
    throw failure ?? cause;
  } finally {
    // Ended already, it would keep the process for two more seconds.
    if (redis.status !== 'end') redis.disconnect();
  }
}

/** @returns why the tests can't use the Redis at `url`, or null when they can. */
export async function problemWith(url: string): Promise<string | null> {
  if (!URL.canParse(url)) return 'is not an address like redis://host:6379';
  try {
    return await withRedis(
      url,
      async (redis) => problemIn(await redis.info()) ?? (await problemOfWriting(redis)),
    );
  } catch (cause) {
    return `does not answer (${cause instanceof Error ? cause.message : cause})`;
  }
}

/** Reads what `INFO` says: a queue needs a primary that never throws keys away. */
export function problemIn(info: string): string | null {
  const fact = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  if (fact('role') !== 'master') return 'is a replica';
  if (fact('cluster_enabled') === '1') return 'is a cluster';
  if (fact('loading') === '1') return 'is still loading its data';
  const evicts = fact('maxmemory') !== '0' && fact('maxmemory_policy') !== 'noeviction';
  return evicts ? `throws keys away when it is full (${fact('maxmemory_policy')})` : null;
}

async function problemOfWriting(redis: Redis): Promise<string | null> {
  const key = probePrefix + randomUUID();
  try {
    await redis.set(key, '1', 'PX', 5_000);
    await redis.del(key);
    return null;
  } catch (cause) {
    return `can't be written (${cause instanceof Error ? cause.message : cause})`;
  }
}
