import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { eventually } from '../../test/support/eventually.ts';
import { childrenOf, isAlive, listeners, listenersOf } from '../../test/support/processes.ts';
import { failSandbox, launchSandbox, type Sandbox, startSandbox } from '../../test/support/sandbox.ts';
import { bot } from './client-config.ts';
import { people, tenant } from './people.ts';

/* The sandbox as a process of its own, as `npm run sandbox` starts it. */

const patience = 120_000;
const loopback = '0100007F';
const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const busy: Server[] = [];
let sandbox: Sandbox;

beforeAll(async () => {
  // The ports that it would like best; where somebody has them already, they are just as busy.
  for (const port of [3978, 56150]) {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.once('error', () => resolve());
      server.listen(port, '127.0.0.1', resolve);
    });
    busy.push(server);
  }
  sandbox = await startSandbox({ folder });
}, patience);

afterAll(async () => {
  if (isAlive(sandbox.pid)) await sandbox.stop();
  for (const server of busy) server.close();
  rmSync(folder, { recursive: true, force: true });
}, patience);

const query = (sql: string): unknown => {
  const db = new Database(join(folder, 'rooms.sqlite'), { readonly: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
};
const processes = (): number[] => [sandbox.pid, ...childrenOf(sandbox.pid)];
const botPort = (): number => listenersOf(sandbox.pid)[0]?.port ?? 0;
const portOf = (name: string): number => Number(new URL(sandbox.windows[name] ?? '').port);

/** Says something as Mia's window does; `at`: where answers shall go. */
const say = (text: string, at = `http://localhost:${portOf('Mia')}/_connector`): Promise<Response> =>
  fetch(`http://127.0.0.1:${botPort()}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      id: `${Math.random()}`,
      text,
      channelId: 'msteams',
      serviceUrl: at,
      from: { id: people.mia.id, aadObjectId: people.mia.id, name: people.mia.name },
      recipient: bot,
      conversation: { id: `chat-${people.mia.id}`, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
    }),
  });

test('[6.4] bot and chat windows listen on this machine’s own address only, on ports that were free', () => {
  const listeners = processes().map(listenersOf);
  expect(listeners).toHaveLength(3);
  for (const process of listeners) {
    expect(process.length).toBeGreaterThan(0);
    for (const { address, port } of process) {
      expect(address).toBe(loopback);
      expect([3978, 56150]).not.toContain(port);
    }
  }
});

test('[6.4] answers go to the two windows and nowhere else', async () => {
  expect((await say('/help', 'http://localhost:1/_connector')).status).toBe(403);
  expect((await say('/help', 'https://smba.trafficmanager.net/teams/')).status).toBe(403);
  expect((await say('/help')).status).toBe(200);
});

test('[6.4] its links lead to this machine alone, and none is open to whoever makes one up', async () => {
  const address = `http://127.0.0.1:${botPort()}`;
  expect(query('SELECT public_url FROM deployment')).toBe(address);
  for (const path of ['/files/x.y/z.png', '/calendar/x.y.ics', '/calendar/feed/x.y.ics']) {
    const page = await fetch(address + path);
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  }
});

test(
  '[2.6] a second sandbox on the same data is refused in one sentence',
  async () => {
    const { code, said } = await failSandbox({ folder });
    expect(code).toBe(1);
    expect(said.trim()).toBe('A sandbox is already running on this data; end that one first.');
  },
  patience,
);

test(
  '[6.4] it refuses to run beside real settings and in production, and makes nothing',
  async () => {
    const other = join(folder, 'other');
    const env = { REDIS_URL: 'redis://secret@redis' };
    const beside = await failSandbox({ folder: other, env });
    expect(beside).toMatchObject({ code: 1, said: expect.stringContaining('REDIS_URL') });
    expect(beside.said).not.toContain('secret');
    const production = await failSandbox({ folder: other, env: { NODE_ENV: 'production' } });
    expect(production).toMatchObject({ code: 1, said: expect.stringContaining('NODE_ENV=production') });
    expect(existsSync(other)).toBe(false);
  },
  patience,
);

test(
  '[2.6] Ctrl-C leaves no process and no open port, and what was done is there at the next start',
  async () => {
    expect(query("SELECT language FROM person WHERE email = 'mia@example.com'")).toBeNull();
    await say('/language zh-TW');
    await say('sandbox next');
    await eventually(() =>
      expect(
        query("SELECT count(*) FROM outbox WHERE name = 'reminder.card' AND created_at < done_at"),
      ).not.toBe(0),
    );
    const before = processes();
    const open = before.flatMap(listenersOf).map(({ inode }) => inode);
    const bookings = query('SELECT count(*) FROM booking');

    expect(await sandbox.stop('SIGINT')).toBe(0);
    expect(before.filter(isAlive)).toEqual([]);
    expect(listeners().filter(({ inode }) => open.includes(inode))).toEqual([]);

    sandbox = await startSandbox({ folder });
    expect(sandbox.said()).toContain('Its clock stands at');
    expect(query('SELECT count(*) FROM booking')).toBe(bookings);
    expect(query("SELECT language FROM person WHERE email = 'mia@example.com'")).toBe('zh-TW');
  },
  patience,
);

test(
  '[2.6] --reset starts anew, and a start that is broken off leaves no process',
  async () => {
    await sandbox.stop('SIGTERM');
    const starting = launchSandbox({ folder, reset: true });
    const pid = starting.pid ?? 0;
    const children = await eventually(() => {
      const found = childrenOf(pid);
      if (found.length < 2) throw new Error('the windows have not been started yet');
      return found;
    });
    expect(existsSync(join(folder, 'clock.json'))).toBe(false);
    starting.kill('SIGINT');
    await eventually(() => expect([pid, ...children].filter(isAlive)).toEqual([]));

    sandbox = await startSandbox({ folder });
    expect(query("SELECT language FROM person WHERE email = 'mia@example.com'")).toBeNull();
  },
  patience,
);

test(
  '[2.6] even when it is killed, its chat windows end',
  async () => {
    const children = childrenOf(sandbox.pid);
    expect(children).toHaveLength(2);
    await sandbox.stop('SIGKILL');
    await eventually(() => expect(children.filter(isAlive)).toEqual([]));
  },
  patience,
);
