import { traceError } from './core/describe-error.ts';
import type { Logger } from './core/logger.ts';

/** Together with what the signal needs to arrive, this stays below the ten seconds that hosts usually give. */
const graceMs = 8_000;

/**
 * Ends the process in good order when it is asked to, and logs what nobody handled. Call it before the program has
 * started: whoever ends it may come early.
 */
export function stopOnSignals(
  starting: Promise<{ stop(graceMs: number): Promise<void> }>,
  log: Logger,
): void {
  process.on('unhandledRejection', (err) => log.error(traceError(err), 'an error that nobody handled'));

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    // Whatever hangs: the process ends, and what it left in the outbox is told by the next one.
    setTimeout(() => {
      log.error({ signal }, 'it took too long to stop');
      process.exit(1);
    }, graceMs + 1_500).unref();
    await (await starting).stop(graceMs);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
