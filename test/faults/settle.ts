import { setTimeout as sleep } from 'node:timers/promises';
import { query, type World } from './world.ts';

/** Longer than any retry waits. */
const ahead = 20 * 60_000;
const patience = 90_000;

/** What the outbox still owes. */
export type Owed = { soon: number; later: number };

/**
 * Waits until everything is told that is to be told: at first by the real clock, which was set back in the meantime,
 * then with the clock put ahead, so that nobody has to wait for what waits between two tries.
 */
export async function settle({ bot, disk }: World, say: (line: string) => void): Promise<Owed> {
  const owed = (where: string): number =>
    query<{ n: number }>(
      disk.databasePath,
      `SELECT count(*) AS n FROM outbox WHERE state IN ('waiting', 'sending') AND (${where})`,
    )[0]?.n ?? 0;
  const until = async (where: () => string): Promise<number> => {
    const end = Date.now() + patience;
    for (let left = owed(where()); ; left = owed(where())) {
      if (left === 0 || Date.now() > end) return left;
      await sleep(500);
    }
  };

  await bot.up();
  // What was due as soon as it was written is due, whatever the clock says since, unless it waits for another try.
  const soon = await until(() => `attempts = 0 AND (due_at <= ${bot.now()} OR due_at <= created_at)`);
  say(soon === 0 ? 'what was due is told' : `${soon} rows that were due still wait`);
  await bot.setClock(ahead);
  const later = await until(() => `due_at <= ${bot.now()} OR state = 'sending' OR error IS NOT NULL`);
  say(later === 0 ? 'what had to be tried again is told' : `${later} rows are still due`);
  return { soon, later };
}
