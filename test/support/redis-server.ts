import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, rmSync } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Machine, TestRedis } from './find-redis.ts';
import { problemWith } from './probe-redis.ts';

const run = promisify(execFile);

/** The machine that the tests run on. */
export const thisMachine: Machine = {
  given: process.env.REDIS_URL,
  problemWith,
  program: () => onPath('redis-server'),
  start: startRedis,
  mayInstall: async () =>
    process.getuid?.() === 0 && (await exists('/etc/debian_version')) && (await onPath('apt-get')) !== null,
  install,
  say: (line) => void process.stderr.write(`${line}\n`),
};

const exists = (path: string, mode = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

async function onPath(name: string): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder && (await exists(path, constants.X_OK))) return path;
  }
  return null;
}

async function install(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-q', '-y'];
  await run('apt-get', [...options, 'update'], { env });
  await run('apt-get', [...options, 'install', '--no-install-recommends', 'redis-server'], { env });
  // The package starts a service of its own, which nobody asked for; where it could not, there is none to stop.
  await run('service', ['redis-server', 'stop']).catch((cause: Error) => thisMachine.say(cause.message));
}

/** Starts a Redis that keeps nothing, on a free port of 127.0.0.1, in a temporary folder that goes with it. */
export async function startRedis(program: string): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'meeting-room-redis-'));
  let last: string | null = null;
  // Between finding a free port and taking it somebody else may: then it is tried on another.
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const server = spawn(
      program,
      ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
      { stdio: 'ignore' },
    );
    const failed = new Promise<string>((resolve) => server.once('error', (cause) => resolve(cause.message)));
    const url = `redis://127.0.0.1:${port}`;
    last = await Promise.race([failed, answers(server, url)]);
    if (last === null) return { url, stop: ending(server, folder) };
    await end(server);
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(`${program} was started but ${last}`);
}

/** @returns null as soon as it answers, or what is wrong when it has ended or ten seconds are over. */
async function answers(server: ChildProcess, url: string): Promise<string | null> {
  let problem: string | null = 'does not answer';
  for (let waited = 0; waited < 10_000 && problem !== null; waited += 50) {
    if (server.exitCode !== null) return `ended at once (${server.exitCode})`;
    await sleep(50);
    problem = await problemWith(url);
  }
  return problem;
}

function ending(server: ChildProcess, folder: string): () => Promise<void> {
  // For a run that ends without its teardown.
  const atExit = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  server.unref();
  return async () => {
    process.off('exit', atExit);
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  server.ref();
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const patience = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
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
