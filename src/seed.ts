import { readFileSync } from 'node:fs';
import { BadConfig, readDatabasePath } from './config.ts';
import { openDatabase } from './db/database.ts';
import { BadImport, importRooms } from './features/rooms/import.ts';
import { ensureRules } from './features/rules/index.ts';
import { createReader } from './i18n/reader.ts';

/** `npm run seed -- rooms.csv`: imports rooms, all or nothing. */
async function main(file: string | undefined): Promise<number> {
  if (!file) throw new BadConfig(['Name the file: npm run seed -- rooms.csv']);
  const csv = readFileSync(file, 'utf8');
  const db = openDatabase(readDatabasePath(process.env));
  try {
    const now = Date.now();
    return await db.transact(async (tx) => {
      await ensureRules(tx);
      return importRooms(tx, csv, createReader('en', 'UTC', now), now);
    });
  } finally {
    await db.close();
  }
}

try {
  const count = await main(process.argv[2]);
  console.log(`${count} rooms imported.`);
} catch (err) {
  process.exitCode = 1;
  if (err instanceof BadConfig || err instanceof BadImport) console.error(err.problems.join('\n'));
  else console.error(`The rooms could not be imported: ${err instanceof Error ? err.message : err}`);
  if (err instanceof BadImport) console.error('Nothing was imported.');
}
