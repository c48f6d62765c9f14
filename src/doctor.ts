import { BadConfig, readConfig, settings } from './config.ts';
import { examine } from './doctor/index.ts';
import { lineOf, right, wrong } from './doctor/report.ts';

/*
 * `npm run doctor`: checks every setting really, one line each: ✓ right, ✗ wrong (with the remedy), – neither. It changes
 * nothing, and can run beside the bot. Exit code 1 where anything is wrong.
 */

async function main(): Promise<number> {
  const config = readConfig(process.env);
  console.log(lineOf(right('Settings: all that are needed are there')));
  let failures = 0;
  for await (const finding of examine(config)) {
    console.log(lineOf(finding));
    if (finding.kind === 'wrong') failures += 1;
  }
  console.log(failures === 0 ? 'Nothing is wrong.' : `${failures} to mend.`);
  return failures === 0 ? 0 : 1;
}

try {
  process.exit(await main());
} catch (err) {
  if (!(err instanceof BadConfig)) throw err;
  for (const problem of err.problems) console.log(lineOf(wrong(problem, 'See .env.example.')));
  console.log(
    `${Object.keys(settings).length} settings are known. The rest is checked once these are right.`,
  );
  process.exit(1);
}
