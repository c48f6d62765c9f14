import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFlags } from '../support/node-flags.ts';
import { createJournal, type Journal } from './journal.ts';

/** How a life of the process ended. `asked`: by us, in this way; null: it ended by itself. */
export type Ending = { asked: NodeJS.Signals | null; code: number | null; said: string };

export type Bot = {
  /** What its clock shows, in milliseconds. */
  now(): number;
  /** How far its clock is ahead of the real one; every life starts with it. */
  setClock(offset: number): Promise<void>;
  /** Starts it, and again whenever it ends, until `rest`. Resolves when it listens for the first time. */
  watchOver(): Promise<void>;
  /** Ends it in this way; it is started again at once. False where it is down anyway. */
  end(signal: NodeJS.Signals): Promise<boolean>;
  /** Ends it for good, as SIGTERM does; the exit code. */
  rest(): Promise<number | null>;
  isUp(): boolean;
  /** Resolves when it listens. */
  up(): Promise<void>;
  /** So much memory its lives have held, in MB: at the end of the first ten seconds, and at most. */
  memory: { first: number; most: number }[];
  endings: Ending[];
  journal: Journal;
};

type Life = { child: ChildProcess; exited: Promise<unknown>; asked: NodeJS.Signals | null };

const program = join(import.meta.dirname, 'main.ts');
const clockModule = join(import.meta.dirname, 'clock.ts');
/** What a service manager waits before it starts a program again, in milliseconds. */
const restartAfter = 500;

/** The program as a process of its own, under the care of something that starts it again. */
export function createBot(
  settings: Record<string, string>,
  on: { listening(url: string): void; ended(): Promise<void> },
): Bot {
  let offset = 0;
  let wanted = false;
  let life: Life | null = null;
  let isUp = false;
  let listening = Promise.withResolvers<void>();
  const journal = createJournal();
  const endings: Ending[] = [];
  const memory: { first: number; most: number }[] = [];
  let care: Promise<void> = Promise.resolve();

  async function live(): Promise<void> {
    const child = spawn(process.execPath, [...nodeFlags, '--import', clockModule, program], {
      env: { PATH: process.env.PATH, ...settings, CLOCK_OFFSET: `${offset}` },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const mine: Life = { child, exited: once(child, 'exit'), asked: null };
    life = mine;
    const before = journal.strays.length;
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface(stream).on('line', (line) => {
          const port = journal.read(line);
          if (port === null) return;
          on.listening(`http://127.0.0.1:${port}`);
          isUp = mine.asked === null;
          if (isUp) listening.resolve();
        });
    const stopWatching = watchMemory(child.pid ?? 0, memory);
    await mine.exited;
    stopWatching();
    life = null;
    goDown();
    const said = journal.strays.slice(before).slice(-3).join(' ');
    endings.push({ asked: mine.asked, code: child.exitCode, said });
    await on.ended();
  }

  function goDown(): void {
    if (isUp) listening = Promise.withResolvers<void>();
    isUp = false;
  }

  async function keepAlive(): Promise<void> {
    while (wanted) {
      await live();
      if (wanted) await sleep(restartAfter);
    }
  }

  return {
    now: () => Date.now() + offset,
    async setClock(to) {
      offset = to;
      if (!life?.child.connected) return;
      const { child, exited } = life;
      const heard = once(child, 'message');
      // It may be ending just now; its next life starts with the new time anyway.
      child.send(to, () => {});
      await Promise.race([heard, exited]);
    },
    watchOver() {
      wanted = true;
      care = keepAlive();
      return listening.promise;
    },
    async end(signal) {
      if (!life || life.asked) return false;
      life.asked = signal;
      goDown();
      const { child, exited } = life;
      child.kill(signal);
      await exited;
      return true;
    },
    async rest() {
      wanted = false;
      if (life) {
        life.asked ??= 'SIGTERM';
        goDown();
        life.child.kill('SIGTERM');
      }
      await care;
      return endings.at(-1)?.code ?? null;
    },
    isUp: () => isUp,
    up: () => listening.promise,
    memory,
    endings,
    journal,
  };
}

/** Looks every two seconds how much memory a process holds. */
function watchMemory(pid: number, memory: { first: number; most: number }[]): () => void {
  const mine = { first: 0, most: 0 };
  memory.push(mine);
  let looks = 0;
  const timer = setInterval(() => {
    const held = residentMegabytes(pid);
    looks += 1;
    if (looks <= 5) mine.first = Math.max(mine.first, held);
    mine.most = Math.max(mine.most, held);
  }, 2_000);
  return () => clearInterval(timer);
}

function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    // It has just ended, or this is no Linux.
    return 0;
  }
}
