import { parse } from 'csv-parse/sync';
import type { OutboxRow } from '../../../src/db/outbox.ts';
import { readCalendar } from '../../support/read-calendar.ts';
import type { SlackFile } from '../../support/slack.ts';
import type { Facts } from '../facts.ts';
import type { World } from '../world.ts';
import { type Check, check } from './check.ts';

type Found = { who: string; file: SlackFile };

/** Files in Slack's chats: appointments and exports, each of them whole. */
export async function checkFiles(facts: Facts, world: World): Promise<Check[]> {
  const found = await filesIn(world);
  const rows = facts.outbox.filter(({ kind }) => kind === 'file');
  const done = rows.filter(({ state }) => state === 'done');
  const inHand = rows.filter(({ id }) => world.inHand.some((it) => it.id === id)).length;
  const byName = Map.groupBy(found, ({ who, file }) => `${who}: ${file.name}`);
  const exports = found.filter(({ file }) => file.name.endsWith('.csv'));
  return [
    check(
      'every file that was given into a chat arrived, and none twice but for those in hand when the process was ended',
      [
        ...fewerThan(done, [...byName.keys()], facts),
        // Nobody takes an export back that was asked for.
        ...rows
          .filter(({ name, state }) => name === 'files.given' && state !== 'done')
          .map(({ person, state }) => `an export for ${facts.names.get(person ?? '')} is ${state}`),
        ...(found.length - byName.size > inHand
          ? [...byName].filter(([, all]) => all.length > 1).map(([name, all]) => `${all.length} × ${name}`)
          : []),
        ...(found.length === 0 ? ['no file at all'] : []),
      ],
      `${done.length} rows, ${found.length} files, ${found.length - byName.size} of them again (${inHand} in hand)`,
    ),
    check(
      'every file reads back whole, and no half of one was ever given',
      found.flatMap((it) => wrongIn(it, facts)),
      `${found.length - exports.length} appointments, ${exports.length} exports`,
    ),
  ];
}

/** Whose files of a booking (or exports) are fewer than the rows that gave them. */
function fewerThan(done: readonly OutboxRow[], names: readonly string[], facts: Facts): string[] {
  const bookings = new Map([...facts.bookings.values()].map((it): [string, typeof it] => [it.id, it]));
  const rowsOf = Map.groupBy(done, ({ person, data }) => {
    const booking = bookings.get(data.booking ?? '');
    return `${facts.names.get(person ?? '')}: ${booking ? appointmentOf(booking, facts) : 'bookings '}`;
  });
  return [...rowsOf].flatMap(([whose, rows]) => {
    const theirs = names.filter((name) => name.startsWith(whose));
    const times = rows.map(({ createdAt, doneAt, attempts }) => `${createdAt}–${doneAt} by try ${attempts}`);
    return theirs.length < rows.length ? [`${whose}${theirs.length} files of rows ${times.join(', ')}`] : [];
  });
}

type Booking = Facts['bookings'] extends Map<number, infer One> ? One : never;

/** How the names of its files begin; a series has one for all its dates. */
function appointmentOf({ number, series }: Booking, { bookings }: Facts): string {
  if (series === null) return `booking-${number}-`;
  const dates = [...bookings.values()].filter((it) => it.series === series);
  return `series-${dates.toSorted((a, b) => a.start - b.start)[0]?.number}-`;
}

async function filesIn({ slack, hosts, reviewers }: World): Promise<Found[]> {
  const found: Found[] = [];
  for (const { name, slack: user } of [...hosts, ...reviewers])
    if (user) for (const file of await slack.files(user)) found.push({ who: name, file });
  return found;
}

function wrongIn({ who, file }: Found, { bookings }: Facts): string[] {
  const text = file.content.toString('utf8');
  const wrong = (what: string): string[] => [`${file.name} of ${who}: ${what}`];
  if (file.name.endsWith('.ics')) {
    if (!text.trimEnd().endsWith('END:VCALENDAR')) return wrong('it ends in the midst');
    return readCalendar(text).dates.length > 0 ? [] : wrong('no appointment');
  }
  if (!text.endsWith('\n')) return wrong('it ends in the midst');
  // Its reader refuses lines of another length.
  const lines = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  const numbers = lines.map((line) => Number(line.Number));
  const there = new Set(numbers);
  const missing = [...bookings.keys()].filter((it) => it < Math.max(...numbers) && !there.has(it));
  const strange = numbers.filter((it) => !bookings.has(it));
  // Whoever is no admin sees some of the bookings.
  const left = who === 'Rae' ? missing.map((it) => `#${it} is left out`) : [];
  const twice = there.size < numbers.length ? ['a booking twice'] : [];
  return [...left, ...twice, ...strange.map((it) => `#${it} is no booking`)].flatMap(wrong);
}
