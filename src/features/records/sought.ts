import type { RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { departmentMembers, selvesOf } from '../people/index.ts';
import { roomsAt } from '../rooms/index.ts';
import type { Sought } from './conditions.ts';
import type { Search } from './domain.ts';

/** Looks up whom and what the names in a search stand for. */
export async function lookUp(tx: Tx, search: Search): Promise<Sought> {
  const { person, room, site, department } = search;
  const selves = person && (await Promise.all(person.map((id) => selvesOf(tx, id)))).flat();
  const members = department === null ? null : await departmentMembers(tx);
  return {
    ...search,
    person: selves,
    rooms: await roomsIn(tx, room, site),
    hosts: members?.filter((it) => it.department === department).map((it) => it.person) ?? null,
  };
}

async function roomsIn(tx: Tx, room: RoomId | null, site: string | null): Promise<RoomId[] | null> {
  if (site === null) return room === null ? null : [room];
  const there = await roomsAt(tx, site);
  return room === null ? there : there.filter((id) => id === room);
}
