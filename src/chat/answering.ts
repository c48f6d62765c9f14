import { within } from '../core/within.ts';

/** A message in a chat. */
export type MessageAt = { conversation: string; message: string };

/** An answer is not kept waiting for longer by a change of its message that is under way, in milliseconds. */
const patience = 2_000;

/**
 * Keeps apart what answers a click in the place of a message and what brings that message up to date. The answer says
 * more than the card by itself (what was done, what was not and why): the card without it must not come after it.
 */
export function createAnswering() {
  const answers = new Map<string, Set<Promise<unknown>>>();
  const updates = new Map<string, Set<Promise<unknown>>>();

  return {
    /**
     * Answers a click in the place of a message; null: elsewhere.
     * @param answer awaits `clear` before it changes the message: what is being done to it has ended then
     */
    async during<T>(at: MessageAt | null, answer: (clear: () => Promise<void>) => Promise<T>): Promise<T> {
      if (!at) return answer(async () => {});
      const key = keyOf(at);
      const clear = async () => {
        await within(patience, Promise.allSettled(updates.get(key) ?? []));
      };
      return tracked(answers, key, answer(clear));
    },

    /** Brings a message up to date when no click is being answered in its place. */
    async quietly<T>(at: MessageAt, update: () => Promise<T>): Promise<T> {
      const key = keyOf(at);
      for (let all = answers.get(key); all; all = answers.get(key)) await Promise.allSettled(all);
      return tracked(updates, key, update());
    },
  };
}

export type Answering = ReturnType<typeof createAnswering>;

const keyOf = ({ conversation, message }: MessageAt) => `${conversation} ${message}`;

async function tracked<T>(
  under: Map<string, Set<Promise<unknown>>>,
  key: string,
  work: Promise<T>,
): Promise<T> {
  const all = under.get(key) ?? new Set();
  under.set(key, all.add(work));
  try {
    return await work;
  } finally {
    all.delete(work);
    if (all.size === 0) under.delete(key);
  }
}
