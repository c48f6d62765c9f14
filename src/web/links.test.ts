import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { person, tuesday } from '../../test/support/examples.ts';
import { type Listening, listen } from '../../test/support/listen.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { day } from '../core/clock.ts';
import { audit } from '../db/schema.ts';
import {
  createDisk,
  createFiles,
  type Disk,
  type Files,
  linkSettings,
  revokeFiles,
} from '../features/files/index.ts';
import { headers } from './headers.ts';
import { createWeb } from './index.ts';
import { createLinkPages } from './links.ts';

const publicUrl = 'https://rooms.example.org/bot';

let temporary: TemporaryDatabase;
let files: Files;
let disk: Disk;
let server: Listening;
let now = tuesday;
const logged: string[] = [];

beforeEach(async () => {
  temporary = temporaryDatabase();
  now = tuesday;
  logged.splice(0);
  const { db } = temporary;
  const clock = { now: () => now };
  const { secret } = await linkSettings(db.read);
  disk = createDisk(temporary.path);
  files = createFiles({ db, disk, secret, publicUrl, now: clock.now });
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const calendars = {
    openFeed: async () => {
      throw new Error('the disk is full');
    },
    openInvitation: async () => ({ kind: 'unknown' as const }),
  };
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use(headers);
  app.use('/bot', createLinkPages({ files, calendars, clock, log, language: 'zh-CN' }));
  app.use(
    createWeb({
      db: { check: async () => {} },
      queue: { healthy: async () => true },
      metrics: {
        command() {},
        delivery() {},
        transaction() {},
        text: async () => '',
        contentType: 'text/plain',
      },
      log,
    }),
  );
  server = await listen(app);
});
afterEach(async () => {
  await server.stop();
  await temporary.remove();
});

const get = (link: string, headers: Record<string, string> = {}) =>
  fetch(link.replace('https://rooms.example.org', server.url), { headers });

async function publish(its: Partial<Parameters<Files['publish']>[0]> = {}): Promise<string> {
  const link = await files.publish({
    person: person('ann'),
    name: '使用率, "Alps".csv',
    type: 'text/csv; charset=utf-8',
    content: Buffer.from('room,use\r\nAlps,71 %\r\n'),
    ...its,
  });
  return link ?? '';
}

describe('files behind links', () => {
  test('[6.2] the link gives the file, to be kept by nobody on the way, and its use is recorded with whom it was issued to', async () => {
    const response = await get(await publish());
    expect([response.status, await response.text()]).toEqual([200, 'room,use\r\nAlps,71 %\r\n']);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-disposition']).toContain(encodeURIComponent('使用率'));
    expect(headers['set-cookie']).toBeUndefined();
    const recorded = await temporary.db.read.select().from(audit);
    expect(recorded).toMatchObject([{ actor: 'ann', kind: 'file.opened', at: tuesday }]);
  });

  test('[6.2] a signature that differs in one character opens nothing', async () => {
    const link = await publish();
    const [, token = ''] = /files\/([^/]+)/.exec(link) ?? [];
    const signed = token.indexOf('.') + 1;
    for (const at of [0, signed, token.length - 1]) {
      const other = token[at] === 'a' ? 'b' : 'a';
      const forged = link.replace(token, `${token.slice(0, at)}${other}${token.slice(at + 1)}`);
      expect((await get(forged)).status).toBe(404);
    }
    expect((await get(link)).status).toBe(200);
  });

  test('[6.2] an expired one says so until it is forgotten, in the language of the reader', async () => {
    const link = await publish({ lasts: day });
    now += day - 1;
    expect((await get(link)).status).toBe(200);
    now += 1;
    const page = await get(link, { 'accept-language': 'fr, zh-Hant;q=0.8, en;q=0.5' });
    expect([page.status, page.headers.get('content-language')]).toEqual([410, 'zh-TW']);
    expect(await page.text()).toContain('連結已過期');
  });

  test('[6.2] it is revoked with what it is about, and others are not', async () => {
    const [about, other] = [
      await publish({ subject: 'booking:b1' }),
      await publish({ subject: 'booking:b2' }),
    ];
    await temporary.db.transact((tx) => revokeFiles(tx, 'booking:b1', now));
    const page = await get(about, { 'accept-language': 'en-GB' });
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('no longer works')]);
    expect((await get(other)).status).toBe(200);
  });

  test('[2.6] a large file comes from disk, with its length, and is gone with its link', async () => {
    const content = Buffer.alloc(5_000_000, 'row\n');
    let link = '';
    await disk.keep(
      'large',
      (path) => writeFile(path, content),
      async () => {
        link = await publish({ content: { path: 'large' } });
      },
    );
    const response = await get(link);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': '5000000',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringContaining('attachment'),
      'cache-control': 'private, no-store',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    expect(statSync(disk.pathOf('large')).mode & 0o777).toBe(0o600);
    disk.remove('large');
    expect((await get(link)).status).toBe(410);
  });

  test('[6.2] there is no directory, and whoever names no language reads that of the organisation', async () => {
    for (const path of [
      '/files',
      '/files/',
      '/files/x',
      '/files/x/',
      '/calendar',
      '/calendar/feed',
      '/files/../db',
    ]) {
      const page = await get(`${publicUrl}${path}`);
      expect([path, page.status]).toEqual([path, 404]);
    }
    expect(await (await get(`${publicUrl}/files/x/y.csv`)).text()).toContain('链接无效');
  });

  test('[6.2] without an address from outside nothing is published', async () => {
    const { db } = temporary;
    const inside = createFiles({ db, disk, secret: Buffer.from('x'), publicUrl: null, now: () => now });
    const file = { person: person('ann'), name: 'a.txt', type: 'text/plain', content: Buffer.from('a') };
    expect(await inside.publish(file)).toBeNull();
  });
});

describe('what every link can count on', () => {
  test('[6.4] no answer can be framed, indexed, guessed at or kept as a cookie, whatever is asked for', async () => {
    const paths = [await publish(), '/files/x/y', '/calendar/x.ics', '/calendar/feed/x.ics', '/nowhere'];
    for (const path of [...paths, `${server.url}/healthz`]) {
      const answer = await get(path.startsWith('/') ? `${publicUrl}${path}` : path);
      expect([path, Object.fromEntries(answer.headers)]).toEqual([
        path,
        expect.objectContaining({
          'x-robots-tag': 'noindex, nofollow',
          'x-frame-options': 'SAMEORIGIN',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'content-security-policy': expect.stringContaining("default-src 'self'"),
        }),
      ]);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  test('[6.2] only pictures are shown on the pages of others, which chat clients are', async () => {
    const policyOf = async (link: string) => (await get(link)).headers.get('cross-origin-resource-policy');
    expect(await policyOf(await publish({ name: 'use.png', type: 'image/png' }))).toBe('cross-origin');
    expect(await policyOf(await publish())).toBe('same-origin');
    expect(await policyOf(`${publicUrl}/files/x/y.png`)).toBe('same-origin');
  });

  test('[6.2] a Chinese name arrives as it is, also where only ASCII is understood', async () => {
    const disposition = (await get(await publish())).headers.get('content-disposition');
    expect(disposition).toBe(
      `attachment; filename="???, \\"Alps\\".csv"; filename*=UTF-8''${encodeURIComponent('使用率, "Alps".csv')}`,
    );
  });

  test('[6.2] whoever looks before the person does, as mail scanners do, uses nothing up', async () => {
    const link = await publish();
    const head = await fetch(link.replace('https://rooms.example.org', server.url), { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-disposition')).toContain('attachment');
    for (let n = 0; n < 3; n++) expect((await get(link)).status).toBe(200);
    const other = await fetch(link.replace('https://rooms.example.org', server.url), { method: 'DELETE' });
    expect([other.status, (await get(link)).status]).toEqual([404, 200]);
  });

  test('[6.2] the id of one link and the signature of another open neither', async () => {
    const tokenIn = (link: string): string => /files\/([^/]+)/.exec(link)?.[1] ?? '';
    const [hers, his] = [await publish(), await publish({ person: person('ben') })];
    const [id] = tokenIn(hers).split('.');
    const [, signature] = tokenIn(his).split('.');
    expect((await get(hers.replace(tokenIn(hers), `${id}.${signature}`))).status).toBe(404);
    expect((await get(his.replace(tokenIn(his), `${tokenIn(hers).split('.')[0]}`))).status).toBe(404);
  });

  test.each([
    ['what is no text', '/files/%E0%A4%A.aSignature/x.csv', 404],
    ['a way out of the folder', '/files/..%2f..%2frooms.sqlite/x', 404],
    ['the same, plainly', '/files/../../../etc/passwd', 404],
    ['the same, for a calendar', '/calendar/..%2f%2e%2e%2frooms.sqlite', 404],
    ['a NUL', '/files/%00.aSignature/x', 404],
    ['more than any link has', `/files/${'x'.repeat(8_000)}.aSignature/x`, 404],
    ['more than the server reads', `/files/${'x'.repeat(20_000)}.aSignature/x`, 431],
  ])('[6.4] %s leads nowhere, and is not logged', async (_, path, status) => {
    expect(await rawStatus(`/bot${path}`)).toBe(status);
    expect(logged.join('')).not.toMatch(/aSignature|sqlite|passwd|E0%A4/);
  });
});

/** Asks for a path as it is written: `fetch` would tidy it up. */
const rawStatus = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ host: '127.0.0.1', port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('[6.4] who asks too often waits, by address; others are served', async () => {
  const link = await publish();
  const statuses = new Set<number>();
  for (let n = 0; n < 301; n++) {
    const response = await get(link, { 'x-forwarded-for': `2001:db8:1:2::${n}` });
    statuses.add(response.status);
    if (response.status === 429) expect(response.headers.get('retry-after')).toBe('60');
  }
  expect(statuses).toEqual(new Set([200, 429]));
  expect((await get(link, { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(200);
  now += 60_000;
  expect((await get(link, { 'x-forwarded-for': '2001:db8:1:2::1' })).status).toBe(200);
});

test('[6.2] what a link holds is never logged, not even when something fails', async () => {
  const secret = 'f00.aSignature';
  expect((await get(`${publicUrl}/calendar/feed/${secret}.ics`)).status).toBe(500);
  expect((await get(`${publicUrl}/calendar/${secret}.ics`)).status).toBe(404);
  await get(await publish());
  expect(logged.filter((line) => line.includes('"path":"/calendar/feed/:file"'))).toHaveLength(1);
  expect(logged.filter((line) => line.includes('"outcome":"file","person":"ann"'))).toHaveLength(1);
  expect(logged.join('')).not.toMatch(/aSignature|files\/[\w-]+\./);
});
