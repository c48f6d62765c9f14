import { bookings } from './bookings.ts';
import { commits } from './commits.ts';
import { delivery } from './delivery.ts';
import { rooms } from './rooms.ts';

/*
 * npm run bench [-- name …]: measurements as ratios of things done side by side in one run, since absolute
 * figures say more about the machine than about the program.
 */
const benches: Record<string, () => Promise<void>> = { bookings, commits, rooms, delivery };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  await bench();
}
