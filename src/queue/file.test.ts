import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { account, deliveryByHand, onlyRow, person, start } from '../../test/support/delivery.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import type { Messenger } from '../chat/ports.ts';
import { minute } from '../core/clock.ts';
import { NotPermitted, RateLimited, Unreachable } from '../core/errors.ts';
import type { ChatFile } from '../core/feature.ts';
import type { Db } from '../db/database.ts';
import { giveFile, withdrawRows } from '../db/outbox.ts';
import { outbox } from '../db/schema.ts';
import { leaseOf } from './deliver.ts';
import type { DeliveryPorts } from './ports.ts';

let place: TemporaryDatabase;
let db: Db;
beforeEach(() => {
  place = temporaryDatabase();
  db = place.db;
});
afterEach(() => place.remove());

type Attempt = { user: string; file: ChatFile; again: boolean };

/** Delivery to a Slack that takes files and a Teams that takes none; `trouble` goes wrong after a file got through. */
function setUp(has: Partial<DeliveryPorts> = {}) {
  const attempts: Attempt[] = [];
  const there = new Set<string>();
  const it = {
    attempts,
    there,
    trouble: async (_attempt: Attempt): Promise<Error | null> => null,
  };
  const sendFile: Messenger['sendFile'] = async (to, file, again) => {
    const attempt = { user: to.userId, file, again };
    attempts.push(attempt);
    const failure = await it.trouble(attempt);
    there.add(`${to.userId}: ${file.name}`);
    if (failure) throw failure;
  };
  const plain = deliveryByHand(db);
  const files: DeliveryPorts['files'] = {
    report: async ({ reader, recipient }, data) =>
      data.overtaken
        ? null
        : {
            name: `${recipient}-${data.number}.csv`,
            title: `${reader.language}, ${reader.zone}`,
            type: 'text/csv',
            content: Buffer.from('a,b'),
          },
  };
  const messengers = { slack: { ...plain.slack.messenger, sendFile }, teams: plain.teams.messenger };
  return Object.assign(it, deliveryByHand(db, { messengers, files, ...has }));
}

const give = (name: string, data: Record<string, string> = { number: '1' }) =>
  db.transact((tx) => giveFile(tx, [person(name)], 'report', { now: start, dueAt: start, data }));

const peopleAt = (...accounts: ReturnType<typeof account>[]): DeliveryPorts['people'] => ({
  addresses: async () => accounts,
  seek: async () => false,
  reads: async () => ({ language: 'en', zone: 'UTC' }),
  keepReference: async () => {},
});

describe('a file', () => {
  test('[2.3] is made for whom it is for, in their language and zone, and given once', async () => {
    const lin = { ...account('lin'), language: 'zh-TW' as const, zone: 'Asia/Taipei' };
    const { deliverDue, attempts } = setUp({ people: peopleAt(lin) });
    await give('lin');
    await deliverDue();
    await deliverDue();
    expect(attempts).toMatchObject([
      { user: 'lin', file: { name: 'lin-1.csv', title: 'zh-TW, Asia/Taipei' }, again: false },
    ]);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test.each([
    ['has been overtaken', account('ann'), { number: '1', overtaken: 'yes' }],
    ['is for somebody who is only where bots give no files', account('ann', 'teams'), { number: '1' }],
  ])('[2.3] that %s is dropped', async (_, to, data) => {
    const { deliverDue, attempts, told } = setUp({ people: peopleAt(to) });
    await give('ann', data);
    await deliverDue();
    expect([attempts, told]).toEqual([[], []]);
    expect(await onlyRow(db)).toMatchObject({ state: 'dropped' });
  });

  test('[2.6] reaches somebody who has gone to where bots give no files since they asked for it', async () => {
    const accounts = [
      account('ann on Teams', 'teams'),
      account('ann on Slack'),
      account('ann in another Slack'),
    ];
    const { deliverDue, attempts } = setUp({ people: peopleAt(...accounts) });
    await give('ann');
    await deliverDue();
    expect(attempts).toMatchObject([{ user: 'ann on Slack', file: { name: 'ann-1.csv' } }]);
    expect(await onlyRow(db)).toMatchObject({ state: 'done' });
  });

  test('[2.3] that got through although its answer was lost is looked for at the next try', async () => {
    const it = setUp();
    it.trouble = async ({ again }) => (again ? null : new Error('the line was cut'));
    await give('ann');
    await it.deliverDue();
    it.clock.advance(minute);
    await it.deliverDue();
    expect(it.attempts.map(({ again }) => again)).toEqual([false, true]);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('[2.7] waits as long as told', async () => {
    const it = setUp();
    it.trouble = async () => {
      if (it.attempts.length === 1) throw new RateLimited(30_000);
      return null;
    };
    await give('ann');
    await it.deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'waiting', attempts: 0, dueAt: start + 30_000 });
    it.clock.advance(30_000);
    await it.deliverDue();
    expect([...it.there]).toEqual(['ann: ann-1.csv']);
    expect(it.attempts.map(({ again }) => again)).toEqual([false, false]);
  });

  test.each([
    ['who can’t be reached', new Unreachable('gone'), 'Unreachable', 'ann not reached by report'],
    [
      'where the bot may not',
      new NotPermitted('missing_scope'),
      'NotPermitted',
      'report failed: NotPermitted',
    ],
  ])('[2.7] for somebody %s is given up at once, and reported', async (_, failure, error, report) => {
    const it = setUp();
    it.trouble = async () => {
      throw failure;
    };
    await give('ann');
    await it.deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'failed', attempts: 1, error });
    expect(it.told).toEqual([report]);
  });

  test('[2.3] that another takes the place of while it is made is not given', async () => {
    const make: DeliveryPorts['files'][string] = async () => {
      await db.transact(async (tx) => withdrawRows(tx, await tx.select().from(outbox)));
      return { name: 'old.ics', title: 'Old', type: 'text/calendar', content: Buffer.from('old') };
    };
    const { deliverDue, attempts } = setUp({ files: { report: make } });
    await give('ann');
    await deliverDue();
    expect(attempts).toEqual([]);
    expect(await onlyRow(db)).toMatchObject({ state: 'withdrawn' });
  });

  test('[2.6] that takes longer than a message is given by one worker only', async () => {
    const it = setUp();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: slow, resolve: arrive } = Promise.withResolvers<null>();
    it.trouble = () => {
      begin();
      return slow;
    };
    await give('ann');
    const first = it.deliverDue();
    await begun;
    it.clock.advance(leaseOf('tell'));
    await it.deliverDue();
    expect(it.attempts).toHaveLength(1);
    arrive(null);
    await first;
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1 });
  });
});
