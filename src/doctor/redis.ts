import { Redis } from 'ioredis';
import { describeError } from '../core/describe-error.ts';
import { aside, type Finding, right, wrong } from './report.ts';

/** The least version that BullMQ works with, well. */
const least = [6, 2] as const;

/** Whether Redis answers, is new enough, and keeps what it is given. */
export async function examineRedis(url: string): Promise<Finding[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let last: unknown = null;
  redis.on('error', (cause) => {
    last = cause;
  });
  try {
    await redis.connect();
    return readInfo(await redis.info());
  } catch (cause) {
    return [unreached(last ?? cause)];
  } finally {
    redis.disconnect();
  }
}

function unreached(cause: unknown): Finding {
  const said = cause instanceof Error ? cause.message : '';
  if (/NOAUTH|WRONGPASS|invalid password/i.test(said))
    return wrong(
      'Redis: it refuses the password',
      'Put its password into REDIS_URL: redis://:password@host:6379.',
    );
  return wrong(
    `Redis: could not be reached (${describeError(cause)})`,
    'Start it, and look at host, port and password in REDIS_URL (rediss:// where it speaks TLS).',
  );
}

function readInfo(info: string): Finding[] {
  const facts = new Map(
    info.split(/\r?\n/).flatMap((line): Array<[string, string]> => {
      const [, name = '', value = ''] = /^([a-z_0-9]+):(.*)$/.exec(line) ?? [];
      return name ? [[name, value]] : [];
    }),
  );
  const version = facts.get('redis_version') ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = major > least[0] || (major === least[0] && minor >= least[1]);
  const policy = facts.get('maxmemory_policy') ?? 'unknown';
  const kept = facts.get('aof_enabled') === '1';
  return [
    recent
      ? right(`Redis: version ${version} answers`)
      : wrong(`Redis: version ${version} is too old`, `Take ${least.join('.')} or newer.`),
    policy === 'noeviction'
      ? right('Redis: it evicts nothing (maxmemory-policy noeviction)')
      : wrong(
          `Redis: it may evict what waits (maxmemory-policy ${policy})`,
          'redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf.',
        ),
    kept
      ? right('Redis: its append-only file is on')
      : aside(
          'Redis: it keeps nothing over a crash (appendonly no); what waits comes back from the database',
        ),
  ];
}
