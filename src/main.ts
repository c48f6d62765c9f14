import { startApp } from './app.ts';
import { BadConfig, readConfig } from './config.ts';
import { systemClock } from './core/clock.ts';
import { traceError } from './core/describe-error.ts';
import { createLogger } from './core/logger.ts';
import { NewerDatabase } from './db/database.ts';
import { AlreadyRunning } from './db/lock.ts';

/** Together with what the signal needs to arrive, this stays below the ten seconds that hosts usually give. */
const graceMs = 8_000;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`Node 24 is needed, this is ${process.versions.node}. Start it with: npm start`);
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  process.on('unhandledRejection', (err) => log.error(traceError(err), 'an error that nobody handled'));
  const starting = startApp(config, { clock: systemClock, log });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    // Whatever hangs: the process ends, and what it left in the outbox is told by the next one.
    setTimeout(() => process.exit(1), graceMs + 1_500).unref();
    await (await starting).stop(graceMs);
    process.exit(0);
  };
  // From now on and not only once it has started: whoever ends it may come early.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await starting;
} catch (err) {
  if (err instanceof BadConfig) {
    console.error(['The bot can’t start:', ...err.problems.map((problem) => `- ${problem}`)].join('\n'));
    console.error('\n.env.example explains every setting. To try it without any account: npm run sandbox');
  } else if (err instanceof NewerDatabase || err instanceof AlreadyRunning) console.error(err.message);
  else console.error('The bot can’t start:', err instanceof Error ? err.message : err);
  process.exit(1);
}
