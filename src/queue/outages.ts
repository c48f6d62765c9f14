import type { Redis } from 'ioredis';
import { describeError, traceError } from '../core/describe-error.ts';
import type { Logger } from '../core/logger.ts';

/**
 * Makes the listener for the errors of everything that talks to one Redis. `leading` is the connection by
 * which an outage is known: it is logged once, and so is its end.
 */
export function createOutageReport(leading: Redis, logger: Logger): (cause: Error) => void {
  let away = false;

  const goneAway = (error: string) => {
    if (!away) logger.error({ error }, 'Redis is out of reach; what is to be told waits');
    away = true;
  };
  leading.on('error', (cause) => goneAway(describeError(cause)));
  leading.on('close', () => goneAway('connection closed'));
  leading.on('ready', () => {
    if (away) logger.info('Redis is back');
    away = false;
  });

  return (cause) => {
    const level = away || ofConnection(cause) ? 'debug' : 'warn';
    logger[level](traceError(cause), 'trouble with the queue');
  };
}

/** Errors of the network name the system call; ioredis has its own for a connection that is no more. */
const ofConnection = (cause: Error): boolean =>
  'syscall' in cause || cause.message.startsWith('Connection is closed');
