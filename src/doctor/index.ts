import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { openReader } from '../db/reader.ts';
import { installation } from '../db/schema.ts';
import { examineAddress } from './address.ts';
import type { Skew } from './ask.ts';
import { examineClock } from './clock.ts';
import { examineDisk, examinePages } from './disk.ts';
import { examineMail } from './mail.ts';
import { examineRedis } from './redis.ts';
import { aside, type Check, type Finding, findingsOf } from './report.ts';
import { examineSlack } from './slack.ts';
import { examineTeams } from './teams.ts';

/** No check lasts longer; reading every page of a large database takes its time. */
const deadlineMs = 30_000;
const pagesDeadlineMs = 300_000;

/**
 * Checks everything that the settings name, all at once.
 * @yields what each check has found, in an order that stays the same
 */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  const { slack, teams, redisUrl, databasePath, publicUrl, smtp } = config;
  const skews: Skew[] = [];
  const checks: Check[] = [
    {
      name: 'Slack',
      settings: 'the settings that begin with SLACK_',
      run: async () =>
        slack ? examineSlack(slack, await installed(databasePath), skews) : [aside('Slack: not set up')],
    },
    {
      name: 'Teams',
      settings: 'the settings that begin with MICROSOFT_ and TEAMS_',
      run: async () => (teams ? examineTeams(teams, skews) : [aside('Teams: not set up')]),
    },
    {
      name: 'Redis',
      settings: 'REDIS_URL',
      run: async () => (redisUrl ? examineRedis(redisUrl) : []),
    },
    { name: 'Database', settings: 'DATABASE_PATH', run: async () => examineDisk(databasePath) },
    { name: 'Address', settings: 'PUBLIC_URL', run: () => examineAddress(publicUrl, skews) },
    { name: 'Mail', settings: 'SMTP_URL', run: () => examineMail(smtp) },
  ];
  const pages: Check = { name: 'Database', settings: 'DATABASE_PATH', run: () => examinePages(databasePath) };
  const underWay = [...checks.map((it) => findingsOf(it, deadlineMs)), findingsOf(pages, pagesDeadlineMs)];
  for (const findings of underWay) yield* await findings;
  yield examineClock(skews);
}

/** Workspaces that have installed the bot. */
async function installed(databasePath: string) {
  if (!existsSync(databasePath)) return [];
  const { read, close } = openReader(databasePath);
  try {
    return await read.select().from(installation);
  } finally {
    close();
  }
}
