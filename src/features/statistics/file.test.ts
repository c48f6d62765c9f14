import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { aRoom, at, person, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { hour } from '../../core/clock.ts';
import type { CommandContext, Platform } from '../../core/feature.ts';
import type { AccountId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { Answer, Card } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Language } from '../../i18n/translate.ts';
import { deliverFile, keepPublicUrl, type Parcel } from '../files/index.ts';
import { createDirectory } from '../people/index.ts';
import { saveRoom } from '../rooms/index.ts';
import { ensureRules } from '../rules/index.ts';
import { type Background, createBackground, createStatistics } from './index.ts';
import { bookingFigure } from './schema.ts';

let temporary: TemporaryDatabase;
let background: Background;
const parcels: Parcel[] = [];
beforeAll(async () => {
  temporary = temporaryDatabase();
  background = createBackground(temporary.path);
  await temporary.db.transact(async (tx) => {
    await ensureRules(tx);
    const { id: _, ...facts } = aRoom({ name: '=Alps' });
    const room = await saveRoom(tx, { ...facts, reviewers: [person('rae')] }, null);
    const start = at('2026-11-24T10:00');
    await tx.insert(bookingFigure).values({
      booking: 'b1' as (typeof bookingFigure.$inferInsert)['booking'],
      room,
      start,
      end: start + 2 * hour,
      headcount: 4,
      department: 'Sales',
      requestedAt: start - 24 * hour,
      decidedAt: null,
      outcome: 'approved',
    });
  });
});
afterAll(async () => {
  await background.close();
  await temporary.remove();
});

type Asking = { roles?: Role[]; platform?: Platform; language?: Language; delivers?: boolean };

async function ask(
  input: Record<string, unknown>,
  { roles = [], platform = 'slack', language = 'en', delivers = true }: Asking = {},
): Promise<Answer> {
  const { commands = {} } = createStatistics({
    background,
    pictures: null,
    people: createDirectory({ adminEmails: [], language: 'en', zone: 'Europe/Berlin' }),
    async deliver(parcel) {
      parcels.push(parcel);
      return temporary.db.transact((tx) => deliverFile(tx, tuesday, parcel));
    },
    ...(delivers ? {} : { deliver: null }),
  });
  const def = commands['statistics.file'];
  const context: CommandContext = {
    tx: temporary.db.read,
    now: tuesday,
    reader: createReader(language, 'Europe/Berlin', tuesday),
    actor: {
      person: person('ann'),
      account: 'a1' as AccountId,
      platform,
      name: 'Ann',
      roles: new Set(roles),
    },
    strangers: {},
    mentioned: new Map(),
    channels: new Map(),
    place: null,
    token: () => 'token',
  };
  if (!def) throw new Error('no such command');
  return def.handle(context, def.input.parse(input));
}

const contentOf = (parcel: Parcel | undefined): Buffer =>
  parcel && Buffer.isBuffer(parcel.content) ? parcel.content : Buffer.alloc(0);

test('[2.8] as CSV: one table with a line for each number, and nothing that a spreadsheet would run', async () => {
  const card = cardOf(await ask({ format: 'csv', text: '2026-11' }, { roles: ['supervisor'] }));
  expect(card.text).toEqual(['The file is on its way into our chat.']);
  const parcel = parcels.at(-1);
  expect(parcel).toMatchObject({
    person: person('ann'),
    name: 'statistics-2026-11-01-2026-11-30.csv',
    type: 'text/csv; charset=utf-8',
  });
  const text = contentOf(parcel).toString('utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  const lines: string[][] = parse(text, { bom: true });
  expect(lines[0]).toEqual(['Part', 'Item', 'Detail', 'Measure', 'Value', 'Unit']);
  expect(lines).toContainEqual(['What is counted', 'First day', '', 'Value', '2026-11-01', '']);
  expect(lines).toContainEqual(['Key numbers', 'Lead time, median', '', 'Value', '1440', 'min']);
  expect(lines).toContainEqual(['Use by hour and weekday', 'Tue', '10:00', 'Booked time', '60', 'min']);
  expect(lines).toContainEqual(['Use by room', "'=Alps", 'Berlin', 'Booked time', '120', 'min']);
  expect(lines).toContainEqual(['Hours by department', 'Sales', '', 'Booked time', '120', 'min']);
  expect(lines).toContainEqual(['How full the rooms are', 'over three quarters', '', 'Share', '0', '%']);
});

test('[6.2] numbers by department are in nobody’s file who may not see them', async () => {
  await ask({ format: 'csv', text: '2026-11' });
  expect(contentOf(parcels.at(-1)).toString('utf8')).not.toContain('Sales');
  const before = parcels.length;
  expect(noteOfAnswer(await ask({ format: 'csv', text: '2026-11', department: 'Sales' }))).toBeNull();
  expect(noteOfAnswer(await ask({ format: 'csv', department: 'Sales' }))).toContain('admins and supervisors');
  expect(parcels.length).toBe(before + 1);
});

test('[2.8] as XLSX by a button, a sheet for each part; where chat takes no files, behind a link that ends', async () => {
  await temporary.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
  const typed = { from: '2026-11-01', until: '2026-11-30', site: 'Berlin', room: '', department: '' };
  const card = cardOf(await ask({ ...typed, format: 'xlsx' }, { platform: 'teams', language: 'zh-TW' }));
  expect(card.title).toBe('統計（XLSX）');
  expect(card.actions).toMatchObject([
    { kind: 'link', label: '下載', url: expect.stringMatching(/^https:\/\/rooms\.example\.org\/files\//) },
  ]);
  expect(parcels.at(-1)?.name).toBe('統計-2026-11-01-2026-11-30.xlsx');
  const content = contentOf(parcels.at(-1));
  expect(content.subarray(0, 2).toString()).toBe('PK');
  expect(content.toString('latin1')).toContain('xl/worksheets/sheet8.xml');
  await temporary.db.transact((tx) => keepPublicUrl(tx, null));
});

test('[2.8] where files can reach nobody, that is said', async () => {
  const asked = { format: 'xlsx', text: '' };
  expect(noteOfAnswer(await ask(asked, { platform: 'teams' }))).toContain('can’t be delivered here');
  expect(noteOfAnswer(await ask(asked, { delivers: false }))).toContain('can’t be delivered here');
  expect(noteOfAnswer(await ask({ format: 'csv', text: 'Atlantis' }))).toContain('Atlantis');
});

const cardOf = (answer: Answer): Card => {
  if (answer.kind === 'card') return answer.card;
  throw new Error(`not a card: ${JSON.stringify(answer)}`);
};
const noteOfAnswer = (answer: Answer): string | null => (answer.kind === 'note' ? answer.text : null);
