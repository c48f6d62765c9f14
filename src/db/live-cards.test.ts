import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import type { ViewDef } from '../core/feature.ts';
import type { AccountId, PersonId, Subject } from '../core/ids.ts';
import { createReader } from '../i18n/reader.ts';
import { caughtUp, follow, followers, type Shown, unfollow } from './live-cards.ts';
import { outbox } from './schema.ts';

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const subject: Subject = 'booking:b1';
const shown = (its: Partial<Shown> = {}): Shown => ({
  person: 'ann' as PersonId,
  account: 'a1' as AccountId,
  conversation: 'C1',
  message: 'M1',
  view: 'booking.host',
  subject,
  data: { booking: 'b1' },
  revision: 1,
  at: 5,
  ...its,
});

/** The subject stands at this revision when the card is kept. */
const at =
  (revision: number): ViewDef =>
  async () => ({
    card: { layout: 'notice', tone: 'neutral', title: 'Booking' },
    live: { subject, revision },
  });

const keep = (card: Shown, view = at(1)) =>
  temporary.db.transact((tx) => follow(tx, card, { view, reader: createReader('en', 'UTC', 5) }));
const cards = () => followers(temporary.db.read, subject);
const refreshes = async () =>
  (await temporary.db.read.select().from(outbox)).map((row) => [row.kind, row.subject]);

describe('[2.2] a card that follows its subject', () => {
  test('is one message: shown anew in its place, it shows the new thing', async () => {
    await keep(shown());
    await keep(shown({ message: 'M2' }));
    await keep(shown({ view: 'booking.invited', revision: 2 }), at(2));
    const found = await cards();
    expect(found.map(({ message, view, revision }) => [message, view, revision]).sort()).toEqual([
      ['M1', 'booking.invited', 2],
      ['M2', 'booking.host', 1],
    ]);
    await keep(shown({ subject: 'booking:b2' }));
    expect((await cards()).map((card) => card.message)).toEqual(['M2']);
  });

  test('is refreshed where the subject had moved on before it was kept, and not otherwise', async () => {
    await keep(shown(), at(1));
    await keep(shown(), async () => null);
    expect(await refreshes()).toEqual([]);
    await keep(shown(), at(2));
    expect(await refreshes()).toEqual([['refresh', subject]]);
  });

  test('never falls behind what it shows already, and is let go when it is gone', async () => {
    await keep(shown());
    const [card] = await cards();
    if (!card) throw new Error('no card');
    for (const revision of [3, 2]) await temporary.db.transact((tx) => caughtUp(tx, card, revision));
    expect((await cards()).map((it) => it.revision)).toEqual([3]);
    await temporary.db.transact((tx) => unfollow(tx, card));
    expect(await cards()).toEqual([]);
  });
});
