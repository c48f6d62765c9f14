import { traceError } from '../core/describe-error.ts';
import type { Logger } from '../core/logger.ts';
import { within } from '../core/within.ts';

/** Resolves to false, or rejects, where something that is needed is not there. */
type Check = () => Promise<unknown>;

/** Something that answers no sooner is of no use. */
const patienceMs = 3_000;

/** Asks all at once. Gives the names of those that fail; why they do goes to the log alone. */
export async function missing(needed: Record<string, Check>, log: Logger): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(needed).map(async ([name, check]) => ((await holds(name, check, log)) ? [] : [name])),
  );
  return results.flat();
}

async function holds(name: string, check: Check, log: Logger): Promise<boolean> {
  try {
    const answer = check();
    return (await within(patienceMs, answer)) && (await answer) !== false;
  } catch (cause) {
    log.warn({ check: name, ...traceError(cause) }, 'not ready');
    return false;
  }
}
