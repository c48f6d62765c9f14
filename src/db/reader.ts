import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Tx } from './database.ts';

/** A connection of its own that can only read, for work that is done in another thread. The file has to be there. */
export function openReader(path: string): { read: Tx; close(): void } {
  const connection = new Database(path, { readonly: true, fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  return { read: drizzle(connection), close: () => connection.close() };
}
