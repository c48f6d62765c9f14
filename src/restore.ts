import { BadBackup } from './backup/check.ts';
import { restore } from './backup/restore.ts';
import { BadConfig, readDatabasePath } from './config.ts';

/*
 * `npm run restore -- <file> [--replace]`: puts a backup in the place of the database. The bot has to be stopped.
 */

function main(args: string[]): void {
  const [file, ...more] = args.filter((it) => !it.startsWith('--'));
  const flags = args.filter((it) => it.startsWith('--'));
  if (!file || more.length > 0 || flags.some((it) => it !== '--replace'))
    throw new BadConfig(['Name the file: npm run restore -- rooms-backup.sqlite [--replace]']);
  const databasePath = readDatabasePath(process.env);
  const { counts, keptAs } = restore({
    databasePath,
    file,
    replace: flags.includes('--replace'),
    now: Date.now(),
  });
  console.log(`${databasePath} is ${file} now: ${counts.booking} bookings. Start the bot.`);
  if (keptAs) console.log(`The database that was there is kept as ${keptAs}.`);
}

try {
  main(process.argv.slice(2));
} catch (err) {
  process.exitCode = 1;
  if (err instanceof BadConfig) console.error(err.problems.join('\n'));
  else console.error(`Nothing was restored: ${err instanceof Error ? err.message : err}`);
  if (err instanceof BadBackup) console.error('The database is as it was.');
}
