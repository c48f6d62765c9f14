import { describe, expect, test } from '@jest/globals';
import { findRedis, type Machine } from './find-redis.ts';
import { problemIn, problemWith, withoutPassword, withRedis } from './probe-redis.ts';
import { removeKeys, testRedis } from './redis.ts';
import { startRedis, thisMachine } from './redis-server.ts';

const nothing = 'redis://127.0.0.1:1';
const usual = 'redis://127.0.0.1:6379';

/** A machine without any Redis, on which nothing can be installed; `has` says what is different. */
function machine(has: Partial<Machine>) {
  const said: string[] = [];
  const started: string[] = [];
  const it: Machine = {
    given: undefined,
    problemWith: async () => 'does not answer',
    program: async () => null,
    async start(program) {
      started.push(program);
      return { url: 'redis://127.0.0.1:7777', async stop() {} };
    },
    mayInstall: async () => false,
    install: async () => {},
    say: (line) => said.push(line),
    ...has,
  };
  return { it, said, started };
}

describe('which Redis the tests use', () => {
  test('REDIS_URL comes first', async () => {
    const { it, started } = machine({ given: 'redis://elsewhere:1234', problemWith: async () => null });
    expect((await findRedis(it)).url).toBe('redis://elsewhere:1234');
    expect(started).toEqual([]);
  });

  test('a REDIS_URL that does not answer ends the run, saying so without its password', async () => {
    const { it, started } = machine({
      given: 'redis://me:hush@elsewhere:1234',
      program: async () => '/usr/bin/redis-server',
    });
    const failure = await findRedis(it).catch((cause: Error) => cause.message);
    expect(failure).toMatch(/REDIS_URL can't be used.*elsewhere:1234.*does not answer/);
    expect(failure).not.toContain('hush');
    expect(started).toEqual([]);
  });

  test('else one that runs here and is safe to use', async () => {
    const { it, started } = machine({
      problemWith: async (url) => (url === usual ? null : 'does not answer'),
      program: async () => '/usr/bin/redis-server',
    });
    expect((await findRedis(it)).url).toBe(usual);
    expect(started).toEqual([]);
  });

  test('else, also where the one that runs is not safe, one is started', async () => {
    const { it, started } = machine({
      problemWith: async () => 'is a replica',
      program: async () => '/usr/bin/redis-server',
    });
    expect((await findRedis(it)).url).toBe('redis://127.0.0.1:7777');
    expect(started).toEqual(['/usr/bin/redis-server']);
  });

  test('else it is installed after saying so', async () => {
    const order: string[] = [];
    const { it, started } = machine({
      mayInstall: () => Promise.resolve(true),
      async install() {
        order.push('installed');
      },
      program: async () => (order.includes('installed') ? '/usr/bin/redis-server' : null),
      say: (line) => order.push(line),
    });
    await findRedis(it);
    expect(order).toEqual([expect.stringContaining('installing the package redis-server'), 'installed']);
    expect(started).toEqual(['/usr/bin/redis-server']);
  });

  test.each([
    { why: 'may not be installed', has: {} },
    {
      why: 'could not be installed',
      has: {
        mayInstall: async () => true,
        install: () => Promise.reject(new Error('apt-get failed')),
      },
    },
    { why: 'is not there after installing', has: { mayInstall: async () => true } },
  ] satisfies { why: string; has: Partial<Machine> }[])(
    'none at all ends the run with one line that says how to get one ($why)',
    async ({ has }) => {
      const { it } = machine(has);
      const failure = await findRedis(it).catch((cause: Error) => cause.message);
      expect(failure).toMatch(/^The tests need a Redis and found none: install redis-server.*REDIS_URL/);
      expect(failure).not.toContain('\n');
    },
  );
});

describe('what makes a Redis unsafe', () => {
  const safe = [
    'role:master',
    'cluster_enabled:0',
    'loading:0',
    'maxmemory:0',
    'maxmemory_policy:noeviction',
  ];
  const info = (...changed: string[]) =>
    [
      ...safe.filter((line) => !changed.some((it) => it.startsWith(line.split(':')[0] ?? ''))),
      ...changed,
    ].join('\r\n');

  test.each([
    [[], null],
    [['maxmemory:0', 'maxmemory_policy:allkeys-lru'], null],
    [['maxmemory:1000', 'maxmemory_policy:noeviction'], null],
    [['maxmemory:1000', 'maxmemory_policy:allkeys-lru'], 'throws keys away when it is full (allkeys-lru)'],
    [['role:slave'], 'is a replica'],
    [['cluster_enabled:1'], 'is a cluster'],
    [['loading:1'], 'is still loading its data'],
  ])('%j: %s', (changed, problem) => {
    expect(problemIn(info(...changed))).toBe(problem);
  });

  test('nothing that listens, and nothing that is an address', async () => {
    expect(await problemWith(nothing)).toMatch(/^does not answer/);
    expect(await problemWith('6379')).toMatch(/^is not an address/);
  });

  test('the one of this run has no problem', async () => {
    expect(await problemWith(testRedis().url)).toBeNull();
  });

  test('a password is not shown', () => {
    expect(withoutPassword('redis://me:hush@host:1')).toBe('redis://me:***@host:1');
    expect(withoutPassword('hush')).not.toContain('hush');
  });
});

test('only keys of the given prefix are removed', async () => {
  const { url, prefix } = testRedis();
  await withRedis(url, (redis) =>
    redis.mset(`${prefix}:a*:1`, '1', `${prefix}:a*:2`, '1', `${prefix}:ab:1`, '1'),
  );
  expect(await removeKeys(url, `${prefix}:a*`)).toBe(2);
  expect(await withRedis(url, (redis) => redis.exists(`${prefix}:ab:1`))).toBe(1);
});

test('a server that is started answers, and is gone after it was stopped', async () => {
  const program = await thisMachine.program();
  // With a REDIS_URL the tests run without a program of their own: then starting it has to say so.
  if (!program) return expect(startRedis('redis-server')).rejects.toThrow('ENOENT');
  const own = await startRedis(program);
  expect(await problemWith(own.url)).toBeNull();
  await own.stop();
  expect(await problemWith(own.url)).toMatch(/^does not answer/);
});

test('a program that is no Redis is reported', async () => {
  await expect(startRedis('/bin/false')).rejects.toThrow('/bin/false was started but ended at once (1)');
  await expect(startRedis('/nonexistent')).rejects.toThrow('ENOENT');
});
