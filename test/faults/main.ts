import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';
import { stopOnSignals } from '../../src/stopping.ts';

/*
 * The program as `src/main.ts` starts it, but for one setting that has no variable: where Teams' tokens are checked
 * against.
 */

try {
  const { TEAMS_METADATA_URL: metadataUrl = '', TEAMS_ISSUER: issuer = '' } = process.env;
  const config = readConfig(process.env);
  if (config.teams) config.teams.issuer = { metadataUrl, issuer };
  const log = createLogger(config.logLevel);
  const starting = startApp(config, { clock: systemClock, log });
  stopOnSignals(starting, log);
  await starting;
} catch (err) {
  console.error(err instanceof Error ? err.message : err);
  process.exit(1);
}
