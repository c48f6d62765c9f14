import { setTimeout as sleep } from 'node:timers/promises';

/** Tries an expectation until it holds; after half a minute it fails as it did last. */
export async function eventually<T>(expectation: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await expectation();
    } catch (cause) {
      if (Date.now() > end) throw cause;
      await sleep(10);
    }
  }
}
