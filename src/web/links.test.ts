import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { person, tuesday } from '../../test/support/examples.ts';
import { type Listening, listen } from '../../test/support/listen.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { day } from '../core/clock.ts';
import { audit } from '../db/schema.ts';
import { createFiles, type Files, linkSettings, revokeFiles } from '../features/files/index.ts';
import { createWeb } from './index.ts';
import { createLinkPages } from './links.ts';

const publicUrl = 'https://rooms.example.org/bot';

let temporary: TemporaryDatabase;
let files: Files;
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
  files = createFiles({ db, secret, publicUrl, now: clock.now });
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const calendars = {
    openFeed: async () => {
      throw new Error('the disk is full');
    },
    openInvitation: async () => ({ kind: 'unknown' as const }),
  };
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use('/bot', createLinkPages({ files, calendars, clock, log, language: 'zh-CN' }));
  app.use(
    createWeb({
      db: { check: async () => {} },
      queue: { healthy: async () => true },
      metrics: { command() {}, delivery() {}, text: async () => '', contentType: 'text/plain' },
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
    const inside = createFiles({ db, secret: Buffer.from('x'), publicUrl: null, now: () => now });
    const file = { person: person('ann'), name: 'a.txt', type: 'text/plain', content: Buffer.from('a') };
    expect(await inside.publish(file)).toBeNull();
  });
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
