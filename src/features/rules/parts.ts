import type { Scope } from '../../core/feature.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { Tx } from '../../db/database.ts';
import type { Room } from '../rooms/domain.ts';
import type { ApprovalRule } from './approval.ts';
import { folded, type Named } from './names.ts';
import type { Nameable } from './typed-rule.ts';
import type { RoomLabels } from './words.ts';

/** What the rules are about and other features know. */
export type RulesParts = {
  organisation: string;
  /** All rooms, those in use and those that are not. */
  rooms(tx: Tx): Promise<Room[]>;
  /** The departments that anybody belongs to. */
  departments(tx: Tx): Promise<string[]>;
  /** What the rules of approval may know of a host (2.2). */
  standing(tx: Tx, person: PersonId): Promise<{ roles: Role[]; department: string | null }>;
  /** What the form for a booking in a room holds untouched. */
  preset(scope: Scope, room: Room): Promise<{ date: string; start: string; duration: string }>;
  namesOf(tx: Tx, people: readonly PersonId[]): Promise<Map<PersonId, string>>;
};

type Looking = Pick<Scope, 'tx' | 'reader'>;

/** How each room is called where a rule names it. */
export async function roomLabels({ tx, reader }: Looking, parts: RulesParts): Promise<RoomLabels> {
  const rooms = await parts.rooms(tx);
  return new Map(
    rooms.map((room) => [room.id, reader.t('rooms.name', { name: room.name, site: room.site })]),
  );
}

/** What a rule may name: all that there is, and what this one names already, so that it can be left as it is. */
export async function nameableIn(
  { tx, reader }: Looking,
  parts: RulesParts,
  rule: ApprovalRule | null,
): Promise<Nameable> {
  const rooms = await parts.rooms(tx);
  const when = rule?.when ?? {};
  const known = rooms.map((room): Named => {
    const label = reader.t('rooms.name', { name: room.name, site: room.site });
    return { value: room.id, label, short: room.name };
  });
  const ids = new Set(known.map((it) => it.value as RoomId));
  const gone = (when.rooms ?? []).filter((id) => !ids.has(id)).map((id) => ({ value: id, label: id }));
  return {
    sites: asNamed([...rooms.map((room) => room.site), ...(when.sites ?? [])]),
    rooms: [...known, ...gone],
    departments: asNamed([...(await parts.departments(tx)), ...(when.departments ?? [])]),
  };
}

/** Each name once, whatever the case of its letters, in their order. */
const asNamed = (names: readonly string[]): Named[] =>
  [...new Map(names.map((name) => [folded(name), name])).values()]
    .sort((a, b) => a.localeCompare(b))
    .map((name) => ({ value: name, label: name }));
