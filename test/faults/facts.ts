import { asc } from 'drizzle-orm';
import type { OutboxRow } from '../../src/db/outbox.ts';
import { openReader } from '../../src/db/reader.ts';
import { outbox } from '../../src/db/schema.ts';
import {
  type Booking,
  bookingTable,
  findBookings,
  transitionTable,
} from '../../src/features/booking/index.ts';
import { person } from '../../src/features/people/schema.ts';
import type { Room } from '../../src/features/rooms/index.ts';
import { findRooms } from '../../src/features/rooms/index.ts';
import { slot } from '../../src/features/rooms/schema.ts';
import { waitlistEntry } from '../../src/features/waitlist/schema.ts';

export type Transition = typeof transitionTable.$inferSelect;

/** What the database holds when everything is over. */
export type Facts = {
  bookings: Map<number, Booking>;
  /** By booking, oldest first. */
  transitions: Map<string, Transition[]>;
  outbox: OutboxRow[];
  slots: (typeof slot.$inferSelect)[];
  entries: (typeof waitlistEntry.$inferSelect)[];
  rooms: Map<string, Room>;
  /** Names by person id. */
  names: Map<string, string>;
};

export async function loadFacts(databasePath: string): Promise<Facts> {
  const { read, close } = openReader(databasePath);
  try {
    const ids = (await read.select({ id: bookingTable.id }).from(bookingTable)).map(({ id }) => id);
    const slots = await read.select().from(slot).orderBy(asc(slot.start));
    const bookings = await findBookings(read, ids);
    const entries = await read.select().from(waitlistEntry);
    const roomIds = [...bookings, ...slots, ...entries].map((it) => it.room);
    const people = await read.select().from(person);
    return {
      bookings: new Map(bookings.map((it) => [it.number, it])),
      transitions: Map.groupBy(
        await read.select().from(transitionTable).orderBy(asc(transitionTable.id)),
        (it) => it.booking,
      ),
      outbox: await read.select().from(outbox),
      slots,
      entries,
      rooms: await findRooms(read, [...new Set(roomIds)]),
      names: new Map(people.map(({ id, name }) => [id, name])),
    };
  } finally {
    close();
  }
}
