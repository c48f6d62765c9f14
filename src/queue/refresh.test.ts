import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cardsOf,
  chatService,
  deliveryByHand,
  move,
  person,
  rowsOf,
  start,
} from '../../test/support/delivery.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { createAnswering } from '../chat/answering.ts';
import { minute } from '../core/clock.ts';
import { MessageGone, RateLimited } from '../core/errors.ts';
import type { Subject } from '../core/ids.ts';
import type { Db } from '../db/database.ts';
import { caughtUp } from '../db/live-cards.ts';
import { refresh, tell } from '../db/outbox.ts';
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

describe('live cards', () => {
  const data = { subject: booking };
  const tellAll = (...names: string[]) =>
    db.transact((tx) => tell(tx, names.map(person), 'state', { ...entry, data }));
  const moveOn = () =>
    db.transact(async (tx) => {
      await move(tx, booking);
      await refresh(tx, booking, start);
    });

  test('[2.6] follow their subject, and a repeated refresh changes nothing', async () => {
    const { deliverDue, slack } = setUp();
    await tellAll('ann', 'ben');
    await deliverDue();
    expect(slack.texts('ann')).toEqual(['revision 0']);
    await moveOn();
    await moveOn();
    await deliverDue();
    expect([slack.texts('ann'), slack.texts('ben')]).toEqual([['revision 2'], ['revision 2']]);
    expect(slack.attempts.filter((it) => it.kind === 'update')).toHaveLength(2);
    expect((await cardsOf(db)).map((it) => it.revision)).toEqual([2, 2]);
    await db.transact((tx) => refresh(tx, booking, start));
    await deliverDue();
    expect(slack.attempts.filter((it) => it.kind === 'update')).toHaveLength(2);
  });

  test('[2.6] a subject that moves on while its card is being sent is caught up with', async () => {
    const { deliverDue, slack } = setUp();
    slack.trouble = async ({ kind }) => {
      if (kind === 'send') {
        await moveOn();
        await deliverRefreshes();
      }
      return null;
    };
    const deliverRefreshes = async () => {
      const rows = await rowsOf(db);
      for (const row of rows) if (row.kind === 'refresh') await other.deliver(row.id);
    };
    const other = setUp();
    await tellAll('ann');
    await deliverDue();
    await deliverDue();
    expect(slack.texts('ann')).toEqual(['revision 1']);
    expect((await cardsOf(db)).map((it) => it.revision)).toEqual([1]);
  });

  describe('in whose place a click is being answered', () => {
    /** Ann and Ben have a card each; `card` is Ann's. */
    async function answered() {
      const answering = createAnswering();
      const slack = chatService();
      const messenger = { ...slack.messenger, quietly: answering.quietly };
      const { deliverDue } = setUp({ messengers: { slack: messenger } });
      await tellAll('ann', 'ben');
      await deliverDue();
      const [card] = (await cardsOf(db)).filter((it) => it.person === 'ann');
      if (!card) throw new Error('no card');
      return { answering, slack, deliverDue, card };
    }

    test('[2.6] wait until it is, and do not follow the answer without it', async () => {
      const { answering, slack, deliverDue, card } = await answered();
      await moveOn();
      const { promise: shown, resolve: show } = Promise.withResolvers<void>();
      const answer = answering.during(card, async () => {
        await shown;
        await db.transact((tx) => caughtUp(tx, card, 1));
      });
      const delivered = deliverDue();
      await sleep(50);
      show();
      await Promise.all([answer, delivered]);
      expect([slack.texts('ann'), slack.texts('ben')]).toEqual([['revision 0'], ['revision 1']]);
      expect((await cardsOf(db)).map((it) => it.revision)).toEqual([1, 1]);
    });

    test('[2.6] are not changed any more when the answer is shown', async () => {
      const { answering, slack, deliverDue, card } = await answered();
      const order: string[] = [];
      const { promise: taken, resolve: take } = Promise.withResolvers<void>();
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
      slack.trouble = async ({ user }) => {
        if (user === 'ann') {
          take();
          await arrived;
          order.push('brought up to date');
        }
        return null;
      };
      await moveOn();
      const delivered = deliverDue();
      await taken;
      const answer = answering.during(card, async (clear) => {
        order.push('decided');
        await clear();
        order.push('answered');
      });
      await sleep(50);
      arrive();
      await Promise.all([answer, delivered]);
      expect(order).toEqual(['decided', 'brought up to date', 'answered']);
    });
  });

  test('[2.6] two refreshes at once never leave the older state', async () => {
    const { deliver, deliverDue, slack } = setUp();
    await tellAll('ann');
    await deliverDue();
    await moveOn();
    let moved = false;
    slack.trouble = async () => {
      if (moved) return null;
      moved = true;
      await moveOn();
      const second = (await rowsOf(db)).filter((it) => it.kind === 'refresh' && it.state === 'waiting');
      for (const row of second) overtaking.push(deliver(row.id));
      await Promise.race([...overtaking, sleep(100)]);
      return null;
    };
    const overtaking: Promise<void>[] = [];
    await deliverDue();
    await Promise.all(overtaking);
    expect(overtaking).toHaveLength(1);
    expect(slack.texts('ann')).toEqual(['revision 2']);
  });

  test('[2.6] a card that fails holds up no other, and is tried again', async () => {
    const { clock, deliverDue, slack } = setUp();
    await tellAll('ann', 'ben', 'cem');
    await deliverDue();
    await moveOn();
    slack.trouble = async ({ user }) => {
      if (user === 'ben') throw new Error('no');
      return null;
    };
    await deliverDue();
    expect(['ann', 'ben', 'cem'].flatMap(slack.texts)).toEqual(['revision 1', 'revision 0', 'revision 1']);
    slack.trouble = async () => null;
    clock.advance(minute);
    await deliverDue();
    expect(slack.texts('ben')).toEqual(['revision 1']);
    expect(slack.attempts.filter((it) => it.kind === 'update')).toHaveLength(4);
  });

  test('[2.6] of several waits the longest counts, and no attempt is used up', async () => {
    const { clock, deliverDue, slack } = setUp();
    await tellAll('ann', 'ben');
    await deliverDue();
    await moveOn();
    slack.trouble = async ({ user }) => {
      throw new RateLimited(user === 'ann' ? 9_000 : 5_000);
    };
    await deliverDue();
    const row = (await rowsOf(db)).find((it) => it.kind === 'refresh');
    expect(row).toMatchObject({ state: 'waiting', attempts: 0, dueAt: clock.now() + 9_000 });
  });

  test('[2.6] a card whose message is gone is forgotten', async () => {
    const { deliverDue, slack } = setUp();
    await tellAll('ann', 'ben');
    await deliverDue();
    await moveOn();
    slack.trouble = async ({ user }) => {
      if (user === 'ann') throw new MessageGone('deleted');
      return null;
    };
    await deliverDue();
    expect((await cardsOf(db)).map((it) => it.person)).toEqual(['ben']);
    expect((await rowsOf(db)).every((it) => it.state === 'done')).toBe(true);
  });

  test('[2.6] many slow cards are brought up to date in several goes', async () => {
    const { clock, deliverDue, slack } = setUp();
    const names = Array.from({ length: 6 }, (_, n) => `person ${n}`);
    await tellAll(...names);
    await deliverDue();
    await moveOn();
    slack.trouble = async () => {
      clock.advance(10_000);
      return null;
    };
    await deliverDue();
    const row = (await rowsOf(db)).find((it) => it.kind === 'refresh');
    expect(row).toMatchObject({ state: 'waiting', attempts: 0 });
    clock.advance(minute);
    await deliverDue();
    expect(names.flatMap(slack.texts)).toEqual(names.map(() => 'revision 1'));
    expect(slack.attempts.filter((it) => it.kind === 'update')).toHaveLength(6);
  });
});
