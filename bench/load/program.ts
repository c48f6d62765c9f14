import { startApp } from '../../src/app.ts';
import { unlimited } from '../../src/chat/rate-limit.ts';
import type { Config } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';

/* The whole program as a process of its own, which serves as much as it is asked for and says what memory it takes. */

/** In bytes, after everything that is not needed was thrown away. */
export type Memory = { rss: number; heap: number };

async function main(config: Config): Promise<void> {
  const log = createLogger('error');
  const app = await startApp(config, { clock: systemClock, log, limits: unlimited });
  process.on('message', () => {
    if (!globalThis.gc) throw new Error('start it with --expose-gc');
    globalThis.gc();
    globalThis.gc();
    const { rss, heapUsed: heap } = process.memoryUsage();
    process.send?.({ rss, heap } satisfies Memory);
  });
  process.send?.(app.port);
}

process.once('message', (config: Config) => void main(config));
process.on('disconnect', () => process.exit(0));
