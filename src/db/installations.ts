import { eq } from 'drizzle-orm';
import type { Instant } from '../core/clock.ts';
import type { Db } from './database.ts';
import { installation } from './schema.ts';

export type Installation = { tenant: string; token: string };

/** Where the bot is installed, with the token of each workspace. */
export const createInstallations = (db: Db, now: () => Instant) => ({
  async save({ tenant, token }: Installation): Promise<void> {
    const row = { tenant, token, at: now() };
    await db.transact(async (tx) => {
      await tx.insert(installation).values(row).onConflictDoUpdate({ target: installation.tenant, set: row });
    });
  },
  /** Null where the bot is not installed. */
  async fetch(tenant: string): Promise<Installation | null> {
    const [found] = await db.read.select().from(installation).where(eq(installation.tenant, tenant));
    return found ?? null;
  },
  async remove(tenant: string): Promise<void> {
    await db.transact(async (tx) => {
      await tx.delete(installation).where(eq(installation.tenant, tenant));
    });
  },
});
