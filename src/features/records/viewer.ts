import type { Instant } from '../../core/clock.ts';
import type { CommandContext } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { selvesOf } from '../people/index.ts';
import { roomsReviewedBy } from '../rooms/index.ts';
import { seesAll, type Viewer } from './domain.ts';

/** Who stands in for whom (7.1). */
export type Substitutes = (tx: Tx, now: Instant) => Promise<ReadonlyMap<PersonId, PersonId>>;

/** What the actor may see of the records: as substitutes, what those may for whom they stand in. */
export async function viewerOf(
  { tx, now, actor }: Pick<CommandContext, 'tx' | 'now' | 'actor'>,
  substitutes: Substitutes,
): Promise<Viewer> {
  const selves = await selvesOf(tx, actor.person);
  const absent = [...(await substitutes(tx, now))].filter(([, other]) => selves.includes(other));
  const rooms = await roomsReviewedBy(tx, [...selves, ...absent.map(([person]) => person)]);
  return { selves, rooms, all: seesAll(actor.roles) };
}
