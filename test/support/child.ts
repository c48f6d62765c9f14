import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeFlags } from './node-flags.ts';

export type Child = {
  url: string;
  /** Everything that it printed so far. */
  output(): string;
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end; its exit code. */
  terminate(): Promise<number | null>;
};

const main = join(import.meta.dirname, '../../src/main.ts');

/** Starts the program as a process of its own, with these settings and no others, and waits until it listens. */
export async function startChild(settings: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [...nodeFlags, main], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const keep = (stream: NodeJS.ReadableStream | null, line?: (text: string) => void) => {
    if (!stream) return;
    createInterface(stream).on('line', (text) => {
      lines.push(text);
      line?.(text);
    });
  };
  const port = await new Promise<number>((resolve, reject) => {
    keep(child.stdout, (text) => {
      const { msg, port } = JSON.parse(text) as { msg: string; port?: number };
      if (msg === 'listening' && port) resolve(port);
    });
    keep(child.stderr);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${lines.join('\n')}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => lines.join('\n'),
    kill: async () => {
      await ended(child, 'SIGKILL');
    },
    terminate: () => ended(child, 'SIGTERM'),
  };
}

/** Runs the program where it is not expected to start: its exit code and what it said. */
export async function runChild(
  settings: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  // One that starts against all expectation is not waited for for ever.
  const child = spawn(process.execPath, [...nodeFlags, main], {
    env: { PATH: process.env.PATH, ...settings },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
    });
  const [code] = await once(child, 'exit');
  return { code, output };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}
