import { BadConfig, readDatabasePath } from './config.ts';
import { openReader } from './db/reader.ts';
import { type Break, walkChain } from './features/booking/chain.ts';

/*
 * `npm run verify`: walks the chain of the records (2.6) and names the first place where it does not hold. It only
 * reads, so it can run beside the program.
 */

const differs: Record<Break['differs'], string> = {
  row: 'the row is not what it was when it was written',
  previous: 'a row before it was changed, taken out or put in',
  unlinked: 'the row carries no hash, though rows before it do',
  missing: 'the record of its last transition is missing',
};

/** One line that says where: the row and the booking, as far as they are known. */
function place({ row, number }: Break): string {
  const booking = number === null ? 'a booking that is not there' : `booking #${number}`;
  return row === null ? booking : `row ${row}, ${booking}`;
}

async function main(): Promise<number> {
  const { read, close } = openReader(readDatabasePath(process.env));
  try {
    const { linked, before, broken } = await walkChain(read);
    if (broken) {
      console.error(`The chain breaks at ${place(broken)}: ${differs[broken.differs]}.`);
      console.error(`Rows before it that hold: ${linked}.`);
      return 1;
    }
    const older = before > 0 ? ` ${before} older rows are sealed by the first of them.` : '';
    console.log(`The records hold: ${linked} transitions, each linked to the one before.${older}`);
    return 0;
  } finally {
    close();
  }
}

try {
  process.exitCode = await main();
} catch (err) {
  process.exitCode = 1;
  if (err instanceof BadConfig) console.error(err.problems.join('\n'));
  else console.error(`The records could not be read: ${err instanceof Error ? err.message : err}`);
}
