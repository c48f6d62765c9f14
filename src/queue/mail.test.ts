import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deliveryByHand, onlyRow, person, start } from '../../test/support/delivery.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { mail, withdrawRows } from '../db/outbox.ts';
import { outbox } from '../db/schema.ts';

let place: TemporaryDatabase;
beforeEach(() => {
  place = temporaryDatabase();
});
afterEach(() => place.remove());

describe('a mail', () => {
  test.each([
    ['is sent once', false, ['Design review to ann'], 'done'],
    ['that another takes the place of while it is written is not sent', true, [], 'withdrawn'],
  ])('[2.3] %s', async (_, replaced, expected, state) => {
    const { db } = place;
    const sent: string[] = [];
    const { deliverDue } = deliveryByHand(db, {
      mails: {
        letter: async ({ recipient }) => {
          if (replaced) await db.transact(async (tx) => withdrawRows(tx, await tx.select().from(outbox)));
          return { to: 'ann@example.org', subject: `Design review to ${recipient}`, text: '' };
        },
      },
      mailer: { send: async ({ subject }) => void sent.push(subject) },
    });
    await db.transact((tx) => mail(tx, [person('ann')], 'letter', { now: start, dueAt: start }));
    await deliverDue();
    await deliverDue();
    expect(sent).toEqual(expected);
    expect(await onlyRow(db)).toMatchObject({ state });
  });
});
