import type { CommandContext } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { may, roles } from '../../core/rights.ts';
import type { Answer } from '../../core/view.ts';
import { type Directory, namesOf, roleHolders } from '../people/index.ts';
import { reviewersByRoom, searchRooms } from '../rooms/index.ts';
import { comingAbsences } from './store.ts';
import { dutiesCard, type Group } from './views.ts';

const pageSize = 8;
/** As many rooms as are read at a glance. */
const roomsInGroup = 12;

/** `/duties` (7.1): one page of who is away and who reviews what, and who has which role. */
export async function showDuties(
  directory: Directory,
  context: CommandContext,
  wanted: number,
  banner?: string,
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const absences = await comingAbsences(tx, now);
  const groups = await groupsOf(tx);
  const pages = Math.max(1, Math.ceil((absences.length + groups.length) / pageSize));
  const page = Math.min(wanted, pages);
  const [from, until] = [(page - 1) * pageSize, page * pageSize];
  const shown = {
    absences: absences.slice(from, until),
    groups: groups.slice(Math.max(0, from - absences.length), Math.max(0, until - absences.length)),
  };
  const holders = await holdersByRole(directory, tx);
  const names = await namesOf(tx, [
    ...shown.absences.flatMap((it) => [it.person, it.substitute]),
    ...shown.groups.flatMap((it) => it.reviewers),
    ...holders.flatMap((it) => it.people),
  ]);
  const duties = {
    ...shown,
    holders,
    page,
    pages,
    mine: (it: { person: PersonId }) => it.person === actor.person || may(actor, 'admin'),
    nameOf: (person: PersonId) => names.get(person) ?? '–',
  };
  const card = dutiesCard(reader, duties, banner === undefined ? undefined : { tone: 'good', text: banner });
  return { kind: 'card', card };
}

/** The rooms in use by site and reviewers, a few in each group. */
async function groupsOf(tx: CommandContext['tx']): Promise<Group[]> {
  const rooms = await searchRooms(tx, { activeOnly: true, limit: -1 });
  const reviewers = await reviewersByRoom(
    tx,
    rooms.map((room) => room.id),
  );
  const groups = new Map<string, Group[]>();
  for (const room of rooms) {
    const theirs = [...(reviewers.get(room.id) ?? [])].sort();
    const name = [room.site, ...theirs].join('\n');
    const alike = groups.get(name) ?? [];
    const last = alike.at(-1);
    if (last && last.rooms.length < roomsInGroup) last.rooms.push(room.name);
    else alike.push({ site: room.site, reviewers: theirs, rooms: [room.name] });
    groups.set(name, alike);
  }
  return [...groups.values()].flat();
}

/** Who has each role; the admins first, whether they were given it or are admins by configuration. */
async function holdersByRole(directory: Directory, tx: CommandContext['tx']) {
  const given = await roleHolders(tx);
  const admins = await directory.admins(tx);
  return roles
    .map((role) => ({
      role,
      people: role === 'admin' ? admins : given.filter((it) => it.role === role).map((it) => it.person),
    }))
    .filter((it) => it.role === 'admin' || it.people.length > 0);
}
