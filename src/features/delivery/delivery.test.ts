import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day } from '../../core/clock.ts';
import type { OutboxRow } from '../../db/outbox.ts';
import { createMailing } from '../calendar/index.ts';
import { createDirectory } from '../people/index.ts';
import { createDeliveryReports } from './index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let row: OutboxRow;
let booking: string;

const directory = createDirectory({
  adminEmails: ['ada@example.org'],
  language: 'en',
  zone: 'Europe/Berlin',
});
const reports = createDeliveryReports(directory, createMailing(directory, null));

beforeEach(async () => {
  world = await createWorld();
  [ann, ben] = [await world.person('Ann'), await world.person('Ben')];
  const rae = await world.person('Rae');
  await world.person('Ada');
  await world.room({ name: 'Alps', reviewers: [rae] });
  const typed = { topic: 'Review', date: '2026-12-02', start: '10:00', attendees: [ben.profile.userId] };
  booking = await world.book(ann, typed);
  await world.act(rae, { command: 'approval.approve', data: { booking } });
  row = (await world.outbox()).find((it) => it.name === 'booking.invited') as OutboxRow;
});
afterEach(() => world.stop());

const told = async (name: string) => (await world.outbox()).filter((it) => it.name === name);
const unreachable = (who: Someone, its = row) =>
  world.db.transact((tx) => reports.onUnreachable(tx, { person: who.person, row: its, now: world.now() }));
const failed = (its = row) =>
  world.db.transact((tx) =>
    reports.onFailed(tx, { row: its, error: 'Error ENOTFOUND 502', now: world.now() }),
  );

describe('[2.3] somebody who can’t be reached', () => {
  test('is recorded, and the host is told who', async () => {
    await unreachable(ben);
    expect(await world.audit()).toMatchObject([
      { kind: 'person.unreachable', subject: `person:${ben.person}`, detail: { what: 'booking.invited' } },
    ]);
    const [report] = await told('delivery.unreached');
    expect(report).toMatchObject({ person: ann.person, data: { booking, person: ben.person } });
    const card = await world.sent(ann, 'delivery.unreached', report?.data ?? {});
    expect([card?.title, card?.text?.[0]]).toEqual([
      'Ben could not be reached',
      expect.stringContaining('#1001 Review. Please tell them yourself.'),
    ]);
  });

  test('is told the host by the message, not by the file beside it', async () => {
    await unreachable(ben, { ...row, kind: 'file', name: 'calendar.invitation' });
    expect([(await told('delivery.unreached')).length, (await world.audit()).length]).toEqual([0, 1]);
  });

  test('is no news to themselves, and a report of a report is none', async () => {
    await unreachable(ann);
    await unreachable(ben, { ...row, name: 'delivery.unreached' });
    expect([(await told('delivery.unreached')).length, (await world.audit()).length]).toEqual([0, 2]);
  });
});

describe('[2.3] a message that was given up', () => {
  test('is recorded, and the admins are told what, to whom and why', async () => {
    await failed();
    const [report] = await told('delivery.failed');
    const ada = await world.person('Ada');
    expect(report?.person).toBe(ada.person);
    expect((await world.sent(ada, 'delivery.failed', report?.data ?? {}))?.text).toEqual([
      expect.stringMatching(/“booking\.invited” to Ben .*Error ENOTFOUND 502/),
    ]);
    expect(await world.audit()).toMatchObject([{ kind: 'delivery.failed', subject: `outbox:${row.id}` }]);
  });

  test('a report that was given up itself is recorded, and told nobody', async () => {
    await failed({ ...row, name: 'delivery.failed' });
    expect([(await told('delivery.failed')).length, (await world.audit()).length]).toEqual([0, 1]);
  });

  test('of files, of which many fail for one reason, the admins are told once a day', async () => {
    const file = { ...row, kind: 'file' as const, name: 'calendar.invitation' };
    await failed(file);
    await failed(file);
    expect([(await told('delivery.failed')).length, (await world.audit()).length]).toEqual([1, 2]);
    world.moveTo(world.now() + day);
    await failed(file);
    expect(await told('delivery.failed')).toHaveLength(2);
  });

  test('a job has nobody whom it was for', async () => {
    await failed({ ...row, kind: 'run', name: 'booking.expire', person: null });
    const [report] = await told('delivery.failed');
    expect((await world.sent(ann, 'delivery.failed', report?.data ?? {}))?.text?.[0]).toMatch(
      /^A task of the kind “booking\.expire” failed/,
    );
  });
});
