import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nodeFlags } from './node-flags.ts';

export type Sandbox = {
  /** Where each person's window is, by given name. */
  windows: Record<string, string>;
  /** Everything that it has printed. */
  said(): string;
  pid: number;
  /** Ends it; resolves with its exit code. */
  stop(signal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
};

type Options = { folder: string; reset?: boolean; env?: Record<string, string> };

/** Ample: a busy machine takes several times the usual. */
const startsWithin = 60_000;
const main = join(import.meta.dirname, '../../src/sandbox/main.ts');

/** Starts the sandbox as `npm run sandbox` does, with nothing of our own environment that it would refuse. */
export function launchSandbox({ folder, reset = false, env = {} }: Options): ChildProcess {
  return spawn(process.execPath, [...nodeFlags, main, '--folder', folder, ...(reset ? ['--reset'] : [])], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function listenTo(child: ChildProcess): () => string {
  let said = '';
  const add = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => said;
}

/** Starts one and waits until it says that it is ready. @throws with what it said where it ends instead. */
export async function startSandbox(options: Options): Promise<Sandbox> {
  const child = launchSandbox(options);
  const said = listenTo(child);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  await new Promise<void>((resolve, reject) => {
    const fail = () => {
      child.kill('SIGKILL');
      reject(new Error(`the sandbox did not start:\n${said()}`));
    };
    const late = setTimeout(fail, startsWithin);
    const settle = (how: () => void) => {
      clearTimeout(late);
      how();
    };
    child.stdout?.on('data', () => said().includes('Ctrl-C') && settle(resolve));
    child.once('exit', () => settle(fail));
  });
  const found = [...said().matchAll(/^ {2}(\S+) .*: (http:\/\/127\.0\.0\.1:\d+)$/gm)];
  return {
    windows: Object.fromEntries(found.map(([, name = '', address = '']) => [name, address])),
    said,
    pid: child.pid ?? 0,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}

/** Starts one that is expected to end by itself; its exit code and what it said. */
export async function failSandbox(options: Options): Promise<{ code: number | null; said: string }> {
  const child = launchSandbox(options);
  const said = listenTo(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said() };
}
