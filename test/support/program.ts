import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DateTime } from 'luxon';
import { type App, startApp } from '../../src/app.ts';
import type { Limits } from '../../src/chat/rate-limit.ts';
import type { Config } from '../../src/config.ts';
import type { Instant } from '../../src/core/clock.ts';
import { createLogger, type Logger } from '../../src/core/logger.ts';
import { openDatabase } from '../../src/db/database.ts';
import { addPerson, setLanguage } from '../../src/features/people/index.ts';
import type { RoomDraft } from '../../src/features/rooms/index.ts';
import { saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import type { Language } from '../../src/i18n/translate.ts';
import { aRoom } from './examples.ts';
import { removeKeys, testRedis } from './redis.ts';
import { type SlackPerson, type SlackWorld, startSlack } from './slack.ts';
import { startTeams, type TeamsWorld } from './teams.ts';

export type Program = {
  slack: SlackWorld;
  teams: TeamsWorld;
  url: string;
  /** Now, as the program has it: never before the real time, since signatures are checked against that. */
  now(): Instant;
  /** Moves the program's clock forward. */
  moveTo(at: Instant): void;
  /** The day on which tests book, a Tuesday, as `2026-12-01`; `now` begins at 08:00 UTC the day before. */
  day: string;
  /** An instant of that day on the clock of a zone. */
  at(time: string, zone: string): Instant;
  room(room: Partial<Omit<RoomDraft, 'reviewers'>> & { name: string; reviewers: string[] }): Promise<void>;
  person(name: string, email: string, language: Language): Promise<void>;
  /** Where its database is. */
  databasePath: string;
  /** Ends the program as SIGTERM does and starts it anew on the same database; `meanwhile` it is not running. */
  restart(meanwhile?: () => void): Promise<void>;
  /** Loses everything that is in Redis. */
  emptyRedis(): Promise<void>;
  /** Asks the database, as any other program could. */
  query<Row>(sql: string, ...values: unknown[]): Row[];
  stop(): Promise<void>;
};

/** The whole program in this process, between a Slack and a Teams of our own, on a real database and a real Redis. */
export async function startProgram(
  it: {
    people?: SlackPerson[];
    admins?: string[];
    settings?: Partial<Config>;
    log?: Logger;
    limits?: Limits;
    /** Slack comes over this socket, and not over HTTP. */
    socketUrl?: string;
  } = {},
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const databasePath = join(folder, 'rooms.sqlite');
  const redis = testRedis();
  const slack = await startSlack({ people: it.people ?? [] });
  const teams = await startTeams();
  if (it.socketUrl) slack.offerSocket(it.socketUrl);
  const monday = nextMonday();
  let ahead = monday.toMillis() - Date.now();
  const clock = { now: () => Date.now() + ahead };
  const config: Config = {
    organisation: 'Example',
    slack: it.socketUrl ? { ...slack.config, appToken: 'xapp-test' } : slack.config,
    teams: teams.config,
    databasePath,
    redisUrl: redis.url,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    smtp: null,
    adminEmails: it.admins ?? [],
    language: 'en',
    zone: 'Europe/Berlin',
    logLevel: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...it.settings,
  };

  const setUp = async <T>(work: Parameters<ReturnType<typeof openDatabase>['transact']>[0]): Promise<T> => {
    const db = openDatabase(databasePath);
    try {
      return (await db.transact(work)) as T;
    } finally {
      await db.close();
    }
  };
  await setUp(ensureRules);

  let app: App;
  const start = async () => {
    app = await startApp(config, {
      clock,
      log: it.log ?? createLogger(config.logLevel),
      ...(it.limits && { limits: it.limits }),
      keyPrefix: redis.prefix,
    });
    const url = `http://127.0.0.1:${app.port}`;
    slack.connect(url);
    teams.connect(url);
    program.url = url;
  };

  const program: Program = {
    slack,
    teams,
    url: '',
    now: clock.now,
    moveTo(at) {
      if (at < clock.now()) throw new Error('the clock goes forward only');
      ahead = at - Date.now();
    },
    day: monday.plus({ days: 1 }).toFormat('yyyy-MM-dd'),
    at: (time, zone) => DateTime.fromISO(`${program.day}T${time}`, { zone }).toMillis(),
    room: ({ reviewers, ...room }) =>
      setUp(async (tx) => {
        const ids = [];
        for (const email of reviewers) ids.push(await addPerson(tx, email, email, 0));
        await saveRoom(tx, { ...plainRoom, ...room, reviewers: ids }, null);
      }),
    person: (name, email, language) =>
      setUp(async (tx) => setLanguage(tx, await addPerson(tx, name, email, 0), language)),
    databasePath,
    async restart(meanwhile) {
      await app.stop(5_000);
      meanwhile?.();
      await start();
    },
    async emptyRedis() {
      await removeKeys(redis.url, redis.prefix);
    },
    query<Row>(sql: string, ...values: unknown[]): Row[] {
      const db = new Database(databasePath, { readonly: true });
      try {
        return db.prepare(sql).all(...values) as Row[];
      } finally {
        db.close();
      }
    },
    async stop() {
      await app.stop(5_000);
      await Promise.all([slack.stop(), teams.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await start();
  return program;
}

const { id: _, ...plainRoom } = aRoom();

export { plainRoom };

const nextMonday = (): DateTime =>
  DateTime.utc().plus({ days: 7 }).startOf('week').set({ hour: 8, minute: 0, second: 0, millisecond: 0 });
