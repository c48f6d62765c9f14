import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentTrace } from './trace.ts';

export type { Logger };

const secret = [
  'token',
  'password',
  'secret',
  'authorization',
  'signature',
  'text',
  'topic',
  'note',
  'reason',
];

/** Secrets and what people wrote are cut out wherever they stand, two levels deep. */
const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `headers["${name}"]`]);

/**
 * JSON lines on standard output, those of one click with the same `trace`. `level` as in pino: `silent` … `trace`.
 * @param to where they go instead
 */
export const createLogger = (level: string, to?: DestinationStream): Logger => {
  const options: LoggerOptions = {
    level,
    mixin: () => {
      const trace = currentTrace();
      return trace === null ? {} : { trace };
    },
    redact: { paths: [...paths, 'err.config', 'err.request', 'err.response', 'err.data'], censor: '[cut]' },
  };
  return to ? pino(options, to) : pino(options);
};
