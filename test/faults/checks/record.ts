import Database from 'better-sqlite3';
import { openReader } from '../../../src/db/reader.ts';
import { walkChain } from '../../../src/features/booking/chain.ts';
import { type Booking, evolve } from '../../../src/features/booking/index.ts';
import type { Facts } from '../facts.ts';
import { type Check, check } from './check.ts';

/** The record is whole, tells how everything came to be as it is, and lies in a sound file. */
export async function checkRecord(facts: Facts, databasePath: string): Promise<Check[]> {
  const { read, close } = openReader(databasePath);
  const { linked, broken } = await walkChain(read).finally(close);
  return [
    check(
      'the chain of the record is whole',
      broken ? [JSON.stringify(broken)] : [],
      `${linked} transitions`,
    ),
    check(
      'every booking is what its history makes of it',
      [...facts.bookings.values()].filter((it) => !isAsTold(facts, it)).map(({ number }) => `#${number}`),
      `${facts.bookings.size} bookings`,
    ),
    check('the database file is sound', integrityOf(databasePath), 'integrity_check and foreign_key_check'),
  ];
}

function isAsTold({ transitions }: Facts, booking: Booking): boolean {
  const told = (transitions.get(booking.id) ?? []).reduce<Booking | null>(
    (before, { event }) => evolve(before, event),
    null,
  );
  return JSON.stringify(sorted(told)) === JSON.stringify(sorted(booking));
}

/** The same value in the same order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

function integrityOf(path: string): string[] {
  const db = new Database(path, { readonly: true });
  try {
    const found = db.pragma('integrity_check') as { integrity_check: string }[];
    const strays = db.pragma('foreign_key_check') as unknown[];
    return [
      ...found.map((it) => it.integrity_check).filter((it) => it !== 'ok'),
      ...strays.map((it) => JSON.stringify(it)),
    ];
  } finally {
    db.close();
  }
}
