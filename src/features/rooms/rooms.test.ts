import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cardOf,
  errorsOf,
  formOf,
  labelsOf,
  noteOf,
  rowOf,
  textOf,
  valuesOf,
} from '../../../test/support/answers.ts';
import { at } from '../../../test/support/examples.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Values } from '../../core/view.ts';
import { defaultDocument } from '../rules/domain.ts';
import { rulesVersion } from '../rules/schema.ts';
import { reviewersOf, searchRooms } from './store.ts';

let world: World;
let ada: Someone;
let ann: Someone;
let rae: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ada, ann, rae] = [await world.person('Ada'), await world.person('Ann'), await world.person('Rae')];
});
afterEach(() => world.stop());

const list = async (who: Someone, text = 'rooms') => cardOf(await world.say(who, text));
const titles = async (text: string, who = ann) => (await list(who, text)).rows?.map((row) => row.title);
const badge = async (name: string) => rowOf(await list(ann), name).badge;
const rooms = () => searchRooms(world.db.read, { activeOnly: false, limit: 100 });

describe('[2.1] /rooms', () => {
  test('shows each with capacity, kind, equipment and site', async () => {
    await world.room({ name: 'Alps', capacity: 12, equipment: ['tv', 'projector'], reviewers: [rae] });
    const row = rowOf(await list(ann), 'Alps');
    expect([row.title, row.text, labelsOf(row)]).toEqual([
      'Alps · Berlin, floor 3',
      '12 people · Room · Projector and TV',
      ['Book'],
    ]);
    const form = formOf(await world.press(ann, row, 'Book'));
    expect(valuesOf(form).room).toBe((await rooms())[0]?.id);
  });

  test('says whether it is free, and until when', async () => {
    await world.room({ name: 'Alps', buffer: 15, reviewers: [rae] });
    expect(await badge('Alps')).toBe('free until 20:00');
    await world.book(ann, { topic: 'A', date: '2026-12-01', start: '10:00', duration: '60' });
    expect(await badge('Alps')).toBe('free until 10:00');
    await world.book(ann, { topic: 'B', date: '2026-12-01', start: '11:15', duration: '30' });
    world.moveTo(at('2026-12-01T10:30'));
    expect(await badge('Alps')).toBe('taken until 12:00');
    world.moveTo(at('2026-12-01T12:00'));
    expect(await badge('Alps')).toBe('free until 20:00');
    await world.book(ann, { topic: 'C', date: '2026-12-02', start: '09:00' });
    world.moveTo(at('2026-12-01T19:00'));
    expect(await badge('Alps')).toBe('free until 20:00');
    world.moveTo(at('2026-12-01T21:00'));
    expect(await badge('Alps')).toBe('closed now');
  });

  test('a room that never closes is free until its next booking', async () => {
    const hours = { opens: 0, closes: 1440 };
    await world.db.transact(async (tx) => {
      await tx.insert(rulesVersion).values({
        version: 2,
        from: 1,
        by: ada.person,
        document: { ...defaultDocument, organisation: { ...defaultDocument.organisation, ...hours } },
      });
    });
    await world.room({ name: 'Alps', reviewers: [rae] });
    expect(await badge('Alps')).toBe('free all day');
    await world.book(ann, { topic: 'C', date: '2026-12-02', start: '09:00' });
    world.moveTo(at('2026-12-01T19:00'));
    expect(await badge('Alps')).toBe('free until tomorrow 09:00');
  });

  test('the hours are those of each room’s own clock', async () => {
    await world.room({ name: 'Alps', reviewers: [rae] });
    await world.room({ name: 'Yushan', site: 'Taipei', zone: 'Asia/Taipei', reviewers: [rae] });
    await world.room({ name: 'Bronx', site: 'New York', zone: 'America/New_York', reviewers: [rae] });
    // 09:00 in Berlin is 16:00 in Taipei and 03:00 in New York.
    const badges = (await list(ann)).rows?.map((row) => [row.title.slice(0, 5), row.badge]);
    expect(badges).toEqual([
      ['Alps ', 'free until 20:00'],
      ['Bronx', 'closed now'],
      ['Yusha', 'free until 13:00'],
    ]);
  });

  test('a word narrows them down, pages turn within it, and none is said', async () => {
    for (let n = 10; n < 30; n++) await world.room({ name: `Alp ${n}`, reviewers: [rae] });
    await world.room({ name: 'Andes', reviewers: [rae] });
    expect(await titles('rooms andes')).toEqual(['Andes · Berlin, floor 3']);
    const first = await list(ann, 'rooms alp');
    expect([first.title, first.footnote, first.rows?.length]).toEqual(['Rooms: alp', 'Page 1 of 3', 8]);
    const last = cardOf(
      await world.press(ann, cardOf(await world.press(ann, first, 'Next page')), 'Next page'),
    );
    expect([last.title, last.rows?.length, labelsOf(last)]).toEqual(['Rooms: alp', 4, ['Previous page']]);
    expect(textOf(await list(ann, 'rooms nowhere'))).toContain('No room has “nowhere”');
  });

  test('rooms out of use are for admins to see', async () => {
    await world.room({ name: 'Old', active: false, reviewers: [rae] });
    expect(textOf(await list(ann))).toContain('There are no rooms yet.');
    const row = rowOf(await list(ada), 'Old');
    expect([row.badge, labelsOf(row)]).toEqual(['not in use', ['Edit']]);
  });
});

describe('[2.1] /rooms add and /rooms edit', () => {
  const alps: Values = { name: 'Alps', site: 'Berlin', zone: 'Europe/Berlin', capacity: '8' };
  const add = async (typed: Values) => world.submit(ada, formOf(await world.say(ada, 'rooms add')), typed);

  test('a room is added, with its reviewers, and that is recorded', async () => {
    const done = await add({
      ...alps,
      floor: '2',
      reviewers: [rae.profile.userId],
      buffer: '10',
      opens: '09:00',
    });
    expect(textOf(cardOf(done))).toContain('Alps is saved');
    const [room] = await rooms();
    expect(room).toMatchObject({ name: 'Alps', floor: '2', buffer: 10, opens: 540, active: true });
    expect(room && (await reviewersOf(world.db.read, room.id))).toEqual([rae.person]);
    expect(await world.audit()).toMatchObject([
      { actor: ada.person, kind: 'room.added', subject: `room:${room?.id}`, at: world.now() },
    ]);
  });

  test('[2.2] one without a reviewer comes back, with all that is wrong and all that was typed', async () => {
    const typed = { ...alps, zone: 'Berlin', capacity: 'ten', joinLink: 'ftp://x' };
    const back = await add(typed);
    expect(errorsOf(back)).toEqual({
      zone: 'I don’t know this time zone; write it like Europe/Berlin or Asia/Taipei.',
      capacity: 'Please enter a whole number from 1 to 10000.',
      joinLink: expect.stringContaining('https address'),
      reviewers: 'A room needs at least one reviewer, or nobody could approve a request. (rule 2.2)',
    });
    expect(valuesOf(formOf(back))).toMatchObject(typed);
    const again = { zone: 'Europe/Berlin', capacity: '10', joinLink: '', reviewers: [rae.profile.userId] };
    expect((await world.submit(ada, formOf(back), again)).answer.kind).toBe('card');
  });

  test('[3.1] a guest reviews nothing', async () => {
    const gus = await world.person('Gus', { kind: 'guest' });
    expect(errorsOf(await add({ ...alps, reviewers: [gus.profile.userId] }))).toMatchObject({
      reviewers: expect.stringContaining('Gus'),
    });
  });

  test('[10.4] hours that the rules above don’t allow are refused', async () => {
    const errors = errorsOf(await add({ ...alps, opens: '06:00', reviewers: [rae.profile.userId] }));
    expect(errors).toEqual({
      opens: 'The rules above this room allow 08:00 to 20:00; a room can only be stricter. (rule 10.4)',
    });
  });

  test('two rooms of one site have two names, whatever the letters', async () => {
    const reviewers = [rae.profile.userId];
    for (const name of ['Alps', 'Ätna']) await add({ ...alps, name, reviewers });
    for (const name of ['ALPS', 'Ätna'])
      expect(errorsOf(await add({ ...alps, name, reviewers }))).toEqual({
        name: 'There is a room of this name at this site already.',
      });
    expect((await add({ ...alps, site: 'Taipei', reviewers })).answer.kind).toBe('card');
  });

  test('a room is changed by its name; what it was and is goes on record', async () => {
    const id = await world.room({ name: 'Alps', reviewers: [rae] });
    const form = formOf(await world.say(ada, 'rooms edit alps'));
    expect(valuesOf(form)).toMatchObject({ name: 'Alps', capacity: '8', reviewers: [] });
    await world.say(rae, 'help');
    const known = formOf(await world.say(ada, 'rooms edit alps'));
    expect(valuesOf(known).reviewers).toEqual([rae.profile.userId]);
    const done = await world.submit(ada, known, { capacity: '4', active: false, tentative: true });
    expect(textOf(cardOf(done))).toContain('In use: No');
    expect(await rooms()).toMatchObject([{ id, capacity: 4, active: false, tentative: true }]);
    expect(await world.audit()).toMatchObject([
      { kind: 'room.changed', detail: { before: { capacity: 8 }, after: { capacity: 4 } } },
    ]);
  });

  test('a name that fits several gives the list to choose from; one that is gone is said', async () => {
    for (const name of ['Alps', 'Alps small']) await world.room({ name, reviewers: [rae] });
    const card = cardOf(await world.say(ada, 'rooms edit alps'));
    expect(formOf(await world.press(ada, rowOf(card, 'small'), 'Edit')).title).toBe('Edit Alps small');
    const gone = await world.act(ada, { command: 'rooms.edit', data: { room: 'gone' } });
    expect(noteOf(gone)).toContain('no longer there');
  });
});
