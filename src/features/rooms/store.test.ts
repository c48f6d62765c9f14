import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aRoom, person } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import {
  countRooms,
  findRoom,
  findRoomNamed,
  hasRooms,
  reviewersOf,
  roomsNamedIn,
  saveRoom,
  searchRooms,
} from './store.ts';

const sites = [
  ['Berlin', 'Europe/Berlin'],
  ['臺北', 'Asia/Taipei'],
  ['New York', 'America/New_York'],
  ['Ägäis', 'Europe/Athens'],
] as const;

let temporary: TemporaryDatabase;

/** A thousand rooms, every fifth out of use. */
beforeAll(async () => {
  temporary = temporaryDatabase();
  await temporary.db.transact(async (tx) => {
    for (let n = 0; n < 1000; n++) {
      const [site, zone] = sites[n % sites.length] ?? sites[0];
      const name = `Room ${String(n).padStart(3, '0')}`;
      const { id: _, ...facts } = aRoom({ name, site, zone, floor: `${n % 7}F`, active: n % 5 !== 0 });
      await saveRoom(tx, { ...facts, reviewers: [person('rae')] }, null);
    }
  });
});
afterAll(() => temporary.remove());

const names = async (text: string, more = {}) =>
  (await searchRooms(temporary.db.read, { text, activeOnly: false, limit: 1000, ...more })).map(
    (it) => it.name,
  );

describe('[2.1] a thousand rooms', () => {
  test('are found by what somebody has typed so far, in any case', async () => {
    expect(await names('room 042')).toEqual(['Room 042']);
    expect((await names('ROOM 04')).every((name) => name.includes('04'))).toBe(true);
    expect(await names('臺北 123')).toEqual([]);
    expect(await names('臺北 121')).toEqual(['Room 121']);
    expect(await names('york 3f 003')).toEqual([]);
    expect(await names('york 2f 002')).toEqual(['Room 002']);
  });

  test('what means something to the database means nothing to the search', async () => {
    for (const text of ['%', '_', '\\', "' OR 1=1 --"])
      expect(await names(`042${text}`)).toEqual(await names(`042 ${text.replace(/[%_\\]/, '')}`));
    expect(await names("'; DROP TABLE room")).toEqual([]);
  });

  test('those in the zone come first, then by site and name; a page at a time', async () => {
    const search = { activeOnly: true, zone: 'Asia/Taipei', limit: 100 };
    const first = await searchRooms(temporary.db.read, search);
    expect(new Set(first.map((it) => it.zone))).toEqual(new Set(['Asia/Taipei']));
    const all = [];
    for (let offset = 0; offset < 800; offset += 100)
      all.push(...(await searchRooms(temporary.db.read, { ...search, offset })));
    expect(new Set(all.map((it) => it.id)).size).toBe(800);
    expect(await countRooms(temporary.db.read, search)).toBe(800);
    const others = all.slice(200).map((it) => `${it.site} ${it.name}`);
    expect(others).toEqual([...others].sort((a, b) => (a < b ? -1 : 1)));
  });

  test('rooms out of use are found by those who may see them', async () => {
    expect(await names('room 040')).toEqual(['Room 040']);
    expect(await names('room 040', { activeOnly: true })).toEqual([]);
  });

  test('whether there is any in a zone', async () => {
    const has = (zone: string) => hasRooms(temporary.db.read, zone);
    expect([await has('Asia/Taipei'), await has('Asia/Tokyo')]).toEqual([true, false]);
  });
});

describe('[2.1] a room by site and name', () => {
  test.each([
    ['Berlin', 'Room 004'],
    ['berlin', 'ROOM 004'],
    ['Ägäis', 'Room 003'],
    ['臺北', 'room 001'],
  ])('%s %s is found', async (site, name) => {
    const found = await findRoomNamed(temporary.db.read, site, name);
    expect(found?.name.toLowerCase()).toBe(name.toLowerCase());
  });

  test('the name at another site is another room', async () => {
    expect(await findRoomNamed(temporary.db.read, 'Berlin', 'Room 001')).toBeNull();
  });
});

test('[2.2] a changed room has exactly the reviewers of its last change', async () => {
  const { id: _, ...facts } = aRoom({ name: 'Changed' });
  const { db } = temporary;
  const reviewers = (...names: string[]) => ({ ...facts, reviewers: names.map(person) });
  const id = await db.transact((tx) => saveRoom(tx, reviewers('rae', 'roy', 'rae'), null));
  expect((await reviewersOf(db.read, id)).sort()).toEqual(['rae', 'roy']);
  await db.transact((tx) => saveRoom(tx, { ...reviewers('ada'), capacity: 4 }, id));
  expect(await reviewersOf(db.read, id)).toEqual(['ada']);
  expect(await findRoom(db.read, id)).toEqual({ ...facts, id, capacity: 4 });
});

test.each([
  ['rejected ROOM 042 last week', ['Room 042']],
  ['room042', []],
  ['Room 042, room 043', ['Room 042', 'Room 043']],
  ['in the éclair of late', ['Éclair']],
  ['ÉCLAIR', ['Éclair']],
  ['bureau de l’éclair doré', ['Éclair', 'Éclair Doré']],
  ['上週玉山廳的預算', ['玉山廳']],
  ['nothing', []],
  ['', []],
])('[2.6] rooms named in “%s” are %j', async (text, expected) => {
  const more = temporaryDatabase();
  try {
    await more.db.transact(async (tx) => {
      for (const name of ['Room 042', 'Room 043', 'Éclair', 'Éclair Doré', '玉山廳', '西湖']) {
        const { id: _, ...facts } = aRoom({ name, active: name !== 'Room 043' });
        await saveRoom(tx, { ...facts, reviewers: [person('rae')] }, null);
      }
    });
    const found = await roomsNamedIn(more.db.read, text, 'UTC');
    expect(found.map((it) => it.name).sort()).toEqual(expected);
  } finally {
    await more.remove();
  }
});
