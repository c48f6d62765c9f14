import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createDispatch } from './chat/dispatch.ts';
import type { Dispatch } from './chat/ports.ts';
import type { Limits } from './chat/rate-limit.ts';
import { createRegistry } from './chat/registry.ts';
import { createSeek } from './chat/seek.ts';
import { createSlack } from './chat/slack/index.ts';
import { createTeams } from './chat/teams/index.ts';
import type { Config, SmtpConfig } from './config.ts';
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
import { timed } from './db/timed.ts';
import { indexTopics } from './features/booking/index.ts';
import { createCalendars, type Sender } from './features/calendar/index.ts';
import { pruneDrafts } from './features/draft/index.ts';
import {
  createDisk,
  createFiles,
  deliverFile,
  type Files,
  keepPublicUrl,
  linkSettings,
  pruneFiles,
} from './features/files/index.ts';
import { keepReference } from './features/people/index.ts';
import { createExports } from './features/records/index.ts';
import { ensureRules } from './features/rules/index.ts';
import type { Pictures } from './features/statistics/index.ts';
import { createMailer } from './mail/index.ts';
import { createProduct } from './product.ts';
import { createBullQueue, createDelivery, createInProcessQueue } from './queue/index.ts';
import { headers } from './web/headers.ts';
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
  /** How much is served within a minute, where it is not as usual: measurements need more. */
  limits?: Limits;
  /** What all of our keys in Redis begin with. */
  keyPrefix?: string;
};

/** Puts everything together and starts it: the program from top to bottom. */
export async function startApp(config: Config, surroundings: Surroundings): Promise<App> {
  const { clock, log, extra = [], keyPrefix = 'meeting-room-bot' } = surroundings;
  // Locked first: a newer version that is started too early must not change what the older one works on.
  const unlock = lockDatabase(config.databasePath);
  const opened = openDatabase(config.databasePath);
  const metrics = createMetrics({
    db: opened,
    clock,
    queue: { healthy: () => queue.healthy() },
    databasePath: config.databasePath,
  });
  const db = timed(opened, metrics.transaction);
  await db.transact(async (tx) => {
    await ensureRules(tx);
    await indexTopics(tx);
    await keepPublicUrl(tx, config.publicUrl);
  });
  const disk = createDisk(config.databasePath);
  const files = createFiles({ db, disk, now: clock.now, ...(await linkSettings(db.read)) });
  const exports = createExports({
    db,
    databasePath: config.databasePath,
    disk,
    now: clock.now,
    kick: () => delivery.kick(),
    onFailed: (cause) => log.error(traceError(cause), 'an export failed'),
  });
  const housekeeping = await keepTidy({ db, files, clock, log });
  const { directory, background, reports, features } = createProduct(config, {
    pictures: picturesFrom(files),
    exports,
    sender: config.smtp && senderOf(config.smtp, config.organisation),
    async deliver(parcel) {
      const delivered = await db.transact((tx) => deliverFile(tx, clock.now(), parcel));
      delivery.kick();
      return delivered;
    },
  });
  const registry = createRegistry([...features, ...extra]);

  const dispatch = createDispatch({
    db,
    clock,
    registry,
    directory,
    log,
    kick: () => delivery.kick(),
    observe: metrics.command,
    ...(surroundings.limits && { limits: surroundings.limits }),
  });

  const { slack, teams } = createPlatforms(config, { db, dispatch, clock, log });
  const messengers = [slack, teams].flatMap((platform) => platform?.messenger ?? []);
  const seek = createSeek({ db, clock, messengers });
  const queue = config.redisUrl
    ? createBullQueue({ url: config.redisUrl, prefix: `${keyPrefix}:${db.deployment}`, logger: log })
    : createInProcessQueue(log);
  const mailer = config.smtp && createMailer(config.smtp);
  const delivery = createDelivery({
    db,
    clock,
    queue,
    logger: log,
    messengers: Object.fromEntries(messengers.map((messenger) => [messenger.platform, messenger])),
    mailer,
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
  web.use(headers);
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
  await exports.resume();
  await slack?.start();
  background.warm();
  const { port } = server.address() as AddressInfo;
  log.info({ port, host: config.host }, 'listening');

  return {
    port,
    async stop(graceMs) {
      clearInterval(housekeeping);
      const closed = new Promise((resolve) => server.close(resolve));
      // At once, so that one that hangs takes no time from the others. What is broken off is done after the next start.
      await Promise.all([
        within(graceMs, slack?.stop() ?? Promise.resolve()),
        delivery.stop(graceMs),
        exports.stop(graceMs),
      ]);
      mailer?.close();
      server.closeAllConnections();
      await closed;
      await background.close();
      await db.close();
      unlock();
    },
  };
}

/** Pictures of the numbers, each behind a link of the person's own. */
const picturesFrom = (files: Files): Pictures => ({
  async publish(content, alt, person, lasts) {
    const file = { person, name: 'statistics.png', type: 'image/png', content };
    const url = await files.publish({ ...file, ...(lasts === undefined ? {} : { lasts }) });
    return url === null ? null : { url, alt };
  },
});

/** Whom invitations by e-mail come from, by a name that people know. */
const senderOf = ({ from }: SmtpConfig, organisation: string): Sender => ({
  name: from.name || organisation || from.address,
  address: from.address,
});

/** Once now and then once a day: drops what can't be asked for any more. */
async function keepTidy(it: { db: Db; files: Files; clock: Clock; log: Logger }): Promise<NodeJS.Timeout> {
  const { db, files, clock, log } = it;
  const drop = () =>
    db.transact(async (tx) => {
      await forget(tx, clock.now());
      await prune(tx, clock.now());
      await pruneDrafts(tx, clock.now());
      await pruneFiles(tx, clock.now());
    });
  const tidy = () =>
    drop()
      .then(files.sweep)
      .catch((cause) => log.error(traceError(cause), 'what is old could not be dropped'));
  await tidy();
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
