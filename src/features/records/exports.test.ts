import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { asc, sql } from 'drizzle-orm';
import { cardOf, labelsOf, noteOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Platform } from '../../core/feature.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Format } from '../../tables/index.ts';
import { csvLine } from '../../tables/index.ts';
import { createDisk, type Disk, keepPublicUrl } from '../files/index.ts';
import { publishedFile } from '../files/schema.ts';
import { writeExport } from './background.ts';
import type { Viewer } from './domain.ts';
import { exportView } from './export-commands.ts';
import { createExports, type Export, type ExportDeps, findExport, orderExport } from './exports.ts';
import { exportRows } from './rows.ts';
import type { Order } from './schema.ts';
import { lookUp } from './sought.ts';
import { emptySearch, readSearch } from './typed.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;
let failures: unknown[];
let disk: Disk;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  for (const somebody of [ann, ben, rae]) await world.say(somebody, 'help');
  disk = createDisk(await databasePath());
  failures = [];
});
afterEach(() => world.stop());

async function databasePath(): Promise<string> {
  const [file] = await world.db.read.all<{ file: string }>(sql`PRAGMA database_list`);
  return file?.file ?? '';
}

const book = (topic: string, its = {}) =>
  world.book(ann, {
    room: alps,
    topic,
    date: '2026-12-02',
    start: '10:00',
    headcount: '2',
    attendees: [ben.profile.userId],
    ...its,
  });

const exporting = async (its: Partial<ExportDeps> = {}) =>
  createExports({
    db: world.db,
    databasePath: await databasePath(),
    disk,
    now: world.now,
    kick: () => {},
    onFailed: (cause) => failures.push(cause),
    ...its,
  });

/** The files that were made, oldest first, with what is in them. */
async function files() {
  const found = await world.db.read.select().from(publishedFile).orderBy(asc(sql`rowid`));
  return found.map((it) => ({ ...it, content: readFileSync(disk.pathOf(it.path ?? '')) }));
}
const lastText = async () => (await files()).at(-1)?.content.toString('utf8') ?? '';

const everything: Viewer = { selves: [], rooms: [], all: true };

type Its = { viewer?: Viewer; words?: string; platform?: Platform; deps?: Partial<ExportDeps> };

async function made(format: Format, its: Its = {}): Promise<Export> {
  const exports = await exporting(its.deps);
  const order = orderOf(format, its);
  const { id } = await world.db.transact(async (tx) => {
    const ordered = await orderExport(tx, world.now(), rae.person, order);
    await exports.begin(tx, world.now(), ordered.id);
    return ordered;
  });
  await exports.idle();
  const found = await findExport(world.db.read, id);
  if (!found) throw new Error('the export is gone');
  return found;
}

function orderOf(format: Format, { viewer = everything, words = '', platform = 'slack' }: Its = {}): Order {
  const read = readSearch({ ...emptySearch, words }, 'Europe/Berlin');
  if (!read.ok) throw new Error('the search was not read');
  return { format, search: read.search, viewer, language: 'en', zone: 'Europe/Berlin', platform };
}

async function shownTo(who: Someone, it: Export): Promise<Card | null> {
  const reader = createReader('en', 'Europe/Berlin', world.now());
  const scope = {
    tx: world.db.read,
    now: world.now(),
    reader,
    purpose: 'update',
    recipient: who.person,
  } as const;
  return (await exportView(scope, { export: it.id }))?.card ?? null;
}

describe('[2.6] an export', () => {
  test('as CSV holds what was found, in UTF-8 that Excel opens right', async () => {
    await book('=預算');
    await book('Design', { start: '12:00' });
    const it = await made('csv');
    expect(failures).toEqual([]);
    expect(it).toMatchObject({ state: 'done', rows: 2 });
    const text = await lastText();
    expect(text.startsWith('\uFEFFNumber,State,Topic')).toBe(true);
    const [first] = parse(text, { bom: true, columns: true }) as Array<Record<string, string>>;
    expect(first).toMatchObject({
      Number: '1001',
      State: 'Waiting for approval',
      Topic: "'=預算",
      Room: 'Alps',
      'Start (room’s clock)': '2026-12-02 10:00',
      Host: 'Ann',
      Attendees: 'Ben',
    });
    expect(await files()).toMatchObject([{ person: rae.person, name: 'bookings 2026-12-01.csv' }]);
    expect(statSync(disk.pathOf(it.id)).mode & 0o777).toBe(0o600);
  });

  test('as XLSX is a zip for the person who asked', async () => {
    await book('Design');
    expect(await made('xlsx')).toMatchObject({ state: 'done', rows: 1 });
    const [file] = await files();
    expect(file).toMatchObject({ person: rae.person, name: 'bookings 2026-12-01.xlsx' });
    expect(file?.content.toString('latin1', 0, 2)).toBe('PK');
  });

  test('holds no more than its reader may see', async () => {
    await book('Merger', { confidential: true });
    await book('Design', { start: '12:00' });
    /** What the thread writes, without the thread. */
    const text = async (viewer: Viewer, words = '') => {
      const { search } = orderOf('csv', { words });
      const reader = createReader('en', 'UTC', world.now());
      const lines: string[] = [];
      const sought = await lookUp(world.db.read, search);
      for await (const rows of exportRows(world.db.read, reader, sought, viewer))
        lines.push(...rows.map(csvLine));
      return lines.join('');
    };
    expect(await text(everything)).toMatch(/Confidential[\s\S]*Design/);
    expect(await text(everything)).not.toMatch(/Merger/);
    expect(await text(everything, 'merger')).toBe('');
    expect(await text({ selves: [], rooms: [alps], all: false })).toContain('Merger');
    expect(await text({ selves: [], rooms: [], all: false })).toBe('');
  });

  test('on a platform that takes files ends in the chat, without an address from outside', async () => {
    await book('Design');
    const card = await shownTo(rae, await made('csv'));
    expect([textOf(card as Card), labelsOf(card ?? {})]).toEqual([
      expect.stringContaining('1 booking. The file is in your chat with me.'),
      [],
    ]);
    expect((await world.outbox()).filter((it) => it.kind === 'file')).toMatchObject([
      { name: 'files.given', person: rae.person },
    ]);
  });

  test('elsewhere ends in a card with a link, for the person who asked alone', async () => {
    await book('Design');
    await world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
    const it = await made('csv', { platform: 'teams' });
    const card = await shownTo(rae, it);
    expect(labelsOf(card ?? {})).toEqual(['Download']);
    expect(await shownTo(ann, it)).toBeNull();
    expect((await world.outbox()).filter((row) => row.kind === 'file')).toEqual([]);
  });

  test('that fails says so and leaves nothing on disk, and the next one is made', async () => {
    await book('Design');
    const it = await made('csv', { deps: { databasePath: '/nowhere/rooms.sqlite' } });
    expect(textOf((await shownTo(rae, it)) as Card)).toContain('could not be made');
    // The address was taken away since it was ordered.
    expect(await made('csv', { platform: 'teams' })).toMatchObject({ state: 'failed' });
    expect(failures).toHaveLength(2);
    expect(readdirSync(dirname(disk.pathOf('any')))).toEqual([]);
    expect(await made('csv')).toMatchObject({ state: 'done' });
  });

  test('is broken off when the program ends, and begun again at once with its next start', async () => {
    await book('Design');
    const broken = await exporting();
    const { id } = await world.db.transact(async (tx) => {
      const ordered = await orderExport(tx, world.now(), rae.person, orderOf('csv'));
      await broken.begin(tx, world.now(), ordered.id);
      return ordered;
    });
    await broken.stop(0);
    expect(await findExport(world.db.read, id)).toMatchObject({ state: 'running' });
    expect([failures, await files()]).toEqual([[], []]);
    const later = await exporting();
    await later.resume();
    await later.idle();
    expect(await findExport(world.db.read, id)).toMatchObject({ state: 'done' });
    // Done is done: what still waits in the outbox makes no second file.
    await world.db.transact((tx) => later.begin(tx, world.now(), id));
    await later.resume();
    await later.idle();
    expect(await files()).toHaveLength(1);
  });
});

test('[2.6] a thread that is ended before it has begun to write has not written an export', async () => {
  const job = { databasePath: await databasePath(), file: disk.pathOf('early'), now: world.now() };
  const ending = new AbortController();
  const written = writeExport({ ...job, order: orderOf('csv') }, () => {}, ending.signal);
  ending.abort();
  await expect(written).rejects.toThrow('aborted');
});

describe('[6.2] an export by somebody without the right', () => {
  test('is refused and recorded', async () => {
    await book('Design');
    const found = cardOf(await world.say(ann, 'records design'));
    expect(labelsOf(found)).not.toContain('Export CSV');
    expect(noteOf(await world.say(ann, 'records export csv design'))).toContain('recorded');
    expect((await world.audit()).at(-1)).toMatchObject({
      actor: ann.person,
      kind: 'refused',
      subject: 'command:records.export',
      detail: { why: 'role', format: 'csv' },
    });
  });

  test('is offered to reviewers, who are told where no file can be delivered', async () => {
    await book('Design');
    const found = cardOf(await world.say(rae, 'records design'));
    expect(labelsOf(found)).toContain('Export CSV');
    expect(noteOf(await world.press(rae, found, 'Export CSV'))).toContain('Being prepared');
    const [told] = (await world.outbox()).filter((row) => row.name === 'records.export' && row.person);
    expect(textOf((await world.sent(rae, 'records.export', told?.data ?? {})) as Card)).toContain(
      'This card changes when the file is ready.',
    );
    const onTeams = await world.person('Rae', { platform: 'teams' });
    const there = cardOf(await world.say(onTeams, 'records design'));
    expect(noteOf(await world.press(onTeams, there, 'Export CSV'))).toContain('PUBLIC_URL');
  });
});
