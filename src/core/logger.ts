import { type Logger, pino } from 'pino';

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

/** JSON lines on standard output. `level` as in pino: `silent` … `trace`. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: { paths: [...paths, 'err.config', 'err.request', 'err.response', 'err.data'], censor: '[cut]' },
  });
