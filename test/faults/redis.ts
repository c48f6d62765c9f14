import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemWith } from '../support/probe-redis.ts';
import { thisMachine } from '../support/redis-server.ts';

export type FaultyRedis = {
  url: string;
  /** Ends it without a word; what it held is lost. */
  kill(): Promise<void>;
  /** Starts it again at the same address, empty. */
  start(): Promise<void>;
  /** It answers nothing any more, and nobody is told. */
  freeze(): void;
  thaw(): void;
};

/** A Redis of our own on a free port of 127.0.0.1, which keeps nothing on disk. @throws where there is none to start */
export async function startFaultyRedis(): Promise<FaultyRedis> {
  const program = (await thisMachine.program()) ?? (await install());
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;

  const redis: FaultyRedis = {
    url,
    async kill() {
      const running = server;
      server = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    },
    async start() {
      await redis.kill();
      const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      server = spawn(program, options, { stdio: 'ignore' });
      await answers(url);
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
  };
  await redis.start();
  // For a run that is broken off.
  process.once('exit', () => server?.kill('SIGKILL'));
  return redis;
}

async function install(): Promise<string> {
  if (await thisMachine.mayInstall()) await thisMachine.install();
  const program = await thisMachine.program();
  if (!program)
    throw new Error('No redis-server is on the PATH: install it, for this run kills one of its own.');
  return program;
}

async function answers(url: string): Promise<void> {
  let problem: string | null = null;
  for (let tries = 0; tries < 200; tries++) {
    problem = await problemWith(url);
    if (problem === null) return;
    await sleep(50);
  }
  throw new Error(`Redis was started but ${problem}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
