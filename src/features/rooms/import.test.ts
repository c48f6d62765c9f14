import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { audit } from '../../db/schema.ts';
import { createReader } from '../../i18n/reader.ts';
import { findByEmails } from '../people/index.ts';
import { ensureRules } from '../rules/index.ts';
import { BadImport, importRooms } from './import.ts';
import { reviewersOf, searchRooms } from './store.ts';

let temporary: TemporaryDatabase;
beforeEach(async () => {
  temporary = temporaryDatabase();
  await temporary.db.transact(ensureRules);
});
afterEach(() => temporary.remove());

const header =
  'name,site,floor,zone,kind,capacity,equipment,opens,closes,max_minutes,buffer,join_link,active,reviewers';
const alps = 'Alps,Berlin,3,Europe/Berlin,physical,8,projector;tv,,,,,,,Rae@example.org;roy@example.org';
const reader = createReader('en', 'UTC', 0);

const load = (...lines: string[]) =>
  temporary.db.transact((tx) => importRooms(tx, lines.join('\n'), reader, 0));

/** What is wrong with a file, as it is printed. */
const problems = async (...lines: string[]): Promise<string[]> => {
  const failure: unknown = await load(...lines).then(
    () => null,
    (cause) => cause,
  );
  expect(await rooms()).toEqual([]);
  expect(await findByEmails(temporary.db.read, ['rae@example.org'])).toEqual([]);
  if (failure instanceof BadImport) return failure.problems;
  throw new Error(`not refused as it should be: ${failure}`);
};

const rooms = () => searchRooms(temporary.db.read, { activeOnly: false, limit: 1000 });

describe('[2.1] importing rooms', () => {
  test('takes what is there and fills in the rest', async () => {
    expect(
      await load(
        'name,site,zone,kind,capacity,reviewers',
        'Alps,Berlin,Europe/Berlin,physical,8,rae@example.org',
      ),
    ).toBe(1);
    expect(await rooms()).toMatchObject([
      {
        name: 'Alps',
        floor: '',
        equipment: [],
        opens: null,
        maxMinutes: null,
        buffer: 0,
        joinLink: null,
        active: true,
        tentative: false,
      },
    ]);
  });

  test('[2.2] whether several may ask for one slot', async () => {
    const columns = 'name,site,zone,kind,capacity,reviewers,tentative';
    const line = (name: string, tentative: string) =>
      `${name},Berlin,Europe/Berlin,physical,8,rae@example.org,${tentative}`;
    await load(columns, line('Alps', 'yes'), line('Andes', 'No'), line('Ural', ''));
    const found = (await rooms()).map((it) => [it.name, it.tentative]);
    expect(found).toEqual([
      ['Alps', true],
      ['Andes', false],
      ['Ural', false],
    ]);
  });

  test('all columns, a byte order mark, quotes, blanks, Windows line ends and empty lines', async () => {
    const file = [
      `\uFEFF${header.toUpperCase()}`,
      '"Alps, ""big""",Berlin, 3 ,Europe/Berlin,hybrid,12,projector; video,09:00,18:30,120,10,https://meet.example.org/alps,yes,rae@example.org',
      '',
      '阿里山,臺北,,Asia/Taipei,physical,6,,,,,,,no,rae@example.org',
      '',
    ].join('\r\n');
    expect(await load(file)).toBe(2);
    const [first, second] = await rooms();
    expect(first).toMatchObject({
      name: 'Alps, "big"',
      floor: '3',
      kind: 'hybrid',
      capacity: 12,
      equipment: ['projector', 'video'],
      opens: 540,
      closes: 1110,
      maxMinutes: 120,
      buffer: 10,
      joinLink: 'https://meet.example.org/alps',
      active: true,
    });
    expect(second).toMatchObject({ name: '阿里山', site: '臺北', active: false });
  });

  test('[2.2] reviewers become persons by their e-mail address, once each', async () => {
    await load(header, alps, alps.replace('Alps', 'Andes'));
    const people = await findByEmails(temporary.db.read, ['rae@example.org', 'roy@example.org']);
    expect(people).toHaveLength(2);
    for (const room of await rooms())
      expect((await reviewersOf(temporary.db.read, room.id)).sort()).toEqual(
        people.map((it) => it.id).sort(),
      );
  });

  test('[2.6] again with changes: the rooms are changed, not doubled, and both times are on record', async () => {
    const file = [header, alps, alps.replace('Alps', 'Ätna').replace('Berlin', 'Zürich')];
    await load(...file);
    const before = await rooms();
    await load(...file.map((line) => line.replace(',8,', ',10,').replace('Alps', 'ALPS')));
    const after = await rooms();
    expect(after.map(({ id, name, capacity }) => ({ id, name, capacity }))).toEqual([
      { id: before[0]?.id, name: 'ALPS', capacity: 10 },
      { id: before[1]?.id, name: 'Ätna', capacity: 10 },
    ]);
    const records = await temporary.db.read.select().from(audit);
    expect(records.map((it) => it.kind)).toEqual([
      'room.added',
      'room.added',
      'room.changed',
      'room.changed',
    ]);
  });
});

describe('[2.1] a file of rooms with something wrong', () => {
  test('is refused as a whole, and every bad line is named', async () => {
    expect(
      await problems(
        header,
        alps,
        'Andes,Berlin,3,Mars,physical,none,projector,,,,,,,rae@example.org',
        alps.replace('Alps', 'Ararat'),
        'Atlas,Berlin,3,Europe/Berlin,physical,8,sauna,,,,,,,',
      ),
    ).toEqual([
      'Line 3: zone: I don’t know this time zone; write it like Europe/Berlin or Asia/Taipei.',
      'Line 3: capacity: Please enter a whole number from 1 to 10000.',
      expect.stringMatching(/^Line 5: equipment: Known kinds of equipment are: projector/),
      expect.stringMatching(/^Line 5: reviewers: A room needs at least one reviewer.*\(rule 2\.2\)$/),
    ]);
  });

  test('the line is that of the file, below empty lines and quoted line breaks', async () => {
    expect(
      await problems(
        header,
        '',
        alps.replace('Alps', '"Al\nps"'),
        '',
        alps.replace('Alps', 'Andes').replace(',8,', ',0,'),
      ),
    ).toEqual(['Line 6: capacity: Please enter a whole number from 1 to 10000.']);
  });

  test('a room that is there twice', async () => {
    expect(await problems(header, alps, alps.replace('Alps,Berlin', 'ALPS,berlin'))).toEqual([
      'Line 3: the same site and name as in line 2',
    ]);
  });

  test('a reviewer who is no e-mail address is not passed over', async () => {
    expect(await problems(header, alps.replace('roy@example.org', 'roy'))).toEqual([
      'Line 2: reviewers: “roy” is not an e-mail address',
    ]);
  });

  test('lines with too few or too many cells, each of them', async () => {
    expect(await problems(header, 'Alps,Berlin', alps, `${alps},more`)).toEqual([
      'Line 2: 2 cells instead of 14',
      'Line 4: 15 cells instead of 14',
    ]);
  });

  test.each([
    ['', 'The file holds no rooms.'],
    [header, 'The file holds no rooms.'],
    ['name,site\nAlps,Berlin', /these are missing: zone, kind, capacity, reviewers\.$/],
    [`${header}\n"Alps,Berlin`, /^This is not a readable CSV file/],
  ])('%j', async (file, problem) => {
    expect(await problems(file)).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });
});
