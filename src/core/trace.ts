import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/*
 * One id from a click to the last message that comes of it: logs carry it, the code of a fault is it, and what the click
 * leaves in the outbox keeps it.
 */

const under = new AsyncLocalStorage<string>();

/** A new one, short enough to be read out. */
export const newTrace = (): string => randomBytes(4).toString('hex');

/** Runs `work` under an id. */
export const traced = <T>(trace: string, work: () => T): T => under.run(trace, work);

/** The id under which this runs; null outside of any. */
export const currentTrace = (): string | null => under.getStore() ?? null;

/** The same function, which runs under the id of now whoever calls it later. */
export const keepTrace = <Work extends (...its: never[]) => unknown>(work: Work): Work =>
  AsyncLocalStorage.bind(work);
