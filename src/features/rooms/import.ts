import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Instant } from '../../core/clock.ts';
import { type PersonId, roomSubject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import type { Reader } from '../../i18n/reader.ts';
import { addPerson } from '../people/index.ts';
import { effectiveRules, rulesAt } from '../rules/index.ts';
import { readRoom, type TypedRoom } from './draft.ts';
import { findRoomNamed, saveRoom } from './store.ts';

/** The columns of a file of rooms; those of `required` have to be there. */
export const columns = {
  required: ['name', 'site', 'zone', 'kind', 'capacity', 'reviewers'],
  optional: [
    'floor',
    'equipment',
    'opens',
    'closes',
    'max_minutes',
    'buffer',
    'join_link',
    'active',
    'tentative',
  ],
} as const;

/** Everything that is wrong with a file, a line each. */
export class BadImport extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type File = { header: string[]; lines: Array<{ cells: string[]; number: number }> };

/**
 * Imports rooms from CSV: new ones are added, those of the same site and name are changed. All or nothing.
 * Equipment and reviewers (e-mail addresses) are separated by semicolons.
 * @param reader names what is wrong, in its language.
 * @returns how many rooms were saved.
 * @throws BadImport naming each bad line; run it inside a transaction, which is undone by that.
 */
export async function importRooms(tx: Tx, csv: string, reader: Reader, now: Instant): Promise<number> {
  const { header, lines } = readFile(csv, reader);
  const problems: string[] = [];
  const { document } = await rulesAt(tx, now);
  const seen = new Map<string, number>();
  for (const { cells, number } of lines) {
    const wrong = (text: string) => problems.push(reader.t('rooms.import.line', { line: number, text }));
    if (cells.length !== header.length) {
      wrong(reader.t('rooms.import.cells', { cells: cells.length, expected: header.length }));
      continue;
    }
    const row = Object.fromEntries(header.map((name, n) => [name, cells[n] ?? '']));
    const emails = list(row.reviewers);
    const unusable = emails.filter((email) => !z.email().safeParse(email).success);
    for (const text of unusable) wrong(`reviewers: ${reader.t('rooms.import.email', { text })}`);
    const typed = typedRow(row, await reviewersIn(tx, emails, now));
    const name = `${typed.site}\n${typed.name}`.toLowerCase();
    const twin = seen.get(name);
    if (twin !== undefined) wrong(reader.t('rooms.import.twice', { line: twin }));
    seen.set(name, number);
    const read = readRoom(typed, effectiveRules(document, typed.site, {}));
    if (!read.ok) {
      for (const [field, problem] of Object.entries(read.problems))
        wrong(`${field}: ${reader.refusal(problem)}`);
      continue;
    }
    const before = await findRoomNamed(tx, read.draft.site, read.draft.name);
    const id = await saveRoom(tx, read.draft, before?.id ?? null);
    await record(tx, {
      at: now,
      actor: 'import',
      kind: before ? 'room.changed' : 'room.added',
      subject: roomSubject(id),
      detail: { before, after: read.draft },
    });
  }
  if (problems.length > 0) throw new BadImport(problems);
  return lines.length;
}

function readFile(csv: string, reader: Reader): File {
  const [first, ...lines] = readLines(csv, reader);
  if (!first || lines.length === 0) throw new BadImport([reader.t('rooms.import.empty')]);
  const header = first.cells.map((name) => name.toLowerCase());
  const missing = columns.required.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new BadImport([reader.t('rooms.import.columns', { missing: missing.join(', ') })]);
  return { header, lines };
}

function readLines(csv: string, reader: Reader): File['lines'] {
  try {
    const lines: File['lines'] = [];
    parse(csv, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], info) => {
        lines.push({ cells, number: info.lines });
      },
    });
    return lines;
  } catch (cause) {
    if (cause instanceof CsvError)
      throw new BadImport([reader.t('rooms.import.broken', { text: cause.message })]);
    throw cause;
  }
}

const list = (text = ''): string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);

async function reviewersIn(tx: Tx, emails: readonly string[], now: Instant): Promise<PersonId[]> {
  const people: PersonId[] = [];
  for (const email of emails) people.push(await addPerson(tx, email, email, now));
  return people;
}

const typedRow = (row: Record<string, string>, reviewers: PersonId[]): TypedRoom => ({
  name: row.name ?? '',
  site: row.site ?? '',
  floor: row.floor ?? '',
  zone: row.zone ?? '',
  kind: row.kind ?? '',
  capacity: row.capacity ?? '',
  equipment: list(row.equipment),
  opens: row.opens ?? '',
  closes: row.closes ?? '',
  maxMinutes: row.max_minutes ?? '',
  buffer: row.buffer || '0',
  joinLink: row.join_link ?? '',
  active: !/^(no|false|0)$/i.test(row.active ?? ''),
  tentative: /^(yes|true|1)$/i.test(row.tentative ?? ''),
  reviewers,
});
