import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { App, ExpressReceiver } from '@slack/bolt';
import { asc, eq } from 'drizzle-orm';
import express, { type Express } from 'express';
import { createDispatch } from '../../src/chat/dispatch.ts';
import { unlimited } from '../../src/chat/rate-limit.ts';
import { createRegistry } from '../../src/chat/registry.ts';
import { boltLogger } from '../../src/chat/slack/client.ts';
import { createSlack } from '../../src/chat/slack/index.ts';
import { createConnector } from '../../src/chat/teams/connector.ts';
import { createTeams } from '../../src/chat/teams/index.ts';
import type { TeamsConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Db } from '../../src/db/database.ts';
import { booking } from '../../src/features/booking/schema.ts';
import { searchRooms } from '../../src/features/rooms/index.ts';
import { createProduct } from '../../src/product.ts';
import { fill, rooms, tenants, zone } from './organisation.ts';
import type { Mode, Pending, Ready, Setting } from './protocol.ts';

/*
 * The process that is measured: everything from the HTTP request to the commit with its outbox rows, without the
 * delivery that follows, or one of those it is measured beside.
 */

const silent = createLogger('silent');

/** The whole program as far as the outbox. */
async function ours({ databasePath, signingSecret, apiUrl, teams }: Setting, web: Express): Promise<Db> {
  const db = await fill(databasePath);
  const settings = { organisation: 'Bench', databasePath, adminEmails: [], language: 'en', zone } as const;
  const product = createProduct(settings);
  const dispatch = createDispatch({
    db,
    clock: systemClock,
    registry: createRegistry(product.features),
    directory: product.directory,
    log: silent,
    kick: () => {},
    observe: () => {},
    limits: unlimited,
  });
  const common = { dispatch, logger: silent, language: 'en', now: systemClock.now } as const;
  const slack = createSlack({
    ...common,
    config: { signingSecret, allowedTeams: [], appToken: null, apiUrl, install: { botToken: 'xoxb-bench' } },
    installations: { save: async () => {}, fetch: async () => null, remove: async () => {} },
    publicUrl: null,
  });
  if (slack.router) web.use(slack.router);
  await slack.start();
  web.use(createTeams({ ...common, config: teamsConfig(teams), token: randomUUID }).router);
  return db;
}

/** The same receiver with listeners that only acknowledge. */
function bolt({ signingSecret }: Setting, web: Express): void {
  const receiver = new ExpressReceiver({
    signingSecret,
    endpoints: '/slack/events',
    logger: boltLogger(silent),
  });
  const app = new App({
    receiver,
    logger: boltLogger(silent),
    authorize: async () => ({}),
    convoStore: false,
  });
  app.view(/.*/, async ({ ack }) => ack());
  app.action(/.*/, async ({ ack }) => ack());
  web.use(receiver.router);
}

/** Nothing but Express and the same check of the signature. */
function bare({ signingSecret }: Setting, web: Express): void {
  web.post('/slack/events', express.raw({ type: () => true, limit: '512kb' }), (request, response) => {
    const at = request.get('x-slack-request-timestamp');
    const mac = createHmac('sha256', signingSecret).update(`v0:${at}:${request.body}`).digest('hex');
    const given = Buffer.from(request.get('x-slack-signature') ?? '');
    const expected = Buffer.from(`v0=${mac}`);
    const payload = new URLSearchParams(`${request.body}`).get('payload');
    JSON.parse(payload ?? '{}');
    const right = given.length === expected.length && timingSafeEqual(given, expected);
    response.status(right ? 200 : 401).end();
  });
}

/** A CloudAdapter that answers at once. */
function adapter({ teams }: Setting, web: Express): void {
  const { adapter: it } = createConnector(teamsConfig(teams));
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' };
  web.post('/api/messages', express.json({ limit: '256kb' }), async (request, response) => {
    await it.process(request, response, async (turn) => {
      await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    });
  });
}

const teamsConfig = ({ appId, appPassword, metadataUrl, issuer }: Setting['teams']): TeamsConfig => ({
  appId,
  appPassword,
  appType: 'SingleTenant',
  appTenantId: tenants.teams,
  allowedTenants: [tenants.teams],
  issuer: { metadataUrl, issuer },
});

const others: Record<Exclude<Mode, 'ours'>, (setting: Setting, web: Express) => void> = {
  bolt,
  express: bare,
  adapter,
};

async function main(setting: Setting): Promise<void> {
  const web = express();
  web.disable('x-powered-by');
  const db = setting.mode === 'ours' ? await ours(setting, web) : null;
  if (setting.mode !== 'ours') others[setting.mode](setting, web);
  const server = web.listen(0, '127.0.0.1', async () => {
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const found = db ? await searchRooms(db.read, { activeOnly: true, limit: rooms }) : [];
    const byNumber = found.sort((a, b) => Number(a.name.slice(5)) - Number(b.name.slice(5)));
    process.send?.({ port, rooms: byNumber.map((room) => room.id) } satisfies Ready);
  });
  process.on('message', async (most: number) => {
    if (!db) return;
    const { id, room } = booking;
    const rows = await db.read
      .select({ booking: id, room })
      .from(booking)
      .where(eq(booking.stateKind, 'requested'))
      .orderBy(asc(booking.number))
      .limit(most);
    process.send?.(rows satisfies Pending);
  });
}

process.once('message', (setting: Setting) => void main(setting));
process.on('disconnect', () => process.exit(0));
