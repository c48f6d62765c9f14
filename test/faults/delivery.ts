import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

export type Answer = { status: number; body: unknown };

/** Sends the copies of one request, and gives the first answer; null where no copy got one. */
export type Deliver = (post: () => Promise<Answer>) => Promise<Answer | null>;

/** Copies that are still on their way when the person has gone on. */
export type Late = Set<Promise<unknown>>;

/**
 * Delivers each request as often and as late as planned, as platforms do that got no answer, or got it too late.
 * @param delays when each copy arrives, in milliseconds
 * @param read is given every answer, also those of later copies
 */
export function createDelivery(
  delays: readonly number[],
  it: { ledger: Ledger; late: Late; read(answer: Answer): void },
): Deliver {
  const { counts } = it.ledger;

  return async (post) => {
    counts.acts += 1;
    if (delays.length > 1) counts.repeated += 1;
    const copies = delays.map(async (delay) => {
      await sleep(delay);
      counts.requests += 1;
      const answer = await post().catch(() => null);
      if (answer?.status !== 200) {
        counts.unanswered += 1;
        return null;
      }
      it.read(answer);
      return answer;
    });
    for (const copy of copies) {
      it.late.add(copy);
      void copy.finally(() => it.late.delete(copy));
    }
    return firstAnswer(copies);
  };
}

/** Resolves with the first that is not null, or with null when all are. */
function firstAnswer(copies: readonly Promise<Answer | null>[]): Promise<Answer | null> {
  return new Promise((resolve) => {
    for (const copy of copies) void copy.then((answer) => answer && resolve(answer));
    void Promise.all(copies).then((all) => resolve(all.find((answer) => answer !== null) ?? null));
  });
}
