import { startApp } from './app.ts';
import { BadConfig, readConfig } from './config.ts';
import { systemClock } from './core/clock.ts';
import { createLogger } from './core/logger.ts';
import { NewerDatabase } from './db/database.ts';
import { AlreadyRunning } from './db/lock.ts';
import { UnusableDatabase } from './db/unusable.ts';
import { stopOnSignals } from './stopping.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`Node 24 is needed, this is ${process.versions.node}. Start it with: npm start`);
  process.exit(1);
}

/** What says in one sentence what is wrong, and what to do. */
const toldPlainly = [NewerDatabase, UnusableDatabase, AlreadyRunning];

try {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const starting = startApp(config, { clock: systemClock, log });
  stopOnSignals(starting, log);
  await starting;
} catch (err) {
  if (err instanceof BadConfig) {
    console.error(['The bot can’t start:', ...err.problems.map((problem) => `- ${problem}`)].join('\n'));
    console.error('\n.env.example explains every setting. To try it without any account: npm run sandbox');
  } else if (toldPlainly.some((kind) => err instanceof kind)) console.error((err as Error).message);
  else console.error('The bot can’t start:', err instanceof Error ? err.message : err);
  process.exit(1);
}
