import { keepTrace } from '../core/trace.ts';

type Connection = { exec(sql: string): void };

type Job = {
  work: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (cause: unknown) => void;
};

/** Longer than any transaction takes: one that is still open then has waited for something outside the database. */
const stuckAfterMs = 2_000;

/**
 * One writer whose commits are grouped: everything that waits runs in turn, each in a savepoint of one
 * transaction, and each caller is answered after the commit that put it on disk.
 */
export function createGroupCommit(connection: Connection) {
  let waiting: Job[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Callers of the same turn of the event loop join the group, and whoever books without pause lets others have theirs.
      await new Promise((resolve) => setImmediate(resolve));
      const group = waiting;
      waiting = [];
      await commit(group);
    }
    running = null;
  }

  async function commit(group: Job[]): Promise<void> {
    const done: Array<() => void> = [];
    try {
      connection.exec('BEGIN IMMEDIATE');
      for (const job of group) {
        connection.exec('SAVEPOINT job');
        try {
          const value = await finishes(job.work());
          connection.exec('RELEASE job');
          done.push(() => job.resolve(value));
        } catch (cause) {
          connection.exec('ROLLBACK TO job; RELEASE job');
          done.push(() => job.reject(cause));
        }
      }
      connection.exec('COMMIT');
    } catch (cause) {
      // Nothing of the group is on disk, so nobody may be told that it is.
      try {
        connection.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself (disk full, I/O error); the first error is the one to report.
      }
      for (const job of group) job.reject(cause);
      return;
    }
    for (const tell of done) tell();
  }

  return {
    run<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work: keepTrace(work), resolve: resolve as (value: unknown) => void, reject });
        running ??= drain();
      });
    },
    /** Resolves when nothing waits or runs. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}

async function finishes<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('a transaction waited for something outside the database')),
      stuckAfterMs,
    );
  });
  try {
    return await Promise.race([work, stuck]);
  } finally {
    clearTimeout(timer);
  }
}
