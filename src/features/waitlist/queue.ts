import { type Instant, minute } from '../../core/clock.ts';
import { waitlistSubject } from '../../core/ids.ts';
import type { Decision } from '../../core/refusal.ts';
import type { Tx } from '../../db/database.ts';
import { refresh, schedule, tell, withdraw } from '../../db/outbox.ts';
import { firstBreach, type Place, placeOf } from '../booking/index.ts';
import { findRoom, free, held, hold, type Interval, type Room, slotsIn } from '../rooms/index.ts';
import { type Rules, rulesAt, rulesFor } from '../rules/index.ts';
import {
  areRivals,
  type Command,
  decide,
  type Entry,
  type Event,
  evolve,
  isActive,
  offerEnds,
} from './domain.ts';
import { addEntry, queueFor, raiseRevisions, saveEntry } from './store.ts';

/** Puts a new entry at the end of its queue; it ends by itself when it would begin. */
export async function join(tx: Tx, now: Instant, entry: Entry): Promise<void> {
  await addEntry(tx, entry);
  await scheduleLapse(tx, now, entry, entry.start);
}

/** Moves an entry on, with all that follows: its slot, its cards, and whose turn it is then (2.1). */
export async function advance(
  tx: Tx,
  now: Instant,
  entry: Entry,
  command: Command,
): Promise<Decision<Event>> {
  const decision = decide(entry, command, now);
  const [event] = decision.ok ? decision.events : [];
  if (event) await commit(tx, now, entry, event);
  return decision;
}

async function commit(tx: Tx, now: Instant, before: Entry, event: Event): Promise<void> {
  const after = evolve(before, event);
  const subject = waitlistSubject(after.id);
  const room = await findRoom(tx, after.room);
  if (!room) throw new Error('a waitlist entry without its room');
  await saveEntry(tx, after);
  if (after.state.kind === 'offered') {
    const data = { entry: after.id };
    await hold(tx, { room: room.id, owner: subject, ...held(after, room) });
    await scheduleLapse(tx, now, after, after.state.until);
    await tell(tx, [after.host], 'waitlist.offer', { now, dueAt: now, subject, data });
  }
  if (!isActive(after)) {
    await free(tx, subject);
    await withdraw(tx, subject, 'waitlist.lapse', 'waitlist.offer');
    await moveUp(tx, now, after, room);
  }
  await refresh(tx, subject, now);
  // What was held for them and has not been taken is for the next.
  if (before.state.kind === 'offered' && event.type !== 'taken') await offerFreed(tx, now, placeOf(after));
}

const scheduleLapse = (tx: Tx, now: Instant, { id }: Entry, dueAt: Instant): Promise<void> =>
  schedule(tx, 'waitlist.lapse', { now, dueAt, subject: waitlistSubject(id), data: { entry: id } });

/** Those who came after somebody that is gone are one further ahead. */
async function moveUp(tx: Tx, now: Instant, gone: Entry, room: Room): Promise<void> {
  const behind = (await queueFor(tx, gone.room, reach(gone, room))).filter(
    (it) => it.joinedAt >= gone.joinedAt && areRivals(it, gone, room.buffer),
  );
  await raiseRevisions(
    tx,
    behind.map((it) => it.id),
  );
  for (const { id } of behind) await refresh(tx, waitlistSubject(id), now);
}

/**
 * A place has become free, or may have: the first in line who could have all that they wait for is offered it, and so
 * are those after them with what is left (2.1). It is held for them until they answer or their time is up.
 */
export async function offerFreed(tx: Tx, now: Instant, place: Place): Promise<void> {
  const room = await findRoom(tx, place.room);
  if (!room) throw new Error('a place without its room');
  const queue = await queueFor(tx, room.id, reach(place, room));
  const waiting = queue.filter((it) => it.state.kind === 'waiting');
  if (waiting.length === 0) return;
  const { document } = await rulesAt(tx, now);
  const rules = rulesFor(document, room);
  const taken: Interval[] = await slotsIn(tx, room.id, {
    start: Math.min(...waiting.map((it) => it.start)),
    end: Math.max(...waiting.map((it) => held(it, room).end)),
  });
  for (const entry of waiting) {
    const whole = held(entry, room);
    const isFree = !taken.some((it) => it.start < whole.end && whole.start < it.end);
    if (!isFree || !isAllowed(entry, room, rules, now)) continue;
    taken.push(whole);
    const until = offerEnds(now, entry.start, rules.offerMinutes);
    await advance(tx, now, entry, { type: 'offer', until });
  }
}

/** Whose wait may be touched by a place: also by the time for tidying up before and after it. */
export const reach = ({ start, end }: Interval, { buffer }: Room): Interval => ({
  start: start - buffer * minute,
  end: end + buffer * minute,
});

/** By all rules but those about who decides: they are asked when it is taken. */
const isAllowed = ({ details }: Entry, room: Room, rules: Rules, now: Instant): boolean => {
  const verdict = { decision: 'approve', rule: null } as const;
  return (
    firstBreach(details, { room, rules, rulesVersion: 0, deciders: [], verdict, taken: null }, now) === null
  );
};
