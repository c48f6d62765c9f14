import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Pending, Ready, Setting } from './protocol.ts';
import type { Sending } from './requests.ts';

/** Sends requests to one process. */
export type Sender = {
  /** Sends one request; milliseconds until it was answered. Rejects where the answer is none of success. */
  send(it: Sending): Promise<number>;
  /** Forgets connections that the other side may have closed for being idle. */
  reconnect(): void;
  close(): void;
};

export type Measured = Omit<Sender, 'close'> & {
  rooms: string[];
  /** Requests that wait for a decision, the oldest first. */
  pending(most: number): Promise<Pending>;
  stop(): void;
};

/** Starts what is to be measured as a process of its own. */
export async function startMeasured(setting: Setting, check: (body: string) => boolean): Promise<Measured> {
  const child = fork(new URL('./server.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(setting);
  const [{ port, rooms }] = (await once(child, 'message')) as [Ready];
  const { close, ...sender } = senderTo(port, check);
  return {
    ...sender,
    rooms,
    async pending(most) {
      child.send(most);
      const [rows] = (await once(child, 'message')) as [Pending];
      return rows;
    },
    stop() {
      close();
      child.disconnect();
    },
  };
}

/** Sends to a port of this machine. */
export function senderTo(port: number, check: (body: string) => boolean): Sender {
  const connect = () => new Agent({ keepAlive: true, maxSockets: 256 });
  let agent = connect();
  return {
    send: ({ path, headers, body }) =>
      new Promise((resolve, reject) => {
        const since = performance.now();
        const sent = request(
          {
            port,
            host: '127.0.0.1',
            path,
            method: 'POST',
            agent,
            headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          },
          (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (part) => {
              text += part;
            });
            response.on('end', () => {
              const took = performance.now() - since;
              if (response.statusCode === 200 && check(text)) resolve(took);
              else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 300)}`));
            });
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    reconnect() {
      agent.destroy();
      agent = connect();
    },
    close: () => agent.destroy(),
  };
}

/** Sends all of them, `atOnce` at a time; how many a second were answered. */
export async function perSecond(
  it: Pick<Sender, 'send' | 'reconnect'>,
  all: readonly Sending[],
  atOnce: number,
): Promise<number> {
  it.reconnect();
  let next = 0;
  const since = performance.now();
  const one = async () => {
    for (let sending = all[next++]; sending; sending = all[next++]) await it.send(sending);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (1000 * all.length) / (performance.now() - since);
}

/** Sends all of them at a steady pace, whatever the answers take; the milliseconds that each took, in order. */
export async function atPace(
  it: Pick<Sender, 'send' | 'reconnect'>,
  all: readonly Sending[],
  perSecond: number,
): Promise<number[]> {
  it.reconnect();
  const since = performance.now();
  const took = await Promise.all(
    all.map(async (sending, n) => {
      const wait = since + (1000 * n) / perSecond - performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
      return it.send(sending);
    }),
  );
  return took.sort((a, b) => a - b);
}
