import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toLocal } from '../../src/core/time.ts';
import { openDatabase } from '../../src/db/database.ts';
import { openReader } from '../../src/db/reader.ts';
import { setMail } from '../../src/features/calendar/settings.ts';
import { addPerson, setLanguage } from '../../src/features/people/index.ts';
import { saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import { plainRoom } from '../support/program.ts';
import { type SlackUser, type SlackWorld, startSlack } from '../support/slack.ts';
import { startTeams, type TeamsUser, type TeamsWorld } from '../support/teams.ts';
import { type Bot, createBot } from './bot.ts';
import type { Chance } from './chance.ts';
import { createDisk, type Disk } from './disk.ts';
import { type Post, startPost } from './post.ts';
import { type FaultyRedis, startFaultyRedis } from './redis.ts';
import { createScreens, type Screens } from './screens.ts';
import { createWeather, type Weather } from './weather.ts';

/** Somebody, by the name that both platforms have for them. */
export type Person = { name: string; slack: SlackUser | null; teams: TeamsUser | null };

export type World = {
  bot: Bot;
  redis: FaultyRedis;
  disk: Disk;
  weather: Weather;
  /** Where mail goes to. */
  post: Post;
  slack: SlackWorld;
  teams: TeamsWorld;
  /** What Slack's people have on their screens. */
  screens: Screens;
  hosts: Person[];
  reviewers: Person[];
  rooms: { id: string; name: string }[];
  /** Messages, letters and files that were claimed when a life ended: sent or not, nobody marked them. */
  inHand: { id: string; asked: NodeJS.Signals }[];
  settings: Record<string, string>;
  remove(): Promise<void>;
};

export const zone = 'Europe/Berlin';
const onSlack = ['Ann', 'Ben', 'Cem', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Rae', 'Roy'];
const onTeams = ['Kim', 'Lee', 'Mia', 'Ned', 'Ann', 'Ben', 'Rae', 'Rex'];
const reviewing = ['Rae', 'Roy', 'Rex'];
/** Who wants invitations by mail. */
export const mailed = [
  'Ann',
  'Ben',
  'Cem',
  'Dee',
  'Eli',
  'Fay',
  'Gus',
  'Hal',
  'Ida',
  'Kim',
  'Lee',
  'Mia',
  'Ned',
];

const rooms = [
  { name: 'Alps', reviewers: ['Rae', 'Roy'], buffer: 0 },
  { name: 'Baltic', reviewers: ['Rae', 'Rex'], buffer: 15 },
  { name: 'Cedar', reviewers: ['Roy', 'Rex'], buffer: 0 },
  { name: 'Delta', reviewers: ['Rex', 'Rae', 'Roy'], buffer: 30 },
  { name: 'Everest', reviewers: ['Roy', 'Rex'], buffer: 0, tentative: true },
  // It is midday there whenever this runs, so that meetings can be held within the hour.
  { name: 'Noon', reviewers: ['Rae', 'Roy'], buffer: 0, zone: middayZone(Date.now()) },
];

/** Everything around the program, and the program, not started yet. */
export async function createWorld(chance: Chance): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const disk = createDisk(folder);
  const redis = await startFaultyRedis();
  const weather = createWeather(chance.of('weather'));
  const post = await startPost(chance.of('mail'), weather.probability);
  const screens = createScreens();
  let bot: Bot | null = null;
  const now = () => bot?.now() ?? Date.now();
  const slack = await startSlack({
    people: onSlack.map((name) => ({ name, email: emailOf(name), profile: { tz: zone, locale: 'en-US' } })),
    hooks: { trouble: weather.slack, shown: screens.show },
    now,
  });
  const teams = await startTeams({ hooks: { trouble: weather.teams }, now });
  const people = peopleOf(slack, teams);
  await fillDatabase(disk.databasePath);

  const settings = settingsOf({
    slack,
    teams,
    databasePath: disk.databasePath,
    redisUrl: redis.url,
    smtpUrl: post.url,
  });
  const inHand: World['inHand'] = [];
  bot = createBot(settings, {
    listening(url) {
      slack.connect(url);
      teams.connect(url);
    },
    async ended() {
      const asked = bot?.endings.at(-1)?.asked ?? null;
      // A start that was refused has claimed nothing: what is claimed was counted when the life before it ended.
      if (asked === null) return;
      const claimed = await whenThereIsRoom(() => claimedIn(disk.databasePath));
      for (const id of claimed) inHand.push({ id, asked });
    },
  });
  return {
    bot,
    redis,
    disk,
    weather,
    post,
    slack,
    teams,
    screens,
    hosts: people.filter(({ name }) => !reviewing.includes(name)),
    reviewers: people.filter(({ name }) => reviewing.includes(name)),
    rooms: roomsIn(disk.databasePath),
    inHand,
    settings,
    async remove() {
      await redis.kill();
      await Promise.all([slack.stop(), teams.stop(), post.leave()]);
      disk.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const emailOf = (name: string): string => `${name.toLowerCase()}@example.org`;

function peopleOf(slack: SlackWorld, teams: TeamsWorld): Person[] {
  const there = new Map(onTeams.map((name) => [name, teams.user(name, { zone })]));
  return [...new Set([...onSlack, ...onTeams])].map((name) => ({
    name,
    slack: onSlack.includes(name) ? slack.user(name) : null,
    teams: there.get(name) ?? null,
  }));
}

async function fillDatabase(path: string): Promise<void> {
  const db = openDatabase(path);
  await db.transact(async (tx) => {
    await ensureRules(tx);
    const reviewers = new Map<string, Awaited<ReturnType<typeof addPerson>>>();
    for (const name of reviewing) {
      const id = await addPerson(tx, name, emailOf(name), 0);
      await setLanguage(tx, id, 'en');
      reviewers.set(name, id);
    }
    for (const name of mailed) {
      const id = await addPerson(tx, name, emailOf(name), 0);
      await setLanguage(tx, id, 'en');
      await setMail(tx, id, true);
    }
    for (const { reviewers: names, ...room } of rooms) {
      const ids = names.flatMap((name) => reviewers.get(name) ?? []);
      await saveRoom(tx, { ...plainRoom, zone, ...room, reviewers: ids }, null);
    }
  });
  await db.close();
}

function settingsOf(it: {
  slack: SlackWorld;
  teams: TeamsWorld;
  databasePath: string;
  redisUrl: string;
  smtpUrl: string;
}): Record<string, string> {
  const { install, signingSecret, apiUrl } = it.slack.config;
  const { appId, appPassword, appTenantId, issuer } = it.teams.config;
  return {
    SLACK_BOT_TOKEN: 'botToken' in install ? install.botToken : '',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl ?? '',
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_PASSWORD: appPassword,
    MICROSOFT_APP_TENANT_ID: appTenantId ?? '',
    TEAMS_ALLOWED_TENANTS: it.teams.tenant,
    TEAMS_METADATA_URL: issuer?.metadataUrl ?? '',
    TEAMS_ISSUER: issuer?.issuer ?? '',
    DATABASE_PATH: it.databasePath,
    REDIS_URL: it.redisUrl,
    SMTP_URL: it.smtpUrl,
    MAIL_FROM: 'Rooms <rooms@example.org>',
    ADMIN_EMAILS: emailOf('Rae'),
    DEFAULT_ZONE: zone,
    PORT: '0',
  };
}

/** Asks the database, as any other program could, beside the bot. */
export function query<Row>(path: string, sql: string): Row[] {
  const { read, close } = openReader(path);
  try {
    return read.all(sql) as Row[];
  } finally {
    close();
  }
}

const claimedIn = (path: string): string[] =>
  query<{ id: string }>(
    path,
    "SELECT id FROM outbox WHERE kind IN ('tell', 'mail', 'file', 'post') AND state = 'sending'",
  ).map(({ id }) => id);

/** After a life that has ended on a full disk even reading needs some room. */
async function whenThereIsRoom<T>(read: () => T): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return read();
    } catch (cause) {
      const full = cause instanceof Error && 'code' in cause && /IOERR|FULL/.test(`${cause.code}`);
      if (!full || tries > 150) throw cause;
      await sleep(200);
    }
}

const roomsIn = (path: string) =>
  query<{ id: string; name: string }>(path, 'SELECT id, name FROM room ORDER BY name');

function middayZone(now: number): string {
  const hoursAhead = (12 - Number(toLocal(now, 'UTC').time.slice(0, 2)) + 24) % 24;
  // POSIX counts westward, and has twelve zones on that side and fourteen on the other.
  return hoursAhead <= 14 ? `Etc/GMT-${hoursAhead}` : `Etc/GMT+${24 - hoursAhead}`;
}
