import { sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import { integer, table, text } from '../../db/columns.ts';
import type { Tx } from '../../db/database.ts';
import { insertion } from '../../db/prepared.ts';
import type { Booking, Event } from './domain.ts';
import { topicWords } from './topic-words.ts';

/*
 * The full-text index of topics (2.6), made by the migration `topics`: one row for each booking, by its number. Room,
 * people and month stand beside the words, so that these narrow a search down before any booking is read.
 */

type Indexed = Pick<Booking, 'number' | 'topic' | 'room' | 'host' | 'attendees' | 'start'>;

const insertTopics = insertion(
  table('booking_topic', {
    number: integer('rowid').notNull(),
    words: text('words').notNull(),
    place: text('place').notNull(),
  }),
);

/** The transitions after which a booking is found by other words, people, room or month. */
const moves = new Set<Event['type']>([
  'requested',
  'amended',
  'changed',
  'changeApproved',
  'proposalAccepted',
  'handedOver',
]);

/**
 * How a room or person stands in the index: the end of an id is enough, since it only narrows down. A letter and
 * digits, which no stemmer touches.
 */
export const idWord = (id: RoomId | PersonId): string =>
  `i${id
    .replace(/[^a-z\d]/gi, '')
    .toLowerCase()
    .slice(-12)}0`;

/** How the month of an instant stands in the index, in UTC. */
export const monthWord = (at: Instant): string =>
  `m${new Date(at).toISOString().slice(0, 7).replace('-', '')}`;

/** Brings the index in step with a booking after a transition. */
export async function indexTopic(tx: Tx, it: Indexed, event: Event['type']): Promise<void> {
  if (!moves.has(event)) return;
  if (event !== 'requested') await tx.run(sql`DELETE FROM booking_topic WHERE rowid = ${it.number}`);
  await addTopic(tx, it);
}

/** What of a booking is in the index: its words, and what narrows a search down. */
export const indexed = (it: Indexed): { words: string; place: string } => ({
  words: topicWords(it.topic),
  place: [monthWord(it.start), ...[it.room, it.host, ...it.attendees].map(idWord)].join(' '),
});

/** Puts a booking into the index that is not in it. */
export const addTopic = (tx: Tx, it: Indexed): Promise<void> =>
  insertTopics(tx, [{ number: it.number, ...indexed(it) }]);
