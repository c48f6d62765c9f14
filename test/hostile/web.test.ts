import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, test } from '@jest/globals';
import fc from 'fast-check';
import type { Digest } from '../support/digest.ts';
import { judge, judgeAll } from './judge.ts';
import { openStage, type Reply, runs, type Stage } from './stage.ts';

/* Links and whatever else may be asked for at the web's edge. */

let stage: Stage;
let before: Digest;

beforeAll(async () => {
  stage = await openStage();
  before = stage.others();
});
afterAll(() => stage.stop());

/** Asks for a path just as it is written, which fetch would tidy up. */
const ask = (method: string, path: string, headers: Record<string, string>): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(stage.program.url);
    request({ hostname, port, path, method, headers }, async (response) =>
      resolve({ status: response.statusCode ?? 0, text: await text(response) }),
    )
      .on('error', reject)
      .end();
  });

const token = fc.oneof(
  fc.base64String({ maxLength: 80 }).map(encodeURIComponent),
  fc
    .string()
    .map(encodeURIComponent)
    .map((it) => it.replaceAll('%00', '')),
  fc.constantFrom(
    '..',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '%',
    '%ff',
    '__proto__',
    'a'.repeat(8_000),
    '%00',
    '{}',
  ),
);

test('[6.2] links that are none, and whatever else is asked for', async () => {
  const path = fc.oneof(
    fc.tuple(token, token).map(([one, two]) => `/files/${one}/${two}`),
    token.map((it) => `/calendar/${it}.ics`),
    token.map((it) => `/calendar/feed/${it}.ics`),
    token.map((it) => `/${it}`),
    fc.constantFrom(
      '/healthz/../x',
      '/metrics?x[__proto__]=1',
      '//evil.example/x',
      '/slack/events',
      '/api/messages',
      '/slack/install',
    ),
  );
  const method = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND');
  const headers = fc.constantFrom<Record<string, string>>(
    {},
    { 'accept-language': 'x'.repeat(3_000) },
    { 'if-none-match': '"'.repeat(2_000) },
    { 'x-forwarded-for': '999.1.1.1, ::::, <script>' },
    { range: 'bytes=0-99999999999999' },
    { host: 'evil.example' },
  );
  await fc.assert(
    fc.asyncProperty(method, path, headers, async (how, where, its) => {
      judge(stage, await ask(how, where, its), `${how} ${where}`);
    }),
    runs(250),
  );
  await judgeAll(stage, before);
});
