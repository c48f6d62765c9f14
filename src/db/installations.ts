import { eq } from 'drizzle-orm';
import type { Instant } from '../core/clock.ts';
import type { Db } from './database.ts';
import { installation } from './schema.ts';

/** Where the bot is installed, with the token of each place; `data` is the platform's own. */
export const createInstallations = (db: Db, now: () => Instant) => ({
  async save(id: string, data: unknown): Promise<void> {
    const row = { id, data, at: now() };
    await db.transact(async (tx) => {
      await tx.insert(installation).values(row).onConflictDoUpdate({ target: installation.id, set: row });
    });
  },
  /** Null where the bot is not installed. */
  async fetch(id: string): Promise<unknown> {
    const [found] = await db.read.select().from(installation).where(eq(installation.id, id));
    return found?.data ?? null;
  },
  async remove(id: string): Promise<void> {
    await db.transact(async (tx) => {
      await tx.delete(installation).where(eq(installation.id, id));
    });
  },
});
