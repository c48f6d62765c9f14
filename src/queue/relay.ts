import { type Clock, elapsed, type Instant } from '../core/clock.ts';
import { traceError } from '../core/describe-error.ts';
import type { OutboxId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import type { Tx } from '../db/database.ts';
import { type DueRow, due, nextDue } from '../db/outbox.ts';
import { createBell } from './bell.ts';
import type { Lane, Queue } from './queue.ts';

/** A row that was added so long ago and is still due may have been lost by the queue. */
export const addAgainAfter = 15_000;

const page = 200;
const longestSleep = 1_000;
/** However many commits there are: no more than forty looks at the outbox a second. */
const shortestSleep = 25;
/** Clocks are corrected by less all the time. */
const noticeable = 1_000;

export type Relay = {
  start(): void;
  /** Something was committed that may be due. */
  kick(): void;
  /** A row has left the queue: it may be added again, or where its work failed, after a while. */
  over(id: OutboxId, failed: boolean): void;
  stop(): Promise<void>;
};

/** Moves due outbox rows into the queue. Marks them nowhere: until a worker claims a row, it waits. */
export function createRelay(parts: {
  read: Tx;
  queue: Pick<Queue, 'add'>;
  clock: Clock;
  logger: Logger;
  laneOf(row: DueRow): Promise<Lane>;
  /** The wall clock was set back, and `until` it shows what it showed before. */
  onSetBack(now: Instant, until: Instant): Promise<void>;
}): Relay {
  const { read, queue, clock, logger } = parts;
  /** When each was added, by a clock that nobody sets. */
  const added = new Map<OutboxId, number>();
  const bell = createBell();
  let open = false;
  let troubled = false;
  let last: Instant = 0;
  let running: Promise<void> = Promise.resolve();

  async function addDue(now: Instant): Promise<void> {
    for (const [id, at] of added) if (elapsed(clock) - at >= addAgainAfter) added.delete(id);
    let rows: DueRow[];
    let end: DueRow | undefined;
    do {
      rows = await due(read, now, page, end);
      await add(rows.filter((row) => !added.has(row.id)));
      end = rows.at(-1);
    } while (open && rows.length === page);
  }

  async function add(rows: DueRow[]): Promise<void> {
    if (rows.length === 0) return;
    const tickets = await Promise.all(
      rows.map(async (row) => ({ id: row.id, lane: await parts.laneOf(row) })),
    );
    // Before they are added: some may be over before `add` resolves.
    for (const { id } of tickets) added.set(id, elapsed(clock));
    try {
      await queue.add(tickets);
    } catch (cause) {
      for (const { id } of tickets) added.delete(id);
      throw cause;
    }
  }

  /** @returns how long there is nothing to do, as far as is known. */
  async function look(): Promise<number> {
    const now = clock.now();
    try {
      if (now < last - noticeable) await parts.onSetBack(now, last);
      last = now;
      await addDue(now);
      const next = await nextDue(read, now);
      troubled = false;
      return next === null ? longestSleep : Math.min(longestSleep, next - now);
    } catch (cause) {
      // The rows are still due the next time. Said once: it goes on until it is over.
      if (!troubled) logger.error(traceError(cause), 'what is due could not be queued');
      troubled = true;
      return longestSleep;
    }
  }

  async function run(): Promise<void> {
    while (open) {
      bell.reset();
      const pause = await look();
      await new Promise((resolve) => setTimeout(resolve, shortestSleep));
      // Of the pause so much is over; or what falls due in it would be late by that.
      if (open) await bell.rung(Math.max(0, pause - shortestSleep));
    }
  }

  return {
    start() {
      open = true;
      running = run();
    },
    kick: bell.ring,
    over(id, failed) {
      // Only the database makes work fail, and it is not the better for being asked without a pause.
      if (failed) return;
      added.delete(id);
      bell.ring();
    },
    stop() {
      open = false;
      bell.ring();
      return running;
    },
  };
}
