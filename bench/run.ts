import { bookings } from './bookings.ts';
import { calendar } from './calendar.ts';
import { commits } from './commits.ts';
import { delivery } from './delivery.ts';
import { document } from './document.ts';
import { exports } from './exports.ts';
import { language } from './language.ts';
import { load } from './load.ts';
import { noisy } from './noisy.ts';
import { records } from './records.ts';
import { begin, write } from './results.ts';
import { rooms } from './rooms.ts';
import { series } from './series.ts';
import { statistics } from './statistics.ts';

/*
 * npm run bench [-- name …]: measurements as ratios of things done side by side in one run, since absolute
 * figures say more about the machine than about the program. `language` takes files of utterances beside its name.
 */
const benches: Record<string, (files: string[]) => Promise<void>> = {
  bookings,
  calendar,
  commits,
  records,
  exports,
  rooms,
  series,
  statistics,
  delivery,
  noisy,
  load,
  language,
};

const files = process.argv.slice(2).filter((word) => word.endsWith('.jsonl'));
const wanted = process.argv.slice(2).filter((word) => !files.includes(word));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  begin(name);
  await bench(files);
  write();
}
await document();
