import { asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { linkHash } from '../../db/chain.ts';
import type { Tx } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { booking, bookingTransition } from './schema.ts';

/*
 * The record of transitions is a chain (2.6): each row carries a hash over itself and over the hash of the row before,
 * so that a row that was changed, taken out or put in shows. Rows from before there was a chain have no hash and are
 * never rewritten; the first row that has one carries as its `previous_hash` a digest of all of them.
 */

type Row = typeof bookingTransition.$inferSelect;
type Entry = Omit<Row, 'id' | 'hash' | 'previousHash'>;

/** What the first row of all is linked to. */
const beginning = '0'.repeat(64);
const pageSize = 1000;

const hashOf = (previous: string, entry: Entry): string => {
  const { booking: id, revision, at, actor, source, fromState, toState, rulesVersion, event } = entry;
  return linkHash(previous, {
    booking: id,
    revision,
    at,
    actor,
    source,
    fromState,
    toState,
    rulesVersion,
    event,
  });
};

const lastHash = prepared((tx) =>
  tx
    .select({ hash: bookingTransition.hash })
    .from(bookingTransition)
    .orderBy(desc(bookingTransition.id))
    .limit(1),
);

/** Links the next row to the last one. Only inside the transaction that writes it, where nobody comes between. */
export async function nextLink(tx: Tx, entry: Entry): Promise<{ previousHash: string; hash: string }> {
  const [last] = await lastHash(tx, {});
  const previousHash = last ? (last.hash ?? (await digestOfUnlinked(tx))) : beginning;
  return { previousHash, hash: hashOf(previousHash, entry) };
}

async function digestOfUnlinked(tx: Tx): Promise<string> {
  let digest = beginning;
  for await (const row of rowsOf(tx)) if (row.hash === null) digest = hashOf(digest, row);
  return digest;
}

async function* rowsOf(tx: Tx): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const rows = await tx
      .select()
      .from(bookingTransition)
      .where(gt(bookingTransition.id, after))
      .orderBy(asc(bookingTransition.id))
      .limit(pageSize);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Where the chain does not hold. `number`: of the booking, where there is one. */
export type Break = {
  row: number | null;
  number: number | null;
  differs: 'row' | 'previous' | 'unlinked' | 'missing';
};

/**
 * Walks the chain from its beginning, a page at a time.
 * @returns the first break, or null, and how many rows were checked: `linked` ones, and those from `before` the chain
 */
export async function walkChain(tx: Tx): Promise<{ linked: number; before: number; broken: Break | null }> {
  let previous = beginning;
  let linked = 0;
  let before = 0;
  const at = async (row: Row, differs: Break['differs']) => ({
    linked,
    before,
    broken: { row: row.id, number: await numberOf(tx, row), differs },
  });
  for await (const row of rowsOf(tx)) {
    const hash = hashOf(previous, row);
    if (row.hash === null) {
      if (linked > 0) return at(row, 'unlinked');
      before += 1;
    } else {
      if (row.previousHash !== previous) return at(row, 'previous');
      if (row.hash !== hash) return at(row, 'row');
      linked += 1;
    }
    previous = hash;
  }
  const missing = await firstMissing(tx);
  return {
    linked,
    before,
    broken: missing === null ? null : { row: null, number: missing, differs: 'missing' },
  };
}

async function numberOf(tx: Tx, row: Row): Promise<number | null> {
  const [found] = await tx
    .select({ number: booking.number })
    .from(booking)
    .where(eq(booking.id, row.booking));
  return found?.number ?? null;
}

/** Rows cut off at the end leave no gap in the chain, but a booking that has gone further than its record. */
async function firstMissing(tx: Tx): Promise<number | null> {
  const [found] = await tx
    .select({ number: booking.number })
    .from(booking)
    .leftJoin(
      bookingTransition,
      sql`${bookingTransition.booking} = ${booking.id} and ${bookingTransition.revision} = ${booking.revision}`,
    )
    .where(isNull(bookingTransition.id))
    .orderBy(asc(booking.number))
    .limit(1);
  return found?.number ?? null;
}
