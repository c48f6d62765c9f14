import { statSync } from 'node:fs';
import { backUp } from './backup/backup.ts';
import { BadBackup } from './backup/check.ts';
import { BadConfig, readDatabasePath } from './config.ts';
import { openReader } from './db/reader.ts';
import { walkChain } from './features/booking/chain.ts';

/*
 * `npm run backup -- <file> [--replace] [--verify]`: copies the database while the bot runs.
 */

/** Whoever waits longer is told how far it is. */
const quietMs = 2_000;

async function main(args: string[]): Promise<void> {
  const [file, ...more] = args.filter((it) => !it.startsWith('--'));
  const flags = args.filter((it) => it.startsWith('--'));
  const known = ['--replace', '--verify'];
  if (!file || more.length > 0 || flags.some((it) => !known.includes(it)))
    throw new BadConfig(['Name the file: npm run backup -- rooms-backup.sqlite [--replace] [--verify]']);
  const begun = performance.now();
  let said = begun;
  const counts = await backUp({
    databasePath: readDatabasePath(process.env),
    file,
    replace: flags.includes('--replace'),
    onProgress(part) {
      if (performance.now() - said < quietMs) return;
      said = performance.now();
      console.error(`${Math.round(part * 100)} % copied`);
    },
  });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const megabytes = (statSync(file).size / 1e6).toFixed(1);
  console.log(
    `${file}: ${counts.booking} bookings, ${megabytes} MB, in ${seconds} s. It was opened again and is sound.`,
  );
  if (flags.includes('--verify')) await verify(file);
}

async function verify(file: string): Promise<void> {
  const { read, close } = openReader(file);
  try {
    const { linked, broken } = await walkChain(read);
    if (broken) throw new BadBackup(`The records in ${file} do not hold: see npm run verify.`);
    console.log(`The records in it hold: ${linked} transitions.`);
  } finally {
    close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (err) {
  process.exitCode = 1;
  if (err instanceof BadConfig) console.error(err.problems.join('\n'));
  else console.error(`There is no backup: ${err instanceof Error ? err.message : err}`);
}
