import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCalendar } from '../../../test/support/read-calendar.ts';
import { createSeriesWorld } from '../../../test/support/series-world.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour, minute } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import { claim, type OutboxRow, withdrawRows } from '../../db/outbox.ts';
import { createReader } from '../../i18n/reader.ts';
import { type Command, type Details, detailsOf, findBooking } from '../booking/index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let cyd: Someone;
let rae: Someone;
let alps: RoomId;
let id: BookingId;

async function setUp(platform: 'slack' | 'teams' = 'slack'): Promise<void> {
  world = await createWorld();
  const person = (name: string) => world.person(name, { platform });
  [ann, ben, cyd, rae] = [await person('Ann'), await person('Ben'), await person('Cyd'), await person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  for (const somebody of [ann, ben, cyd, rae]) await world.say(somebody, 'help');
}
beforeEach(() => setUp());
afterEach(() => world.stop());

async function book(its: object = {}): Promise<void> {
  id = await world.book(ann, {
    room: alps,
    topic: 'Design review',
    date: '2026-12-02',
    start: '15:00',
    duration: '60',
    attendees: [ben.profile.userId],
    ...its,
  });
}
const origin = { actor: null, source: 'test' };
const change = (command: (asOf: number) => Command) =>
  world.db.transact(async (tx) => {
    const booking = await findBooking(tx, id);
    return world.bookings.change({ ...origin, tx, now: world.now() }, id, command(booking?.revision ?? 0));
  });
const approve = () => change((asOf) => ({ type: 'approve', by: rae.person, asOf }));
async function revise(its: Partial<Details>): Promise<void> {
  const outcome = await world.db.transact(async (tx) => {
    const booking = await findBooking(tx, id);
    if (!booking) throw new Error('no booking');
    const to = { ...detailsOf(booking), ...its };
    return world.bookings.revise({ ...origin, tx, now: world.now() }, id, {
      by: ann.person,
      to,
      apart: false,
    });
  });
  if (!outcome?.ok) throw new Error(JSON.stringify(outcome));
  const { state } = outcome.booking;
  if (state.kind === 'approved' && state.change) await approve();
}

const waiting = async (): Promise<OutboxRow[]> =>
  (await world.outbox()).filter((row) => row.kind === 'file' && row.state === 'waiting');
/** Who gets a file since the last time. */
async function given(): Promise<string[]> {
  const rows = await waiting();
  const names = [ann, ben, cyd, rae].filter((it) => rows.some((row) => row.person === it.person));
  expect(names).toHaveLength(rows.length);
  await world.db.transact((tx) => withdrawRows(tx, rows));
  return names.map((it) => it.name);
}
/** The file that somebody would be given now. */
async function fileFor(who: Someone, booking = id) {
  const reader = createReader('en', 'Europe/Berlin', world.now());
  const scope = { tx: world.db.read, now: world.now(), reader, recipient: who.person };
  const file = await world.registry.files.get('calendar.file')?.(scope, { booking });
  if (!file) return null;
  return { ...file, read: readCalendar(file.content.toString()) };
}

describe('[2.3] an appointment as a file in chat', () => {
  test('comes once approved, after the message, for host and attendees', async () => {
    await book();
    expect(await waiting()).toEqual([]);
    await approve();
    const rows = await waiting();
    expect(rows.every((row) => row.dueAt > world.now())).toBe(true);
    const file = await fileFor(ben);
    expect(file).toMatchObject({
      name: 'booking-1001-r2.ics',
      title: 'For your calendar: #1001 Design review',
      read: { method: 'REQUEST', dates: [{ summary: 'Design review', sequence: 2 }] },
    });
    expect(rows.map((row) => row.person).sort()).toEqual([ann.person, ben.person].sort());
  });

  test('comes again for a change that calendars show, once however quickly changes follow each other', async () => {
    await book();
    await approve();
    await revise({ topic: 'Design' });
    expect(await given()).toEqual(['Ann', 'Ben']);
    await revise({ note: 'Coffee', headcount: 3 });
    expect(await given()).toEqual([]);
    const before = await fileFor(ben);
    await revise({ topic: 'Final design' });
    expect(await given()).toEqual(['Ann', 'Ben']);
    const after = await fileFor(ben);
    expect(after?.read.dates[0]).toMatchObject({ summary: 'Final design', uid: before?.read.dates[0]?.uid });
    expect(after?.read.dates[0]?.sequence).toBeGreaterThan(before?.read.dates[0]?.sequence ?? 0);
    expect(after?.name).not.toBe(before?.name);
  });

  test('comes once for a change while it is on its way: what is on its way is not tried again', async () => {
    await book();
    await approve();
    const now = world.now() + minute;
    await world.db.transact(async (tx) => {
      for (const row of await waiting()) await claim(tx, row.id, now, () => now + minute);
    });
    await revise({ topic: 'Final design' });
    const rows = (await world.outbox()).filter((row) => row.kind === 'file');
    expect(rows.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'waiting', 'waiting']);
    expect(await given()).toEqual(['Ann', 'Ben']);
  });

  test('[2.4] who joins gets it, who was removed takes it out, and the others are left alone', async () => {
    await book();
    await approve();
    const uid = (await fileFor(ben))?.read.dates[0]?.uid;
    await given();
    await revise({ attendees: [cyd.person], headcount: 3 });
    expect(await given()).toEqual(['Ben', 'Cyd']);
    expect((await fileFor(cyd))?.read.method).toBe('REQUEST');
    expect(await fileFor(ben)).toMatchObject({
      title: 'To take out of your calendar: #1001 Design review',
      read: { method: 'CANCEL', dates: [{ uid }] },
    });
  });

  test('[5.3] who was removed from a confidential meeting learns no more of it', async () => {
    await book({ confidential: true });
    await approve();
    await revise({ attendees: [], topic: 'Layoffs' });
    const file = await fileFor(ben);
    expect(file?.read.method).toBe('CANCEL');
    expect(`${file?.title} ${file?.content}`).not.toContain('Layoffs');
  });

  test('[2.4] [2.5] is handed over with the booking, and taken out when that is cancelled', async () => {
    await book();
    await approve();
    await given();
    await change(() => ({ type: 'offerHandover', by: ann.person, to: cyd.person }));
    await change(() => ({ type: 'acceptHandover', by: cyd.person }));
    expect(await given()).toEqual(['Ann', 'Cyd']);
    expect([(await fileFor(ann))?.read.method, (await fileFor(cyd))?.read.method]).toEqual([
      'CANCEL',
      'REQUEST',
    ]);
    await change(() => ({ type: 'cancel', by: rae.person, reason: 'Painters' }));
    expect(await given()).toEqual(['Ben', 'Cyd']);
    expect((await fileFor(ben))?.read).toMatchObject({
      method: 'CANCEL',
      dates: [{ summary: 'Design review' }],
    });
  });

  test('is no news where it never was approved', async () => {
    await book();
    await change((asOf) => ({ type: 'reject', by: rae.person, asOf, reason: 'Painters' }));
    expect(await given()).toEqual([]);
    expect(await fileFor(ann)).toBeNull();
  });

  test('is for those who were last where chat takes files', async () => {
    const there = await world.person('Ben', { platform: 'teams' });
    world.moveTo(world.now() + hour);
    await world.say(there, 'help');
    await book();
    await approve();
    expect(await given()).toEqual(['Ann']);
    await world.stop();
    await setUp('teams');
    await book();
    await approve();
    expect((await world.outbox()).filter((row) => row.kind === 'file')).toEqual([]);
  });
});

test('[2.3] of a series everybody gets one file with all dates', async () => {
  const it = await createSeriesWorld();
  await it.approved();
  const rows = (await it.world.outbox()).filter((row) => row.kind === 'file');
  expect(rows.map((row) => row.person).sort()).toEqual([it.ann.person, it.ben.person].sort());
  const [first] = await it.made();
  [world, id] = [it.world, first?.id ?? id];
  const file = await fileFor(it.ben);
  expect(file?.name).toMatch(/^series-1001-r\d+\.ics$/);
  expect(file?.read.dates).toHaveLength(4);
});
