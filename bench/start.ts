import { join } from 'node:path';
import { openDatabase } from '../src/db/database.ts';
import { ensureRules } from '../src/features/rules/index.ts';
import { startChild } from '../test/support/child.ts';
import { filled } from './data/template.ts';
import { startChat } from './load/chat.ts';
import { startOwnRedis } from './load/redis.ts';
import { inFolder, spreadOf } from './measure.ts';
import { keep } from './results.ts';

const rounds = 5;

/** The program, from the command to the moment at which it says that it is ready. */
export const start = (): Promise<void> =>
  inFolder(async (folder) => {
    const full = await filled(1_000_000);
    const empty = join(folder, 'empty.sqlite');
    const db = openDatabase(empty);
    await db.transact(ensureRules);
    await db.close();
    const redis = await startOwnRedis();
    const chat = await startChat();
    const begin = async (databasePath: string): Promise<number> => {
      const since = performance.now();
      const child = await startChild({
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: 'bench',
        SLACK_API_URL: chat.url,
        DATABASE_PATH: databasePath,
        REDIS_URL: redis.url,
        ADMIN_EMAILS: 'admin@example.org',
        PORT: '0',
      });
      while (!(await fetch(`${child.url}/readyz`)).ok);
      const took = performance.now() - since;
      await child.terminate();
      return took;
    };
    const [large, small]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const [one, other] = [await begin(full.path), await begin(empty)];
      // The first round reads the files from the disk.
      if (round === 0) continue;
      large.push(one);
      small.push(other);
    }
    keep({
      name: 'from the start until it is ready, with 1,000,000 bookings',
      unit: 'ms',
      value: spreadOf(large),
      beside: 'with none',
      reference: spreadOf(small),
      bar: 1.5,
      holds: 'ratio at most',
    });
    chat.stop();
    await redis.stop();
  });
