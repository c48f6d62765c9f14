import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { account, deliveryByHand, onlyRow, person, revisionOf, start } from '../../test/support/delivery.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { minute } from '../core/clock.ts';
import { Unreachable } from '../core/errors.ts';
import type { OutboxId, Subject } from '../core/ids.ts';
import { record } from '../db/audit.ts';
import type { Db } from '../db/database.ts';
import { tell } from '../db/outbox.ts';
import type { DeliveryPorts } from './ports.ts';

const booking: Subject = 'booking:1';

let place: TemporaryDatabase;
let db: Db;
beforeEach(() => {
  place = temporaryDatabase();
  db = place.db;
});
afterEach(() => place.remove());

const setUp = (has: Partial<DeliveryPorts> = {}) => deliveryByHand(db, has);
const entry = { now: start, dueAt: start };
const tellOne = (name: string, view = 'notice', data: Record<string, string> = { text: 'hello' }) =>
  db.transact((tx) => tell(tx, [person(name)], view, { ...entry, data, subject: booking }));

describe('telling', () => {
  test('[2.7] somebody is told in their language and zone, once, and the row is done', async () => {
    const zh = { ...account('lin'), language: 'zh-TW' as const, zone: 'Asia/Taipei' };
    const { deliverDue, slack, told } = setUp({
      people: {
        addresses: async () => [zh],
        seek: async () => false,
        reads: async () => ({ language: 'en', zone: 'UTC' }),
        keepReference: async (_tx, id, at) => void kept.push(`${id} ${at}`),
      },
    });
    const kept: string[] = [];
    await tellOne('lin');
    await deliverDue();
    await deliverDue();
    expect(slack.texts('lin')).toEqual(['hello (zh-TW, Asia/Taipei)']);
    expect(kept).toEqual(['slack account of lin reference of lin']);
    expect(await onlyRow(db)).toMatchObject({ state: 'done', attempts: 1, error: null, doneAt: start });
    expect(told).toEqual([]);
  });

  test('[2.7] what is not due yet stays', async () => {
    const { deliver, slack } = setUp();
    await db.transact((tx) => tell(tx, [person('ann')], 'notice', { ...entry, dueAt: start + 1, data: {} }));
    await deliver((await onlyRow(db)).id);
    expect(slack.attempts).toEqual([]);
    expect(await onlyRow(db)).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  test('[2.7] what has been overtaken is dropped unsent', async () => {
    const { deliverDue, slack } = setUp();
    await tellOne('ann', 'notice', { text: 'hello', overtaken: 'yes' });
    await deliverDue();
    expect(slack.attempts).toEqual([]);
    expect(await onlyRow(db)).toMatchObject({ state: 'dropped' });
  });

  test('[2.7] two workers that are given the same row act once', async () => {
    const { deliver, slack } = setUp();
    await tellOne('ann');
    const { id } = await onlyRow(db);
    await Promise.all([deliver(id), deliver(id), deliver(id)]);
    expect(slack.attempts).toHaveLength(1);
  });

  test('[2.7] a row that nobody knows is left alone', async () => {
    const { deliver } = setUp();
    await expect(deliver('gone' as OutboxId)).resolves.toBeUndefined();
  });

  test('[2.7] who cannot be reached on one account is reached on the next', async () => {
    const { deliverDue, slack, teams, told } = setUp({
      people: {
        addresses: async () => [account('ann', 'teams'), account('ann', 'slack')],
        seek: async () => false,
        reads: async () => ({ language: 'en', zone: 'UTC' }),
        keepReference: async () => {},
      },
    });
    teams.trouble = async () => {
      throw new Unreachable('never installed');
    };
    await tellOne('ann');
    await deliverDue();
    expect(slack.texts('ann')).toHaveLength(1);
    expect(await onlyRow(db)).toMatchObject({ state: 'done' });
    expect(told).toEqual([]);
  });

  test.each([
    { why: 'on none', addresses: [account('ann', 'teams'), account('ann', 'slack')] },
    { why: 'for they have none', addresses: [] },
  ])(
    'who cannot be reached on any account is reported, in the same transaction ($why)',
    async ({ addresses }) => {
      const { deliverDue, slack, teams, told } = setUp({
        people: {
          addresses: async () => addresses,
          seek: async () => false,
          reads: async () => ({ language: 'en', zone: 'UTC' }),
          keepReference: async () => {},
        },
      });
      for (const service of [slack, teams])
        service.trouble = async () => {
          throw new Unreachable('never installed');
        };
      await tellOne('ann');
      await deliverDue();
      expect(told).toEqual(['ann not reached by notice']);
      expect(await onlyRow(db)).toMatchObject({ state: 'failed', error: 'Unreachable' });
    },
  );

  test('[2.7] a report that fails leaves the row to be tried again', async () => {
    let fails = true;
    const { clock, deliverDue, slack } = setUp({
      people: {
        addresses: async () => [],
        seek: async () => false,
        reads: async () => ({ language: 'en', zone: 'UTC' }),
        keepReference: async () => {},
      },
      onUnreachable: async (tx) => {
        await record(tx, { at: start, actor: 'test', kind: 'report', subject: booking, detail: {} });
        if (fails) throw new Error('no');
      },
    });
    await tellOne('ann');
    await deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'waiting' });
    expect(await revisionOf(db.read, booking)).toBe(0);
    fails = false;
    clock.advance(minute);
    await deliverDue();
    expect(await onlyRow(db)).toMatchObject({ state: 'failed' });
    expect(await revisionOf(db.read, booking)).toBe(1);
    expect(slack.attempts).toEqual([]);
  });

  test('[2.7] what was told but could not be noted is not told again', async () => {
    const { clock, deliverDue, slack } = setUp({
      people: {
        addresses: async () => [account('ann')],
        seek: async () => false,
        reads: async () => ({ language: 'en', zone: 'UTC' }),
        keepReference: async () => {
          throw new Error('no');
        },
      },
    });
    await tellOne('ann');
    await deliverDue();
    clock.advance(minute);
    await deliverDue();
    expect(slack.attempts).toHaveLength(1);
    expect(await onlyRow(db)).toMatchObject({ state: 'done' });
  });
});
