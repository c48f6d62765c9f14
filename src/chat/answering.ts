/** A message in a chat. */
export type MessageAt = { conversation: string; message: string };

/**
 * Knows in the place of which messages clicks are being answered. The answer says more than the card would by itself
 * (what was done, what was not and why), and must not be followed at once by the card without it.
 */
export function createAnswering() {
  const underWay = new Map<string, Set<Promise<unknown>>>();
  const keyOf = ({ conversation, message }: MessageAt) => `${conversation} ${message}`;

  return {
    /** Answers a click in the place of a message; null: elsewhere. */
    async during<T>(at: MessageAt | null, answer: () => Promise<T>): Promise<T> {
      if (!at) return answer();
      const key = keyOf(at);
      const all = underWay.get(key) ?? new Set();
      underWay.set(key, all);
      const work = answer();
      all.add(work);
      try {
        return await work;
      } finally {
        all.delete(work);
        if (all.size === 0) underWay.delete(key);
      }
    },

    /** Waits while a click is being answered in the place of a message; false where none is. */
    async over(at: MessageAt): Promise<boolean> {
      const all = underWay.get(keyOf(at));
      if (!all) return false;
      await Promise.allSettled(all);
      return true;
    },
  };
}

export type Answering = ReturnType<typeof createAnswering>;
