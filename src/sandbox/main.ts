import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { createLogger } from '../core/logger.ts';
import { type ChatWindow, openWindow } from './client.ts';
import { createSandboxClock } from './clock.ts';
import { prepareDatabase, seat } from './database.ts';
import { createEnding } from './ending.ts';
import { createSandboxFeature } from './feature.ts';
import { takeFolder } from './folder.ts';
import { refuseReal } from './guard.ts';
import { settings } from './organisation.ts';
import { tenant, windows } from './people.ts';
import { freePort } from './ports.ts';
import { say, sentenceOf, welcome } from './words.ts';

/*
 * `npm run sandbox`: the whole program with a demo organisation, and two local chat clients in place of Teams.
 * Nothing leaves this machine, and nothing outside can reach it.
 */

const graceMs = 3_000;
/** Ctrl-C comes twice, from the terminal and from npm. */
const sameSignalMs = 1_000;

const ending = createEnding();

async function start(): Promise<void> {
  refuseReal(process.env);
  const { values: given } = parseArgs({
    options: { reset: { type: 'boolean', default: false }, folder: { type: 'string', default: '.sandbox' } },
  });
  const folder = resolve(given.folder);
  const taken = takeFolder(folder);
  ending.add(taken.release);
  if (given.reset) taken.empty();

  const clock = createSandboxClock(join(folder, 'clock.json'), systemClock);
  const port = await freePort(3978);
  const botUrl = `http://127.0.0.1:${port}/api/messages`;
  const opening = windows.map((it) => openWindow({ ...it, folder: join(folder, it.role), botUrl }));
  const [databasePath, ...open] = await Promise.all([prepareDatabase(folder, clock), ...opening]);
  open.forEach(watch);
  await seat(databasePath, open);

  const config = sandboxConfig({ databasePath, port, open });
  const feature = createSandboxFeature(clock);
  const app = await startApp(config, { clock, log: createLogger(config.logLevel), extra: [feature] });
  ending.add(() => app.stop(graceMs));
  console.log(welcome(clock, open));
}

const sandboxConfig = (it: { databasePath: string; port: number; open: ChatWindow[] }): Config => ({
  ...settings,
  slack: null,
  teams: {
    appId: '',
    appPassword: '',
    appType: 'SingleTenant',
    appTenantId: null,
    allowedTenants: [tenant],
    sandboxServiceUrls: it.open.map((window) => window.serviceUrl),
  },
  databasePath: it.databasePath,
  redisUrl: null,
  host: '127.0.0.1',
  port: it.port,
  // Its own address: links and pictures are for whoever sits at this machine.
  publicUrl: `http://127.0.0.1:${it.port}`,
  smtp: null,
  logLevel: 'warn',
});

/** A window that is gone can't be had back by itself, and half a sandbox only puzzles. */
function watch(window: ChatWindow): void {
  ending.add(window.stop);
  void window.ended.then(async () => {
    if (ending.begun()) return;
    console.error(say('client.ended', { name: window.member.name, log: window.log }));
    await end(1);
  });
}

async function end(code: number): Promise<void> {
  await ending.close();
  process.exit(code);
}

let signalledAt: number | null = null;
function interrupt(): void {
  const now = performance.now();
  // Impatience: whatever still runs is ended with this process.
  if (signalledAt !== null && now - signalledAt > sameSignalMs) process.exit(1);
  if (signalledAt !== null) return;
  signalledAt = now;
  console.log(say('ending'));
  void end(0);
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
watchNpm();

/** SIGTERM at npm ends the shell between npm and us, and reaches nobody else: its end is the signal. */
function watchNpm(): void {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watching);
    interrupt();
  }, 500);
  watching.unref();
}

try {
  await start();
} catch (error) {
  // What fails because it is being ended needs no explanation.
  if (!ending.begun()) {
    console.error(sentenceOf(error));
    await end(1);
  }
}
