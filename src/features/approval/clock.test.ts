import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, labelsOf, textOf } from '../../../test/support/answers.ts';
import { at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour } from '../../core/clock.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Values } from '../../core/view.ts';
import { addRules, defaultRules } from '../rules/index.ts';

let world: World;
let ann: Someone;
let rae: Someone;
let roy: Someone;
let ada: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ann, rae, roy] = [await world.person('Ann'), await world.person('Rae'), await world.person('Roy')];
  ada = await world.person('Ada');
  await world.room({ name: 'Alps', reviewers: [rae, roy] });
  for (const who of [ann, rae, roy, ada]) await world.say(who, 'help');
});
afterEach(() => world.stop());

const book = (typed: Values = {}) =>
  world.book(ann, { topic: 'Design review', date: '2026-12-03', start: '10:00', duration: '60', ...typed });
/** The jobs that wait, as `name: when`. */
const planned = async () =>
  (await world.outbox())
    .filter((row) => row.state === 'waiting' && /^approval\.(remind|escalate)$/.test(row.name))
    .map((row) => `${row.name}: ${local(row.dueAt)}`);
const run = async (job: string, booking: BookingId, asOf = 1) => {
  const due = (await world.outbox()).find((row) => row.name === job)?.dueAt;
  if (due !== undefined && due > world.now()) world.moveTo(due);
  await world.run(job, { booking, asOf: String(asOf) });
};
const told = async (view: string) =>
  (await world.waiting()).filter((it) => it.endsWith(`: ${view}`)).map((it) => it.split(':')[0]);
const approve = (who: Someone, booking: BookingId, asOf = 1) =>
  world.act(who, { command: 'approval.approve', data: { booking, asOf: String(asOf) } });

describe('[2.2] reviewers who do not answer', () => {
  test('are reminded after two hours of work, and after four it escalates', async () => {
    await book();
    expect(await planned()).toEqual([
      'approval.remind: 2026-12-01T11:00',
      'approval.escalate: 2026-12-01T13:00',
    ]);
  });

  test('by the rules and the clock of the room', async () => {
    const organisation = { ...defaultRules, remindReviewersMinutes: 30, escalateMinutes: 180 };
    const document = { organisation, sites: {} };
    await world.db.transact((tx) => addRules(tx, { by: ada.person, from: 0, document }));
    // It is 16:00 in Taipei.
    const room = await world.room({ name: 'Yushan', site: '台北', zone: 'Asia/Taipei', reviewers: [rae] });
    await book({ room, start: '03:00' });
    expect(await planned()).toEqual([
      'approval.remind: 2026-12-01T09:30',
      // There two hours of work were left on Tuesday.
      'approval.escalate: 2026-12-02T03:00',
    ]);
  });

  test('hear of it again, with all that they need to decide', async () => {
    const booking = await book();
    await run('approval.remind', booking);
    expect(await told('approval.reminder')).toEqual(['Rae', 'Roy']);
    const card = await world.sent(roy, 'approval.reminder', { booking });
    expect(card?.banner?.text).toBe('Still waiting for a decision.');
    await world.press(roy, card ?? {}, 'Approve');
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'approved' }]);
    expect(await world.sent(rae, 'approval.reminder', { booking })).toBeNull();
    const after = await world.updated(roy, 'approval.reminder', { booking });
    expect([after?.card.badge, after?.card.banner]).toEqual(['Approved', undefined]);
  });

  test('do not, where it is the host’s turn or another request by now', async () => {
    const booking = await book();
    await run('approval.remind', booking, 7);
    expect(await told('approval.reminder')).toEqual([]);
    const place = {
      room: (await bookingsIn(world.db))[0]?.room as string,
      date: '2026-12-03',
      start: '14:00',
    };
    const data = { token: 'once', booking, asOf: '1' };
    await world.act(rae, { command: 'approval.propose', data, values: place });
    await run('approval.remind', booking);
    expect(await told('approval.reminder')).toEqual([]);
  });

  test('do not, where it has been decided: what was planned is taken back', async () => {
    const booking = await book();
    await approve(rae, booking);
    expect(await planned()).toEqual([]);
    await run('approval.remind', booking);
    await run('approval.escalate', booking);
    expect(await told('approval.reminder')).toEqual([]);
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'approved', revision: 2 }]);
  });
});

describe('[2.2] what escalates', () => {
  test('is put before the admins too; the host sees it; whoever is first decides', async () => {
    const booking = await book();
    expect(await world.sent(ada, 'approval.request', { booking })).toBeNull();
    await run('approval.escalate', booking);
    expect(await told('approval.request')).toContain('Ada');
    const host = await world.sent(ann, 'booking.host', { booking });
    expect(textOf(host ?? { layout: '', tone: 'neutral', title: '' })).toContain(
      'The reviewers have not answered, so the admins were asked too.',
    );
    const card = await world.sent(ada, 'approval.request', { booking });
    expect(labelsOf(card ?? {})).toEqual(['Approve', 'Reject', 'Ask a question…', 'Propose another…']);
    expect(cardOf(await world.press(ada, card ?? {}, 'Approve')).badge).toBe('Approved');
    expect(cardOf(await approve(rae, booking)).banner?.text).toContain('decided already');
  });

  test('escalates once', async () => {
    const booking = await book();
    for (let n = 0; n < 2; n++) await run('approval.escalate', booking);
    expect(await bookingsIn(world.db)).toMatchObject([{ revision: 2 }]);
  });

  test('comes in time before the start, and expires with it', async () => {
    const booking = await book({ date: '2026-12-01', start: '11:00' });
    expect(await planned()).toEqual([
      'approval.remind: 2026-12-01T09:30',
      'approval.escalate: 2026-12-01T10:00',
    ]);
    await run('approval.escalate', booking);
    world.moveTo(world.now() + hour);
    await run('approval.escalate', booking);
    expect(await world.sent(ada, 'approval.request', { booking })).toBeNull();
    await world.run('booking.expire', { booking });
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'expired' }]);
  });

  test('a change has a clock of its own', async () => {
    const booking = await book();
    await approve(rae, booking);
    world.moveTo(at('2026-12-01T14:00'));
    const end = String(at('2026-12-03T12:00'));
    await world.act(ann, { command: 'change.end', data: { booking, end, token: 'form' } });
    expect(await planned()).toEqual([
      'approval.remind: 2026-12-01T16:00',
      'approval.escalate: 2026-12-01T18:00',
    ]);
    await run('approval.escalate', booking, 3);
    await approve(ada, booking, 3);
    expect(await bookingsIn(world.db)).toMatchObject([{ stateKind: 'approved', end: Number(end) }]);
  });
});
