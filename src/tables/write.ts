import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes, and waits where the other side can't keep up. */
export async function write(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain');
}
