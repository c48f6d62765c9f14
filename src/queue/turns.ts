/** Runs what has the same key one after the other. */
export function createTurns<Key>() {
  const last = new Map<Key, Promise<unknown>>();

  return async <T>(key: Key, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key);
    // Whether the one before succeeded is for its own caller to know.
    const mine = before ? before.then(work, work) : work();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
