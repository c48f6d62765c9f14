import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { cardOf, labelsOf, noteOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Card } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Format, Viewer } from './domain.ts';
import { exportView } from './export-commands.ts';
import { createExports, type Export, findExport, orderExport, type Publish } from './exports.ts';
import { emptySearch, readSearch } from './typed.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;
let published: Array<Parameters<Publish>[0]>;
let failures: unknown[];

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  for (const somebody of [ann, ben, rae]) await world.say(somebody, 'help');
  published = [];
  failures = [];
});
afterEach(() => world.stop());

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

async function exporting(publish: Publish) {
  const [file] = await world.db.read.all<{ file: string }>(sql`PRAGMA database_list`);
  return createExports({
    db: world.db,
    databasePath: file?.file ?? '',
    now: world.now,
    publish,
    kick: () => {},
    onFailed: (cause) => failures.push(cause),
  });
}

const keep: Publish = async (file) => {
  published.push(file);
  return 'https://rooms.example.org/files/1';
};

const everything: Viewer = { selves: [], rooms: [], all: true };

async function made(
  format: Format,
  its: { viewer?: Viewer; publish?: Publish; words?: string } = {},
): Promise<Export> {
  const exports = await exporting(its.publish ?? keep);
  const read = readSearch({ ...emptySearch, words: its.words ?? '' }, 'Europe/Berlin');
  if (!read.ok) throw new Error('the search was not read');
  const viewer = its.viewer ?? everything;
  const order = { format, search: read.search, viewer, language: 'en', zone: 'Europe/Berlin' } as const;
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
    const text = published[0]?.content.toString('utf8') ?? '';
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
    expect(published[0]?.name).toBe('bookings 2026-12-01.csv');
  });

  test('as XLSX is a zip for the person who asked', async () => {
    await book('Design');
    expect(await made('xlsx')).toMatchObject({ state: 'done', rows: 1 });
    expect(published[0]).toMatchObject({ person: rae.person, name: 'bookings 2026-12-01.xlsx' });
    expect(published[0]?.content.toString('latin1', 0, 2)).toBe('PK');
  });

  test('holds no more than its reader may see', async () => {
    await book('Merger', { confidential: true });
    await book('Design', { start: '12:00' });
    const text = async (viewer: Viewer, words = '') => {
      published = [];
      await made('csv', { viewer, words });
      return published[0]?.content.toString('utf8') ?? '';
    };
    expect(await text(everything)).toMatch(/Confidential[\s\S]*Design/);
    expect(await text(everything)).not.toMatch(/Merger/);
    expect((await text(everything, 'merger')).split('\r\n')).toHaveLength(2);
    expect(await text({ selves: [], rooms: [alps], all: false })).toContain('Merger');
    expect((await text({ selves: [], rooms: [], all: false })).split('\r\n')).toHaveLength(2);
  });

  test('ends in a card with a link, for the person who asked alone', async () => {
    await book('Design');
    const it = await made('csv');
    const card = await shownTo(rae, it);
    expect(labelsOf(card ?? {})).toEqual(['Download']);
    expect(await shownTo(ann, it)).toBeNull();
  });

  test('that fails says so, and the next one is made', async () => {
    await book('Design');
    const broken: Publish = async () => {
      throw new Error('the disk is full');
    };
    const it = await made('csv', { publish: broken });
    expect(textOf((await shownTo(rae, it)) as Card)).toContain('could not be made');
    expect(failures).toHaveLength(1);
    expect(await made('csv')).toMatchObject({ state: 'done' });
  });

  test('goes on after a restart', async () => {
    await book('Design');
    const read = readSearch(emptySearch, 'Europe/Berlin');
    if (!read.ok) throw new Error('the search was not read');
    const order = {
      format: 'csv',
      search: read.search,
      viewer: everything,
      language: 'en',
      zone: 'UTC',
    } as const;
    const { id } = await world.db.transact((tx) => orderExport(tx, world.now(), rae.person, order));
    const later = await exporting(keep);
    await world.db.transact((tx) => later.begin(tx, world.now(), id));
    await later.idle();
    expect(await findExport(world.db.read, id)).toMatchObject({ state: 'done' });
    // Done is done: what still waits in the outbox makes no second file.
    await world.db.transact((tx) => later.begin(tx, world.now(), id));
    await later.idle();
    expect(published).toHaveLength(1);
  });
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
    expect(noteOf(await world.press(rae, found, 'Export CSV'))).toContain('PUBLIC_URL');
  });
});
