import { and, asc, count, gt, lte, max } from 'drizzle-orm';
import type { PersonId, RoomId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Tx } from '../../db/database.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Cell } from '../../tables/index.ts';
import { type Booking, bookingTable as booking, findBookings, type State } from '../booking/index.ts';
import { departmentMembers, namesOf } from '../people/index.ts';
import { equipmentNames, findRooms, type Room } from '../rooms/index.ts';
import { matching, type Sought } from './conditions.ts';
import { mayRead, type Viewer } from './domain.ts';

export const columnNames = [
  'number',
  'state',
  'topic',
  'room',
  'site',
  'start',
  'end',
  'zone',
  'host',
  'department',
  'attendees',
  'headcount',
  'equipment',
  'confidential',
  'requestedAt',
  'endedBy',
  'endedAt',
  'reason',
  'rules',
] as const;

/** As many as are read at once: a reader that goes on for long would keep the database from tidying up. */
const chunkSize = 1000;

/** How many bookings a search finds. */
export async function countRecords(tx: Tx, sought: Sought, viewer: Viewer): Promise<number> {
  const [found] = await tx
    .select({ rows: count() })
    .from(booking)
    .where(matching(tx, sought, viewer));
  return found?.rows ?? 0;
}

/** The rows of an export, a chunk at a time, by number; what is not for the viewer is left out of them. */
export async function* exportRows(
  tx: Tx,
  reader: Reader,
  sought: Sought,
  viewer: Viewer,
): AsyncGenerator<Cell[][]> {
  const where = matching(tx, sought, viewer);
  const departments = new Map((await departmentMembers(tx)).map((it) => [it.person, it.department]));
  // What is booked meanwhile is not waited for.
  const [newest] = await tx.select({ number: max(booking.number) }).from(booking);
  const last = newest?.number ?? 0;
  for (let after = 0; ; ) {
    const chunk = await tx
      .select({ id: booking.id, number: booking.number })
      .from(booking)
      .where(and(gt(booking.number, after), lte(booking.number, last), where))
      .orderBy(asc(booking.number))
      .limit(chunkSize);
    const end = chunk.at(-1);
    if (!end) return;
    const found = await findBookings(
      tx,
      chunk.map((it) => it.id),
    );
    const rooms = await findRooms(
      tx,
      found.map((it) => it.room),
    );
    const names = await namesOf(tx, found.flatMap(namedIn));
    const known = { rooms, names, departments };
    yield found
      .toSorted((a, b) => a.number - b.number)
      .map((it) => rowOf(reader, it, mayRead(viewer, it), known));
    after = end.number;
  }
}

type Known = {
  rooms: ReadonlyMap<RoomId, Room>;
  names: ReadonlyMap<PersonId, string>;
  departments: ReadonlyMap<PersonId, string>;
};

function rowOf(reader: Reader, it: Booking, isShown: boolean, known: Known): Cell[] {
  const room = known.rooms.get(it.room);
  const zone = room?.zone ?? 'UTC';
  const nameOf = (id: PersonId) => known.names.get(id) ?? '';
  const end = endOf(it.state);
  return [
    it.number,
    reader.t(`booking.state.${it.state.kind}`),
    isShown ? it.topic : reader.t('records.confidential'),
    room?.name ?? '',
    room?.site ?? '',
    wallClock(it.start, zone),
    wallClock(it.end, zone),
    zone,
    nameOf(it.host),
    known.departments.get(it.host) ?? '',
    isShown ? it.attendees.map(nameOf).join('; ') : '',
    it.headcount,
    equipmentNames(reader, it.equipment),
    reader.t(it.confidential ? 'common.yes' : 'common.no'),
    wallClock(it.requestedAt, 'UTC'),
    end?.by ? nameOf(end.by) : '',
    end ? wallClock(end.at, 'UTC') : '',
    isShown ? (end?.reason ?? '') : '',
    it.rulesVersion,
  ];
}

function wallClock(at: number, zone: string): Cell {
  const { date, time } = toLocal(at, zone);
  return { wall: `${date} ${time}` };
}

/** Who brought the booking into its state, when and why; null while it waits. */
function endOf(state: State): { by: PersonId | null; at: number; reason?: string } | null {
  switch (state.kind) {
    case 'requested':
      return null;
    case 'expired':
      return { by: null, at: state.at };
    case 'approved':
    case 'withdrawn':
      return { by: state.by, at: state.at };
    case 'rejected':
      return { by: state.by, at: state.at, reason: state.reason };
    case 'cancelled':
      return { by: state.by ?? state.asked, at: state.at, reason: state.reason };
  }
}

const namedIn = (it: Booking): PersonId[] => {
  const by = endOf(it.state)?.by;
  return [it.host, ...it.attendees, ...(by ? [by] : [])];
};
