import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aRoom, at, local } from '../../../test/support/examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { hour } from '../../core/clock.ts';
import type { BookingId, RoomId } from '../../core/ids.ts';
import { type RoomDraft, saveRoom } from '../rooms/index.ts';
import { slot } from '../rooms/schema.ts';
import { addRules, rulesAt } from '../rules/index.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;
let fuji: RoomId;

beforeEach(async () => {
  world = await createWorld();
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae], tentative: true });
  fuji = await world.room({ name: 'Fuji', reviewers: [rae], tentative: true });
});
afterEach(() => world.stop());

const book = (who: Someone, start = '10:00', room = alps) =>
  world.book(who, { topic: 'Review', room, date: '2026-12-04', start, duration: '60' });
const approve = (booking: BookingId) =>
  world.act(rae, { command: 'approval.approve', data: { booking, asOf: '1' } });
const stateOf = async (id: BookingId) => (await bookingsIn(world.db)).find((it) => it.id === id)?.state;
const held = async () =>
  (await world.db.read.select().from(slot)).map((it) => `${it.part} ${local(it.start)}`).sort();

describe('[2.2] where several may ask for one slot', () => {
  test('requests hold nothing; the one that is approved holds it, and the others hear what became of theirs', async () => {
    const [first, second] = [await book(ann), await book(ben)];
    expect(await held()).toEqual([]);
    expect(await world.told(() => approve(second))).toContain('Ann: booking.news');
    expect([(await stateOf(first))?.kind, await held()]).toEqual(['rejected', ['own 2026-12-04T10:00']]);
    const card = await world.sent(ann, 'booking.news', { booking: first, news: 'rejected' });
    expect(card?.text).toEqual(['Another request for this slot was approved on Tue, Dec 1, 2026, 09:00.']);
    expect(card?.actions).toMatchObject([{ command: 'draft.fromBooking', data: { booking: first } }]);
  });

  test('one that a rule approves ends the others too, and nobody is said to have done it', async () => {
    const first = await book(ann);
    await world.db.transact(async (tx) => {
      const { document } = await rulesAt(tx, world.now());
      const approval = [{ name: 'All', when: {}, decision: 'approve' as const }];
      const organisation = { ...document.organisation, approval };
      await addRules(tx, { by: rae.person, from: world.now(), document: { ...document, organisation } });
    });
    await book(ben);
    expect(await stateOf(first)).toMatchObject({ kind: 'rejected', by: null, reason: '' });
  });

  test('a proposal is held all the same, and ends those who ask for its place once it is taken', async () => {
    const [mine, other] = [await book(ann), await book(ben, '10:00', fuji)];
    await world.db.transact((tx) =>
      world.bookings.propose({ tx, now: world.now(), actor: rae.person, source: 'slack' }, mine, {
        by: rae.person,
        asOf: 1,
        place: { room: fuji, start: at('2026-12-04T10:30'), end: at('2026-12-04T11:30') },
      }),
    );
    expect(await held()).toEqual(['proposal 2026-12-04T10:30']);
    const proposed = String(world.now());
    await world.act(ann, { command: 'approval.acceptProposal', data: { booking: mine, proposed } });
    expect([await stateOf(mine), await stateOf(other)]).toMatchObject([
      { kind: 'approved', by: rae.person },
      { kind: 'rejected', by: rae.person, reason: '' },
    ]);
    expect(await held()).toEqual(['own 2026-12-04T10:30']);
  });

  test('once the room no longer allows it, what is approved holds its slot, and another is told that it is gone', async () => {
    const [first, second] = [await book(ann), await book(ben, '10:30')];
    const { id: _, ...plain } = aRoom({ name: 'Alps' });
    const draft: RoomDraft = { ...plain, reviewers: [rae.person] };
    await world.db.transact((tx) => saveRoom(tx, draft, alps));
    await approve(first);
    expect(await held()).toEqual(['own 2026-12-04T10:00']);
    expect((await stateOf(second))?.kind).toBe('rejected');
  });

  test('a slot that somebody holds by now is not given away', async () => {
    const [mine, other] = [await book(ann), await book(ben, '14:00')];
    await approve(other);
    // Ben’s booking is to move here: that is held while it waits.
    const moved = { start: at('2026-12-04T10:00'), end: at('2026-12-04T10:00') + hour };
    await world.db.transact(async (tx) => {
      const [booking] = (await bookingsIn(world.db)).filter((it) => it.id === other);
      if (!booking) throw new Error('not there');
      const to = { ...booking, attendees: [], ...moved };
      const origin = { tx, now: world.now(), actor: ben.person, source: 'slack' };
      await world.bookings.revise(origin, other, { by: ben.person, to, apart: false });
    });
    const { answer } = await approve(mine);
    expect(answer).toMatchObject({
      card: { banner: { text: 'Somebody else has got this slot in the meantime. (rule 2.2)' } },
    });
    expect((await stateOf(mine))?.kind).toBe('requested');
  });
});
