import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { writeReference } from '../chat/teams/reference.ts';
import { bot, clientConfig } from './client-config.ts';
import { type Member, tenant } from './people.ts';

/** Thrown where the client's package is not installed. */
export class NoClient extends Error {}

/** Thrown where a client did not start; the message names the file with what it said. */
export class ClientFailed extends Error {}

/** A chat window: one person's local Teams client. */
export type ChatWindow = {
  member: Member;
  colleagues: readonly Member[];
  /** What to open in the browser. */
  address: string;
  /** Where the bot's answers to this window go. */
  serviceUrl: string;
  /** The file with what the client says. */
  log: string;
  /** The reference under which the bot writes to somebody through this client. */
  chatWith(member: Member): Promise<string>;
  /** Resolves when the client has ended, whyever. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
};

type Options = {
  folder: string;
  member: Member;
  colleagues: readonly Member[];
  /** Another is taken where this one is in use. */
  port: number;
  botUrl: string;
};

const startsWithin = 20_000;
const endsWithin = 2_000;

/**
 * Starts the local client of one person in a folder of its own.
 * @throws NoClient, ClientFailed
 */
export async function openWindow(options: Options): Promise<ChatWindow> {
  const { folder, member } = options;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.m365agentsplayground.yml'), clientConfig(member, options.colleagues));
  const child = launch(options);
  const ended = once(child, 'exit');
  const log = join(folder, 'output.log');
  const file = createWriteStream(log);
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });

  const stop = async () => {
    process.off('exit', endAtOnce);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), endsWithin);
    await ended;
    clearTimeout(late);
  };
  // Should this process end without stopping it: nothing may be left.
  const endAtOnce = () => child.kill('SIGKILL');
  process.on('exit', endAtOnce);

  const port = await listeningOn(child);
  if (port === null) {
    await stop();
    throw new ClientFailed(log);
  }
  const address = `http://127.0.0.1:${port}`;
  // The client itself calls this machine by name, and the bot compares letter by letter.
  const serviceUrl = `http://localhost:${port}/_connector`;
  return {
    member,
    colleagues: options.colleagues,
    address,
    serviceUrl,
    log,
    ended,
    stop,
    chatWith: async ({ id }) =>
      writeReference({
        channelId: 'msteams',
        serviceUrl,
        conversation: { id: await openChat(`${address}/_connector`, id) },
        bot: { id: bot.id },
        user: { id },
      }),
  };
}

function launch({ folder, member, port, botUrl }: Options): ChildProcess {
  const client = [locateClient(), 'start', '-e', botUrl, '-c', 'msteams', '-p', `${port}`];
  const preload = join(import.meta.dirname, 'client-preload.cjs');
  return spawn(process.execPath, ['--require', preload, ...client, '--disable-telemetry'], {
    cwd: folder,
    env: { ...process.env, TZ: member.zone, TEAMSAPPTESTER_BROWSER: 'none' },
    // The channel is there so that the client notices when this process is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's group: Ctrl-C is for this process, which then ends the clients.
    detached: true,
  });
}

function locateClient(): string {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (cause) {
    throw new NoClient('the local client is not installed', { cause });
  }
}

/** The port that the client says it listens on; null where it ends or stays silent instead. */
function listeningOn(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => answer(null), startsWithin);
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const [, port] = /^Listening on (\d+)$/m.exec(said) ?? [];
      if (port) answer(Number(port));
    };
    const answer = (port: number | null) => {
      clearTimeout(late);
      child.stdout?.off('data', listen);
      resolve(port);
    };
    child.stdout?.on('data', listen);
    child.once('exit', () => answer(null));
  });
}

const opened = z.object({ id: z.string().min(1) });

async function openChat(connector: string, userId: string): Promise<string> {
  const response = await fetch(`${connector}/v3/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ isGroup: false, bot, members: [{ id: userId }], tenantId: tenant }),
  });
  return opened.parse(await response.json()).id;
}
