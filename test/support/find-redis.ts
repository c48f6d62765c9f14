import { withoutPassword } from './probe-redis.ts';

/** A Redis for the length of a test run. */
export type TestRedis = { url: string; stop(): Promise<void> };

/** What the search for a Redis sees of the machine. */
export type Machine = {
  /** `REDIS_URL`, where it is set. */
  given: string | undefined;
  /** Why the tests can't use the Redis at an address; null when they can. */
  problemWith(url: string): Promise<string | null>;
  /** Path of a `redis-server` that can be started, or null. */
  program(): Promise<string | null>;
  start(program: string): Promise<TestRedis>;
  /** Whether Debian's package can be installed here. */
  mayInstall(): Promise<boolean>;
  install(): Promise<void>;
  say(line: string): void;
};

const usual = 'redis://127.0.0.1:6379';

const howToGetOne =
  'The tests need a Redis and found none: install redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to one that may be used for tests.';

/**
 * Finds a Redis: the one that was named, else one that runs here and is safe to use, else one that is
 * started for this run, after installing it if need be.
 * @throws Error with one line that says what to do, when there is none.
 */
export async function findRedis(machine: Machine): Promise<TestRedis> {
  if (machine.given) return takeGiven(machine, machine.given);
  if ((await machine.problemWith(usual)) === null) return { url: usual, async stop() {} };
  const program = (await machine.program()) ?? (await installed(machine));
  if (!program) throw new Error(howToGetOne);
  return machine.start(program);
}

async function takeGiven(machine: Machine, url: string): Promise<TestRedis> {
  const problem = await machine.problemWith(url);
  if (problem) throw new Error(`REDIS_URL can't be used for the tests: ${withoutPassword(url)} ${problem}.`);
  return { url, async stop() {} };
}

async function installed(machine: Machine): Promise<string | null> {
  if (!(await machine.mayInstall())) return null;
  machine.say('The tests need a Redis and found none: installing the package redis-server.');
  try {
    await machine.install();
  } catch (cause) {
    machine.say(`Installing redis-server failed: ${cause instanceof Error ? cause.message : cause}`);
    return null;
  }
  return machine.program();
}
