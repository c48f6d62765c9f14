import { eq } from 'drizzle-orm';
import type { SeriesId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { bookingSeries } from './schema.ts';

export type Series = typeof bookingSeries.$inferSelect;

export async function findSeries(tx: Tx, id: SeriesId): Promise<Series | null> {
  const [found] = await tx.select().from(bookingSeries).where(eq(bookingSeries.id, id));
  return found ?? null;
}

/** Keeps a series, new or changed. */
export async function saveSeries(tx: Tx, series: Series): Promise<void> {
  await tx.insert(bookingSeries).values(series).onConflictDoUpdate({ target: bookingSeries.id, set: series });
}
