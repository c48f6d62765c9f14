import type { Instant } from '../core/clock.ts';
import type { Tx } from './database.ts';
import { audit } from './schema.ts';

/** Appends to the record of set-up changes and refusals; `actor` is a person id or the platform's name of a stranger. */
export async function record(
  tx: Tx,
  entry: { at: Instant; actor: string; kind: string; subject: string; detail: Record<string, unknown> },
): Promise<void> {
  await tx.insert(audit).values(entry);
}
