import type { Address, Messenger } from '../chat/ports.ts';
import { type Clock, elapsed } from '../core/clock.ts';
import { RateLimited } from '../core/errors.ts';
import type { Platform } from '../core/feature.ts';
import type { Lane } from './queue.ts';

export type Messengers = Partial<Record<Platform, Messenger>>;

/** The workspace or tenant that an address lies in. */
export const laneOf = (to: Pick<Address, 'platform' | 'tenant'>): Lane => `${to.platform}:${to.tenant}`;

/** Cards of one subject can lie in several workspaces; jobs and mails in none. */
export const cardsLane: Lane = 'cards';
export const mailLane: Lane = 'mail';
export const jobsLane: Lane = 'jobs';

/**
 * The same messengers, which keep away from a workspace for as long as it has told us to: they throw
 * `RateLimited` without asking it again.
 * @param onPause is told of every pause that is longer than the one before.
 */
export function createPatient(
  messengers: Messengers,
  clock: Clock,
  onPause: (lane: Lane, ms: number) => void,
): Messengers {
  // By a clock that nobody sets: one set back would keep us away for as long.
  const until = new Map<Lane, number>();

  async function patiently<T>(lane: Lane, ask: () => Promise<T>): Promise<T> {
    const left = (until.get(lane) ?? Number.NEGATIVE_INFINITY) - elapsed(clock);
    if (left > 0) throw new RateLimited(left);
    try {
      return await ask();
    } catch (cause) {
      if (cause instanceof RateLimited) pause(lane, cause.retryAfterMs);
      throw cause;
    }
  }

  function pause(lane: Lane, ms: number): void {
    const end = elapsed(clock) + ms;
    if (end <= (until.get(lane) ?? Number.NEGATIVE_INFINITY)) return;
    until.set(lane, end);
    onPause(lane, ms);
  }

  const patient = (it: Messenger): Messenger => ({
    platform: it.platform,
    send: (to, card, reader, delivery) => patiently(laneOf(to), () => it.send(to, card, reader, delivery)),
    update: (at, card, reader) =>
      patiently(laneOf({ platform: it.platform, tenant: at.tenant }), () => it.update(at, card, reader)),
    ...(it.quietly && { quietly: it.quietly }),
    ...(it.post && {
      post: (to, card, reader, delivery) =>
        patiently(laneOf(to), async () => it.post?.(to, card, reader, delivery)),
    }),
    ...(it.sendFile && {
      sendFile: (to, file, again) => patiently(laneOf(to), async () => it.sendFile?.(to, file, again)),
    }),
  });
  const { slack, teams } = messengers;
  return { ...(slack && { slack: patient(slack) }), ...(teams && { teams: patient(teams) }) };
}
