import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  aBooking,
  approved,
  aRequest,
  aRoom,
  person,
  requested,
  tuesday,
} from '../../../test/support/examples.ts';
import { aCancellation, aChange } from '../../../test/support/states.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { day, hour } from '../../core/clock.ts';
import type { BookingId, PersonId, RoomId } from '../../core/ids.ts';
import { saveRoom } from '../rooms/index.ts';
import type { Booking, State } from './domain.ts';
import { createFacts } from './facts.ts';
import { openMatters, saveTransition } from './store.ts';

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = temporaryDatabase();
});
afterEach(() => temporary.remove());

const people = ['ann', 'ben', 'cem', 'rae', 'roy', 'ada'].map(person);
const roomCount = 4;
const someone = fc.constantFrom(...people);
const aRoomOfThem = fc.nat({ max: roomCount - 1 });
const kinds = ['requested', 'escalated', 'changing', 'escalatedChange', 'cancelling', 'approved'] as const;

const aCase = fc.record({
  reviewers: fc.array(fc.uniqueArray(someone, { minLength: 1, maxLength: 3 }), {
    minLength: roomCount,
    maxLength: roomCount,
  }),
  admins: fc.uniqueArray(someone, { maxLength: 2 }),
  absent: fc.uniqueArray(fc.tuple(someone, someone), { maxLength: 4, selector: ([away]) => away }),
  bookings: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      host: someone,
      room: aRoomOfThem,
      to: aRoomOfThem,
      begun: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
});

function stateOf(kind: (typeof kinds)[number], to: RoomId): State {
  const change = aChange({ to: aRequest({ room: to }), escalated: kind === 'escalatedChange' });
  switch (kind) {
    case 'requested':
    case 'escalated':
      return requested({ escalated: kind === 'escalated' });
    case 'changing':
    case 'escalatedChange':
      return approved({ change });
    case 'cancelling':
      return approved({ cancellation: aCancellation() });
    case 'approved':
      return approved();
  }
}

test('[2.2] among what is looked through for somebody is all that they may decide, in the same order', async () => {
  const { db } = temporary;
  let made = 0;
  await fc.assert(
    fc.asyncProperty(aCase, async ({ reviewers, admins, absent, bookings }) => {
      const undo = new Error('undone');
      const outcome = await db
        .transact(async (tx) => {
          const rooms: RoomId[] = [];
          for (const its of reviewers) {
            const { id: _, ...room } = aRoom({ name: `Room ${made++}` });
            rooms.push(await saveRoom(tx, { ...room, reviewers: its }, null));
          }
          for (const { kind, host, room, to, begun } of bookings) {
            const start = tuesday + (begun ? -day : day) + made * hour;
            const booking: Booking = aBooking({
              id: `b${made++}` as BookingId,
              number: 1000 + made,
              host,
              room: rooms[room] as RoomId,
              start,
              end: start + hour,
              state: stateOf(kind, rooms[to] as RoomId),
            });
            const event = { type: 'requested', booking } as const;
            await saveTransition(tx, {
              before: null,
              after: booking,
              event,
              at: tuesday,
              actor: host,
              source: 'x',
            });
          }
          const facts = createFacts({
            admins: async () => admins,
            substitutes: async () => new Map<PersonId, PersonId>(absent),
            standing: async () => ({ roles: [], department: null }),
          });
          const theirs = async (all: readonly Booking[], who: PersonId) => {
            const decidersOf = await facts.decidersByRoom(tx, tuesday, all);
            return all
              .filter((it) => decidersOf(it).some((one) => one.person === who))
              .map((it) => it.number);
          };
          for (const who of people)
            expect(await theirs(await facts.matters(tx, tuesday, who), who)).toEqual(
              await theirs(await openMatters(tx, tuesday, null), who),
            );
          throw undo;
        })
        .catch((cause: unknown) => cause);
      if (outcome !== undo) throw outcome;
    }),
  );
});
