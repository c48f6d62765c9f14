import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import type { Act } from '../../src/chat/ports.ts';
import type { Place } from '../../src/core/feature.ts';
import { changedTables, type Digest, digest } from '../support/digest.ts';
import type { Someone, World } from '../support/world.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

export type Tried = {
  outcome: Outcome;
  /** Tables in which something is otherwise than before, beside what was answered to the person themselves. */
  effects: string[];
  answer: string;
};

/** From where everybody sends their clicks. */
export const channel: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', name: '#rooms' };
const placeOf = ({ platform, tenant }: Someone['caller']): Place =>
  platform === 'slack' ? channel : { ...channel, platform, tenant };

/** Lets one after the other send the same click to the same state of things. */
export async function createTrial(world: World) {
  const [{ file }] = (await world.db.read.all(sql`PRAGMA database_list`)) as [{ file: string }];
  const live = new Database(file, { readonly: true });
  const told = live.prepare('SELECT count(*) FROM outbox WHERE person IS NOT ?').pluck();
  const kept = join(`${file}.before`);
  await live.backup(kept);
  const snapshot = new Database(kept, { readonly: true });
  const before: Digest = digest(live);
  let trials = 0;
  const waited = snapshot.prepare('SELECT count(*) FROM outbox WHERE person IS NOT ?').pluck();
  const others = (who: Someone) => waited.get(who.person);

  return {
    /** What comes of it; then all is as it was before. */
    async attempt(who: Someone, act: Act): Promise<Tried> {
      const version = live.pragma('data_version', { simple: true });
      const caller = { ...who.caller, place: placeOf(who.caller) };
      const answered = await world.dispatch.act(caller, act, `trial-${++trials}`);
      const isTouched = live.pragma('data_version', { simple: true }) !== version;
      const changed = isTouched ? changedTables(before, digest(live)) : [];
      const effects = changed
        .filter(isEffect)
        .filter((it) => it !== 'outbox' || told.get(who.person) !== others(who));
      if (changed.length > 0) await snapshot.backup(file);
      return {
        outcome: outcomeOf(answered, effects.length > 0),
        effects,
        answer: JSON.stringify(answered.answer),
      };
    },
    stop() {
      live.close();
      snapshot.close();
    },
  };
}

/** That something was answered is kept too, and is no effect. */
const isEffect = (table: string): boolean => table !== 'inbox';
