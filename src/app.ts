import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createDispatch } from './chat/dispatch.ts';
import type { Dispatch } from './chat/ports.ts';
import { createRegistry } from './chat/registry.ts';
import { createSeek } from './chat/seek.ts';
import { createSlack } from './chat/slack/index.ts';
import { createTeams } from './chat/teams/index.ts';
import type { Config } from './config.ts';
import { type Clock, day } from './core/clock.ts';
import { traceError } from './core/describe-error.ts';
import type { Feature } from './core/feature.ts';
import type { Logger } from './core/logger.ts';
import { within } from './core/within.ts';
import { type Db, openDatabase } from './db/database.ts';
import { forget } from './db/inbox.ts';
import { createInstallations } from './db/installations.ts';
import { lockDatabase } from './db/lock.ts';
import { prune } from './db/outbox.ts';
import { indexTopics } from './features/booking/index.ts';
import { createCalendars } from './features/calendar/index.ts';
import { pruneDrafts } from './features/draft/index.ts';
import { createFiles, type Files, keepPublicUrl, linkSettings, pruneFiles } from './features/files/index.ts';
import { keepReference } from './features/people/index.ts';
import { createExports } from './features/records/index.ts';
import { ensureRules } from './features/rules/index.ts';
import type { Pictures } from './features/statistics/index.ts';
import { createProduct } from './product.ts';
import { createBullQueue, createDelivery, createInProcessQueue } from './queue/index.ts';
import { createWeb } from './web/index.ts';
import { createLinkPages } from './web/links.ts';
import { createMetrics } from './web/metrics.ts';

export type App = {
  /** The port that it listens on. */
  port: number;
  /** Takes nothing new, gives what is under way at most `graceMs` to end, and closes everything. */
  stop(graceMs: number): Promise<void>;
};

type Surroundings = {
  clock: Clock;
  log: Logger;
  /** What is there beside the product's own features: the sandbox has one. */
  extra?: Feature[];
  /** What all of our keys in Redis begin with. */
  keyPrefix?: string;
};

/** Puts everything together and starts it: the program from top to bottom. */
export async function startApp(config: Config, surroundings: Surroundings): Promise<App> {
  const { clock, log, extra = [], keyPrefix = 'meeting-room-bot' } = surroundings;
  const db = openDatabase(config.databasePath);
  const unlock = lockDatabase(config.databasePath);
  await db.transact(async (tx) => {
    await ensureRules(tx);
    await indexTopics(tx);
    await keepPublicUrl(tx, config.publicUrl);
  });
  const housekeeping = keepTidy(db, clock, log);

  const files = createFiles({ db, now: clock.now, ...(await linkSettings(db.read)) });
  const exports = config.publicUrl
    ? createExports({
        db,
        databasePath: config.databasePath,
        now: clock.now,
        publish: files.publish,
        kick: () => delivery.kick(),
        onFailed: (cause) => log.error(traceError(cause), 'an export failed'),
      })
    : null;
  const { directory, background, reports, features } = createProduct(config, {
    pictures: picturesFrom(files),
    exports,
  });
  background.warm();
  const registry = createRegistry([...features, ...extra]);

  const metrics = createMetrics(db, clock);
  const dispatch = createDispatch({
    db,
    clock,
    registry,
    directory,
    log,
    kick: () => delivery.kick(),
    observe: metrics.command,
  });

  const { slack, teams } = createPlatforms(config, { db, dispatch, clock, log });
  const messengers = [slack, teams].flatMap((platform) => platform?.messenger ?? []);
  const seek = createSeek({ db, clock, messengers });
  const queue = config.redisUrl
    ? createBullQueue({ url: config.redisUrl, prefix: `${keyPrefix}:${db.deployment}`, logger: log })
    : createInProcessQueue(log);
  const delivery = createDelivery({
    db,
    clock,
    queue,
    logger: log,
    messengers: Object.fromEntries(messengers.map((messenger) => [messenger.platform, messenger])),
    mailer: null,
    people: { addresses: directory.addresses, reads: directory.reads, seek, keepReference },
    views: Object.fromEntries(registry.views),
    jobs: Object.fromEntries(registry.jobs),
    mails: Object.fromEntries(registry.mails),
    files: Object.fromEntries(registry.files),
    posts: Object.fromEntries(registry.posts),
    random: Math.random,
    onUnreachable: reports.onUnreachable,
    onFailed: reports.onFailed,
    onResult: metrics.delivery,
  });

  const web = express();
  web.disable('x-powered-by');
  // Whom a request comes from is taken from a proxy's word where that stands in our own network.
  web.set('trust proxy', 'loopback, linklocal, uniquelocal');
  // Slack's routes come first: they check the signature over the raw body.
  if (slack?.router) web.use(slack.router);
  if (teams) web.use(teams.router);
  const calendars = createCalendars({ db, directory, now: clock.now });
  web.use(createLinkPages({ files, calendars, clock, log, language: config.language }));
  web.use(createWeb({ db, queue, metrics, log }));

  const server = createServer(web);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  await delivery.start();
  await slack?.start();
  const { port } = server.address() as AddressInfo;
  log.info({ port, host: config.host }, 'listening');

  return {
    port,
    async stop(graceMs) {
      clearInterval(housekeeping);
      const closed = new Promise((resolve) => server.close(resolve));
      await slack?.stop();
      await delivery.stop(graceMs);
      server.closeAllConnections();
      await closed;
      // One that is broken off is made again after the next start.
      if (exports) await within(graceMs, exports.idle());
      await background.close();
      await db.close();
      unlock();
    },
  };
}

/** Pictures of the numbers, each behind a link of the person's own. */
const picturesFrom = (files: Files): Pictures => ({
  async publish(content, alt, person) {
    const url = await files.publish({ person, name: 'statistics.png', type: 'image/png', content });
    return url === null ? null : { url, alt };
  },
});

/** Once now and then once a day: drops what can't be asked for any more. */
function keepTidy(db: Db, clock: Clock, log: Logger): NodeJS.Timeout {
  const tidy = () =>
    db
      .transact(async (tx) => {
        await forget(tx, clock.now());
        await prune(tx, clock.now());
        await pruneDrafts(tx, clock.now());
        await pruneFiles(tx, clock.now());
      })
      .catch((cause) => log.error(traceError(cause), 'old rows could not be dropped'));
  void tidy();
  return setInterval(tidy, day);
}

function createPlatforms(config: Config, it: { db: Db; dispatch: Dispatch; clock: Clock; log: Logger }) {
  const common = { dispatch: it.dispatch, logger: it.log, language: config.language, now: it.clock.now };
  const slack =
    config.slack &&
    createSlack({
      ...common,
      config: config.slack,
      installations: createInstallations(it.db, it.clock.now),
      publicUrl: config.publicUrl,
    });
  const teams = config.teams && createTeams({ ...common, config: config.teams, token: randomUUID });
  return { slack, teams };
}
