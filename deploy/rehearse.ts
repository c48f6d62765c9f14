import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findRedis } from '../test/support/find-redis.ts';
import { thisMachine } from '../test/support/redis-server.ts';

/*
 * `node deploy/rehearse.ts`: does what the Dockerfile does in a clean folder, where there is no Docker. It copies what is
 * copied there, installs what production needs, and runs the program as somebody who may write in the data folder and in
 * the one for temporary files only: until it is ready, through the health check, a backup, and SIGTERM.
 */

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line && !/^[!#*]/.test(line));

const steps = [...dockerfile.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)].map(([, from = '', to = '']) => ({
  from: from.split(' '),
  to,
}));
const [, env = ''] = /^ENV (.+)$/m.exec(dockerfile) ?? [];
const [, health = '[]'] = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];

/** Nobody in particular: only root can start a process as somebody else. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const port = 39_780;

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const [app, data, temporary] = ['app', 'data', 'tmp'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const say = (line: string) => console.log(line);

function copyIn(): void {
  for (const { from, to } of steps)
    for (const path of from) {
      const into = to.endsWith('/') ? join(app, to, basename(path)) : join(app, to);
      cpSync(join(root, path), into, { recursive: true, filter: (it) => !isIgnored(relative(root, it)) });
    }
}

const isIgnored = (path: string): boolean =>
  ignored.some((it) =>
    it.startsWith('**/*') ? path.endsWith(it.slice(4)) : path === it || path.startsWith(`${it}/`),
  );

/** What a read-only root file system is to the program. */
function lock(path: string): void {
  chmodSync(path, 0o555);
  for (const it of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, it.name);
    if (it.isDirectory()) lock(inner);
    else if (it.isFile()) chmodSync(inner, 0o444);
  }
}

function start(words: string[], settings: Record<string, string>): ChildProcess {
  const [, ...more] = words;
  return spawn(process.execPath, more, {
    cwd: app,
    env: { ...settings, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  });
}

async function finish(words: string[], settings: Record<string, string>): Promise<number> {
  const child = start(words, settings);
  child.stdout?.pipe(process.stdout);
  const [code] = await once(child, 'exit');
  return code;
}

async function expectCode(what: string, code: number | null, wanted: number): Promise<void> {
  if (code !== wanted) throw new Error(`${what} ended with ${code}, not ${wanted}`);
  say(`${what}: as expected`);
}

async function answer(path: string): Promise<string> {
  const url = `http://127.0.0.1:${port}${path}`;
  for (let waited = 0; waited < 30_000; waited += 100) {
    const status = await fetch(url).then(
      (it) => it.status,
      () => 0,
    );
    if (status === 200) return `${path}: ${status}`;
    await sleep(100);
  }
  throw new Error(`${path} did not answer 200 within 30 s`);
}

async function main(redisUrl: string): Promise<void> {
  mkdirSync(app);
  for (const path of [data, temporary]) mkdirSync(path, { mode: 0o700 });
  if (user.uid) for (const path of [data, temporary]) chownSync(path, user.uid, user.gid);
  chmodSync(folder, 0o755);
  copyIn();
  const installing = performance.now();
  await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: app });
  const { stdout: size } = await run('du', ['-sm', join(app, 'node_modules')]);
  say(`Installed in ${Math.round((performance.now() - installing) / 1_000)} s: ${size.split('\t')[0]} MB.`);
  lock(app);

  const settings: Record<string, string> = {
    ...Object.fromEntries(env.split(' ').map((it) => it.split('=') as [string, string])),
    HOST: '127.0.0.1',
    PORT: `${port}`,
    DATABASE_PATH: join(data, 'rooms.sqlite'),
    REDIS_URL: redisUrl,
    ADMIN_EMAILS: 'admin@example.org',
    SLACK_BOT_TOKEN: 'xoxb-rehearsal',
    SLACK_SIGNING_SECRET: '0'.repeat(32),
    SLACK_API_URL: 'http://127.0.0.1:1/',
  };
  const intrusion = ['node', '-e', "require('fs').writeFileSync('src/intruder.ts', '')"];
  if (user.uid) await expectCode('Writing beside the code', await finish(intrusion, settings), 1);

  const starting = performance.now();
  const program = start(JSON.parse(command), settings);
  program.stdout?.resume();
  try {
    say(await answer('/healthz'));
    say(`Started in ${((performance.now() - starting) / 1_000).toFixed(1)} s.`);
    say(await answer('/readyz'));
    say(await answer('/metrics'));
    await expectCode('HEALTHCHECK', await finish(JSON.parse(health), settings), 0);
    const backup = ['node', 'src/backup.ts', join(data, 'backup.sqlite'), '--verify'];
    await expectCode('A backup', await finish(backup, settings), 0);
    const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1];
    say(`Memory: ${Math.round(Number(memory) / 1_024)} MB.`);
  } finally {
    program.kill('SIGTERM');
    const [code] = await once(program, 'exit');
    await expectCode('SIGTERM', code, 0);
  }
  await expectCode('HEALTHCHECK after the end', await finish(JSON.parse(health), settings), 1);
  say(
    `Written: ${readdirSync(data).join(', ')}; left in the temporary folder: ${readdirSync(temporary).join(', ') || 'nothing'}.`,
  );
}

const redis = await findRedis(thisMachine);
try {
  await main(redis.url);
} finally {
  await redis.stop();
  await run('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
}
