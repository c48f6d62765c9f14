import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { selfSigned } from '../../test/support/certificate.ts';
import { listen } from '../../test/support/listen.ts';
import { testRedis } from '../../test/support/redis.ts';
import { startSlack } from '../../test/support/slack.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { lockDatabase } from '../db/lock.ts';
import { outbox } from '../db/schema.ts';
import { examineAddress } from './address.ts';
import { examineDisk, examinePages } from './disk.ts';
import { lineOf } from './report.ts';

describe('the database', () => {
  let live: TemporaryDatabase | null = null;
  afterEach(async () => {
    await live?.remove();
    live = null;
  });
  const lines = (path: string) => examineDisk(path).map(lineOf);

  test('[6.1] all is well with one that the bot runs on', async () => {
    live = temporaryDatabase();
    await live.db.check();
    chmodSync(`${live.path}-wal`, 0o600);
    chmodSync(`${live.path}-shm`, 0o600);
    const unlock = lockDatabase(live.path);
    const found = lines(live.path);
    unlock();
    expect(found.filter((it) => !it.startsWith('✓'))).toEqual([]);
    expect(found.at(-1)).toBe('✓ Database: the bot runs on it');
    expect(lines(live.path).at(-1)).toBe('– Database: no process runs on it now');
    expect((await examinePages(live.path)).map(lineOf)).toEqual([
      '✓ Database: every page is sound (quick_check)',
    ]);
  });

  test('[6.1] others may not read it, and no newer version may have made it', () => {
    live = temporaryDatabase();
    chmodSync(live.path, 0o644);
    const db = new Database(live.path);
    db.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e15)");
    db.close();
    const found = lines(live.path);
    expect(found).toContainEqual(
      expect.stringContaining(`✗ Database: others on this machine can read ${live.path}`),
    );
    expect(found).toContainEqual(expect.stringContaining('✗ Database: it was made by a newer version'));
  });

  test('[2.6] a damaged page is found', async () => {
    live = temporaryDatabase();
    await live.db.transact(async (tx) => {
      for (let n = 0; n < 300; n++)
        await tx
          .insert(outbox)
          .values({ ...plain, id: `${n}` as typeof plain.id, data: { n: 'x'.repeat(300) } });
    });
    await live.reopen();
    const copy = `${live.path}-copy`;
    await new Database(live.path, { readonly: true }).backup(copy);
    const bytes = readFileSync(copy);
    for (let at = 4096 * 30; at < bytes.length; at += 4096) bytes.fill(0x5a, at, at + 2048);
    writeFileSync(copy, bytes);
    expect((await examinePages(copy)).map(lineOf)).toEqual([
      expect.stringContaining('✗ Database: it is damaged'),
    ]);
  });

  test('[2.6] where there is none yet, nothing is made', () => {
    expect(lines('/nowhere/rooms.sqlite')).toEqual([
      expect.stringContaining('– Database: /nowhere is not there yet'),
    ]);
    // Not even root can write there.
    expect(lines('/proc/rooms.sqlite')[0]).toContain("✗ Database: /proc can't be written by this user →");
  });
});

const plain = {
  id: 'row' as typeof outbox.$inferInsert.id,
  kind: 'run',
  name: 'job',
  data: {},
  dueAt: 0,
  createdAt: 0,
  state: 'waiting',
  attempts: 0,
} as const;

describe('the address', () => {
  const { key, cert } = selfSigned();
  const usual = getCACertificates('default');
  const servers: Array<ReturnType<typeof createServer>> = [];
  beforeAll(() => setDefaultCACertificates([...usual, cert]));
  afterAll(() => setDefaultCACertificates(usual));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function lines(handler: RequestListener): Promise<string[]> {
    const server = createServer({ key, cert }, handler).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return (await examineAddress(`https://127.0.0.1:${port}`, [])).map(lineOf);
  }

  test('[6.1] the bot answers, and its certificate ends soon', async () => {
    const found = await lines((request, response) => {
      if (request.url === '/healthz') return response.end('{"status":"alive"}');
      response.writeHead(404).end();
    });
    expect(found).toEqual([
      expect.stringMatching(/^✓ Address: the bot answers at 127/),
      expect.stringMatching(/^✗ Address: the certificate ends in \d days →/),
    ]);
  });

  test('[6.4] what is for the inside alone must not be open', async () => {
    const found = await lines((request, response) => {
      if (request.url === '/metrics') return response.end('commands_total 1');
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/healthz' ? '{"status":"alive"}' : '{"status":"ready"}');
    });
    expect(found[1]).toContain('✗ Address: /metrics can be read by everybody');
    expect(found[2]).toContain('✗ Address: /readyz can be read by everybody');
  });

  test.each([
    {
      status: 301,
      says: /sends elsewhere \(301, to www\.example\.org\) → Slack and Teams follow no redirect/,
    },
    { status: 502, says: /does not reach the bot \(502\) → Start the bot/ },
    { status: 404, says: /does not lead to the bot \(404\) → Let the proxy pass/ },
  ])('[6.1] a proxy that answers $status', async ({ status, says }) => {
    const found = await lines((_request, response) =>
      response.writeHead(status, { location: 'https://www.example.org/healthz' }).end(),
    );
    expect(found[0]).toMatch(says);
  });

  test('[6.1] no https, no trust, nobody there', async () => {
    const says = async (url: string | null) => (await examineAddress(url, [])).map(lineOf).join();
    expect(await says('http://rooms.example.com')).toContain(
      '✗ Address: rooms.example.com is not reached by https',
    );
    const gone = await listen(() => {});
    await gone.stop();
    expect(await says(gone.url.replace('http', 'https'))).toContain('could not be reached (ECONNREFUSED)');
    expect(await says(null)).toContain('– Address: PUBLIC_URL is not set');
    setDefaultCACertificates(usual);
    const found = await lines((_request, response) => response.end());
    setDefaultCACertificates([...usual, cert]);
    expect(found).toEqual([expect.stringMatching(/SELF_SIGNED_CERT\) → Give the proxy a valid certificate/)]);
  });
});

describe('npm run doctor', () => {
  async function doctor(settings: Record<string, string>) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../doctor.ts')], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { output, code };
  }

  test('[6.4] exits with 0 where nothing is wrong, and prints no secret', async () => {
    const live = temporaryDatabase();
    const slack = await startSlack({ people: [] });
    const settings = {
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
      SLACK_API_URL: slack.config.apiUrl ?? '',
      DATABASE_PATH: live.path,
      REDIS_URL: testRedis().url,
      ADMIN_EMAILS: 'rae@example.org',
    };
    const { output, code } = await doctor(settings);
    expect(output.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(output).toMatch(/^✓ Settings: all that are needed are there\n✓ Slack: /);
    expect(output).toMatch(/\n✓ Clock: .+\nNothing is wrong\.\n$/);
    expect(code).toBe(0);
    for (const secret of [settings.SLACK_BOT_TOKEN, settings.SLACK_SIGNING_SECRET])
      expect(output).not.toContain(secret);
    await live.remove();
    slack.fail({ method: 'auth.test', error: 'token_revoked' });
    const without = await doctor(settings);
    expect(without.output).toMatch(/\n1 to mend\.\n$/);
    expect(without.code).toBe(1);
    await slack.stop();
  });

  test('[6.4] names what is missing in the settings, and exits with 1', async () => {
    const { output, code } = await doctor({ SLACK_BOT_TOKEN: 'xoxb-test', PORT: 'a secret port' });
    expect(output).toContain('✗ PORT is not usable: port for both platforms (3978).');
    expect(output).toContain('✗ DATABASE_PATH is missing');
    expect(output).not.toContain('a secret port');
    expect(code).toBe(1);
  });
});
