import type { PersonId, RoomId } from '../../core/ids.ts';
import {
  boolean,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../../db/columns.ts';
import type { Equipment, RoomKind, SlotPart } from './domain.ts';

export const room = table(
  'room',
  {
    id: text('id').$type<RoomId>().primaryKey(),
    name: text('name').notNull(),
    site: text('site').notNull(),
    floor: text('floor').notNull(),
    zone: text('zone').notNull(),
    kind: text('kind').$type<RoomKind>().notNull(),
    capacity: integer('capacity').notNull(),
    equipment: json('equipment').$type<Equipment[]>().notNull(),
    opens: integer('opens'),
    closes: integer('closes'),
    maxMinutes: integer('max_minutes'),
    buffer: integer('buffer').notNull(),
    joinLink: text('join_link'),
    active: boolean('active').notNull(),
    /** Several may ask for the same slot; the one that is approved gets it (2.2). */
    tentative: boolean('tentative').notNull().default(false),
  },
  (it) => [uniqueIndex('room_name').on(it.site, it.name)],
);

export const roomReviewer = table(
  'room_reviewer',
  {
    room: text('room').$type<RoomId>().notNull(),
    person: text('person').$type<PersonId>().notNull(),
  },
  (it) => [primaryKey({ columns: [it.room, it.person] }), index('room_reviewer_person').on(it.person)],
);

/**
 * Everything that holds a room. `[start, end)` in UTC, buffers inside. A trigger (see the migrations) refuses
 * a row that overlaps another owner's in the same room, so no code path can double-book. An owner's own rows may
 * overlap: a booking is never in the way of its own change.
 */
export const slot = table(
  'slot',
  {
    id: text('id').primaryKey(),
    room: text('room').$type<RoomId>().notNull(),
    start: instant('start_at').notNull(),
    end: instant('end_at').notNull(),
    /** What holds it, e.g. `booking:6f…`. */
    owner: text('owner').notNull(),
    /** What of the owner's it is: their own place, the new one of a pending change, or one proposed to them. */
    part: text('part').$type<SlotPart>().notNull().default('own'),
  },
  (it) => [
    index('slot_room').on(it.room, it.start, it.end, it.owner),
    index('slot_end').on(it.end, it.start, it.room),
    index('slot_owner').on(it.owner),
  ],
);
