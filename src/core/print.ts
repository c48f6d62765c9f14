import { createHash } from 'node:crypto';

/** Tells what was shown apart from anything else: a button carries it, and does nothing where it no longer holds. */
export const printOf = (shown: unknown): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
