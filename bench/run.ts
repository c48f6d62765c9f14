import { ahead } from './ahead.ts';
import { bookings } from './bookings.ts';
import { calendar } from './calendar.ts';
import { command } from './command.ts';
import { commits } from './commits.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { exports } from './exports.ts';
import { language } from './language.ts';
import { lists } from './lists.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { noisy } from './noisy.ts';
import { overlap } from './overlap.ts';
import { records } from './records.ts';
import { reminders } from './reminders.ts';
import { begin, write } from './results.ts';
import { rooms } from './rooms.ts';
import { series } from './series.ts';
import { start } from './start.ts';
import { statistics } from './statistics.ts';

/*
 * npm run bench [-- name …] [--full] [--keep]: measurements as ratios of things done side by side in one run, since
 * absolute figures say more about the machine than about the program. About eight minutes on two quiet cores, of which
 * two fill a million bookings in: once, shared by all that need them, 4 GB in the folder for temporary files.
 *
 * name …   these alone; those of `byName` are run in no other way. `language` takes files of utterances beside its name.
 * --full   more of what takes time: 10,000 reminders due at once, longer streams and loads, and the exports of a million.
 * --keep   keeps the million bookings in node_modules/.cache/bench for later runs of the same day.
 */
const benches: Record<string, (files: string[]) => Promise<void>> = {
  load,
  command,
  commits,
  overlap,
  rooms,
  bookings,
  lists,
  records,
  series,
  calendar,
  statistics,
  reminders,
  delivery,
  ahead,
  start,
  memory,
  noisy,
  language,
  exports,
};

/** They take minutes. */
const byName = ['exports'];

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const full = process.argv.includes('--full');
const files = words.filter((word) => word.endsWith('.jsonl'));
const wanted = words.filter((word) => !files.includes(word));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

const isRun = (name: string): boolean =>
  wanted.length > 0 ? wanted.includes(name) : !byName.includes(name) || full;

for (const [name, bench] of Object.entries(benches)) {
  if (!isRun(name)) continue;
  begin(name);
  const since = performance.now();
  const elapsed = () => `     ${((performance.now() - since) / 1000).toFixed(0)} s`;
  // Somebody who watches sees that it goes on.
  const ticking = setInterval(() => process.stderr.write(`${elapsed()}\r`), 2_000);
  await bench(files);
  clearInterval(ticking);
  write();
  console.log(elapsed());
}
await document();
