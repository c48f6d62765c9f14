import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aRoom, at } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { hour } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import { barChart } from '../../pictures/index.ts';
import { saveRoom } from '../rooms/index.ts';
import { ensureRules } from '../rules/index.ts';
import { type Background, createBackground, type Drawing } from './background.ts';
import { countPeriod, type Query } from './count.ts';
import type { Statistics } from './domain.ts';
import { bookingFigure } from './schema.ts';

let temporary: TemporaryDatabase;
let background: Background;
beforeEach(async () => {
  temporary = temporaryDatabase();
  background = createBackground(temporary.path);
  await temporary.db.transact(ensureRules);
});
afterEach(async () => {
  await background.close();
  await temporary.remove();
});

const start = at('2026-11-24T10:00');
const query: Query = {
  period: { from: '2026-11-01', until: '2026-11-30' },
  site: null,
  room: null,
  department: null,
  byDepartment: true,
  now: start,
};

const book = () =>
  temporary.db.transact(async (tx) => {
    const { id: _, ...facts } = aRoom();
    const room = await saveRoom(tx, { ...facts, reviewers: ['rae' as PersonId] }, null);
    await tx.insert(bookingFigure).values({
      ...{ booking: 'b1' as BookingId, room, start, end: start + hour, headcount: 4, department: 'Sales' },
      ...{ requestedAt: start - hour, decidedAt: null, outcome: 'approved' },
    });
  });

const drawing: Drawing = {
  kind: 'chart',
  spec: barChart({ title: '會議室', subtitle: '11月' }, [{ label: '玉山廳', value: 1, text: '1' }]),
  script: 'TC',
};

test('[2.8] the other thread counts what is on disk, as this one would', async () => {
  expect((await background.count(query)).outcomes.approved).toBe(0);
  await book();
  const counted = await background.count(query);
  expect(counted).toEqual(await countPeriod(temporary.db.read, query));
  expect(counted.outcomes.approved).toBe(1);
});

test('[2.8] many rooms are counted by two threads, with the same result', async () => {
  const { id: _, ...facts } = aRoom();
  await temporary.db.transact(async (tx) => {
    for (let n = 0; n < 120; n++)
      await saveRoom(tx, { ...facts, name: `Room ${n}`, reviewers: ['rae' as PersonId] }, null);
  });
  await book();
  const byName = ({ rooms, ...rest }: Statistics) => ({
    ...rest,
    rooms: rooms.toSorted((a, b) => a.name.localeCompare(b.name)),
  });
  const [once, again] = await Promise.all([background.count(query), background.count(query)]);
  const here = byName(await countPeriod(temporary.db.read, query));
  expect([byName(once), byName(again)]).toEqual([here, here]);
  expect([here.rooms.length, here.outcomes.approved]).toEqual([121, 1]);
  const nowhere = { ...query, period: { from: 'x', until: 'y' } };
  await expect(background.count(nowhere)).rejects.toThrow('not a local time');
});

test('[2.8] it paints, and answers several at once, each their own', async () => {
  const [png, counted] = await Promise.all([background.draw(drawing), background.count(query)]);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(900);
  expect(counted.rooms).toEqual([]);
});

test('[2.8] what it can’t do is told to whoever asked, and the next question is answered', async () => {
  const nowhere = { ...query, period: { from: 'x', until: 'y' } };
  await book();
  await expect(background.count(nowhere)).rejects.toThrow('not a local time');
  expect((await background.count(query)).outcomes.approved).toBe(1);
});

test('[2.8] without a database it says so, and is tried anew by the next question', async () => {
  const lost = createBackground(`${temporary.path}.gone`);
  await expect(lost.count(query)).rejects.toThrow('unable to open database file');
  await expect(lost.count(query)).rejects.toThrow('unable to open database file');
  await lost.close();
});

test('[2.8] closing ends what is under way', async () => {
  const counting = background.count(query);
  const ended = expect(counting).rejects.toThrow('has ended');
  await background.close();
  await ended;
});
