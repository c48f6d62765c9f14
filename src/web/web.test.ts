import { afterEach, describe, expect, test } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import { pino } from 'pino';
import { deliveryPorts, manualClock, start } from '../../test/support/delivery.ts';
import { type Listening, listen } from '../../test/support/listen.ts';
import { temporaryDatabase } from '../../test/support/temporary-database.ts';
import type { PersonId } from '../core/ids.ts';
import { due, tell } from '../db/outbox.ts';
import { timed } from '../db/timed.ts';
import { createDeliver } from '../queue/deliver.ts';
import { headers } from './headers.ts';
import { createWeb } from './index.ts';
import { createMetrics } from './metrics.ts';

const servers: Listening[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** A database and a queue that are well, and nobody has done anything. */
const fine = {
  db: { check: async () => {} },
  queue: { healthy: async () => true },
  metrics: { command() {}, delivery() {}, transaction() {}, text: async () => '', contentType: 'text/plain' },
};

async function serve(parts: Partial<Parameters<typeof createWeb>[0]>, ...routes: RequestHandler[]) {
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const app = express();
  app.disable('x-powered-by');
  app.use(headers);
  for (const route of routes) app.use(route);
  app.use(createWeb({ ...fine, log, ...parts }));
  const server = await listen(app);
  servers.push(server);
  const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
  return { get, logged };
}

const json = { 'content-type': 'application/json' };

describe('health', () => {
  test('a process that lives says so, whatever else is missing', async () => {
    const { get } = await serve({ queue: { healthy: async () => false } });
    const answer = await get('/healthz');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'alive' }]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('it is ready while the database can be written and the queue reached', async () => {
    const { db, remove } = temporaryDatabase();
    const { get } = await serve({ db });
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    await remove();
    const closed = await get('/readyz');
    expect([closed.status, await closed.json()]).toEqual([
      503,
      { status: 'not ready', missing: ['database'] },
    ]);
  });

  test('it names what is missing, and no more', async () => {
    const { get, logged } = await serve({
      db: {
        check: async () => {
          throw new Error('disk /secret/place is full');
        },
      },
      queue: { healthy: () => new Promise(() => {}) },
    });
    const answer = await get('/readyz');
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'not ready', missing: ['database', 'queue'] },
    ]);
    expect(logged.join('')).not.toContain('/secret/place');
  });
});

describe('what is answered to anything else', () => {
  const routes = [
    express.json({ limit: '1kb' }),
    express.Router().post('/work', (request, response) => {
      if (request.body.fail) throw new Error('token xoxb-1');
      response.json({ ok: true });
    }),
  ];
  const post = (body: string) => ({ method: 'POST', headers: json, body });

  test('the routes before it are served', async () => {
    const { get } = await serve({}, ...routes);
    const answer = await get('/work', post('{}'));
    expect(answer.status).toBe(200);
  });

  test.each([
    { what: 'no such path', path: '/elsewhere', init: {}, status: 404, error: 'not found' },
    { what: 'broken JSON', path: '/work', init: post('{'), status: 400, error: 'bad request' },
    {
      what: 'a large body',
      path: '/work',
      init: post(JSON.stringify('x'.repeat(2_000))),
      status: 413,
      error: 'bad request',
    },
    { what: 'a fault', path: '/work', init: post('{"fail":true}'), status: 500, error: 'internal error' },
  ])('$what: $status, in one line', async ({ path, init, status, error }) => {
    const { get, logged } = await serve({}, ...routes);
    const answer = await get(path, init);
    expect([answer.status, await answer.json()]).toEqual([status, { error }]);
    expect(logged.join('')).not.toContain('xoxb');
  });
});

test('metrics count commands and deliveries, and show how the outbox stands', async () => {
  const { db: opened, path, remove } = temporaryDatabase();
  const clock = manualClock();
  let redis = true;
  const metrics = createMetrics({
    db: opened,
    clock,
    queue: { healthy: async () => redis },
    databasePath: path,
  });
  const db = timed(opened, metrics.transaction);
  const { ports } = deliveryPorts(db, { clock, onResult: metrics.delivery });
  await db.transact(async (tx) => {
    for (const dueAt of [start, start + 30_000, start + 999_000])
      await tell(tx, ['ann' as PersonId], 'notice', { now: start, dueAt, data: {} });
  });
  for (const { id } of await due(db.read, clock.now(), 1)) await createDeliver(ports)(id);
  clock.advance(90_000);
  metrics.command('booking.request', 'slack', 'card', 120);
  metrics.command('booking.request', 'slack', 'card', 20);

  const { get } = await serve({ metrics });
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  expect(text).toContain('commands_total{command="booking.request",platform="slack",outcome="card"} 2');
  expect(text).toContain(
    'command_duration_seconds_bucket{le="0.025",command="booking.request",platform="slack"} 1',
  );
  expect(text).toContain('deliveries_total{kind="tell",result="unreachable"} 1');
  expect(text).toContain('outbox_rows{state="due"} 1');
  expect(text).toContain('outbox_rows{state="failed"} 1');
  expect(text).toContain('outbox_oldest_due_age_seconds 60');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).toContain('delivery_lateness_seconds_bucket{le="0.1",kind="tell"} 1');
  // The three rows, the claim and the end of it.
  expect(text).toContain('transaction_duration_seconds_count 3');
  expect(text).toMatch(/^event_loop_busy_seconds_total \d+\.\d/m);
  expect(text).toMatch(/^database_size_bytes{file="wal"} [1-9]/m);
  expect(text).toMatch(/^database_disk_free_bytes [1-9]/m);
  expect(text).toContain('queue_up 1');
  redis = false;
  expect(await metrics.text()).toContain('queue_up 0');
  await remove();
});
