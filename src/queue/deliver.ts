import { elapsed, minute } from '../core/clock.ts';
import { describeError, traceError } from '../core/describe-error.ts';
import { NotPermitted, RateLimited } from '../core/errors.ts';
import type { OutboxId } from '../core/ids.ts';
import { newTrace, traced } from '../core/trace.ts';
import type { Tx } from '../db/database.ts';
import { type Claim, claim, finish, giveUp, holds, type OutboxRow, postpone } from '../db/outbox.ts';
import { backoff, maxAttempts } from './backoff.ts';
import { createGiveFile } from './file.ts';
import { createMail } from './mail.ts';
import type { DeliveryPorts, DeliveryResult, Handler, Outcome } from './ports.ts';
import { createPost } from './post.ts';
import { createRefresh } from './refresh.ts';
import { createTell } from './tell.ts';

/** Longer than any attempt takes; a large file takes its time to be sent. */
export const leaseOf = (kind: OutboxRow['kind']): number => (kind === 'file' ? 10 * minute : minute);

/** What is unfinished goes on after this, so that it doesn't hold a worker. */
const carryOnAfterMs = 1_000;

/**
 * Makes the function that does what one outbox row asks for and marks the row. It acts once however often
 * the same id is given, leaves alone what is not due or in other hands, and rejects only when the
 * database does.
 */
export function createDeliver(ports: DeliveryPorts): (id: OutboxId) => Promise<void> {
  const { db, clock, logger } = ports;
  const handlers: Record<OutboxRow['kind'], Handler> = {
    tell: createTell(ports),
    refresh: createRefresh(ports),
    mail: createMail(ports),
    file: createGiveFile(ports),
    post: createPost(ports),
    async run(row) {
      const job = ports.jobs[row.name];
      if (!job) throw new Error('a job that nobody knows');
      return { kind: 'done', write: (tx, now) => job({ tx, now }, row.data) };
    },
  };

  /** Until when, by a clock that nobody sets, each is in this process's hands. */
  const inHand = new Map<OutboxId, number>();
  /** What was told while the database could not be written. */
  const unmarked = new Set<Claim>();

  return async (id) => {
    // Nothing more is told before it is written down what was.
    if (unmarked.size > 0) await markAll();
    // Where the clock is put ahead, claims run out at once; nobody has let go of theirs.
    if (elapsed(clock) < (inHand.get(id) ?? Number.NEGATIVE_INFINITY)) return;
    const now = clock.now();
    const row = await db.transact((tx) => claim(tx, id, now, (kind) => now + leaseOf(kind)));
    if (!row) return;
    const until = elapsed(clock) + leaseOf(row.kind);
    inHand.set(id, until);
    try {
      await traced(row.trace ?? newTrace(), () => perform(row));
    } finally {
      if (inHand.get(id) === until) inHand.delete(id);
    }
  };

  async function perform(row: Claim): Promise<void> {
    const result = await attempt(row).catch((cause: unknown) => {
      if (unmarked.has(row)) throw cause;
      return retry(row, cause);
    });
    if (!result) return;
    const late = clock.now() - row.dueAt;
    ports.onResult(row.kind, result, late);
    logger.info({ outbox: row.id, kind: row.kind, name: row.name, result, late }, 'delivered');
  }

  async function attempt(row: Claim): Promise<DeliveryResult | null> {
    const outcome = await handlers[row.kind](row);
    if (outcome.kind === 'told') return told(row, outcome);
    return whileHeld(row, async (tx, now) => {
      switch (outcome.kind) {
        case 'done':
          await outcome.write?.(tx, now);
          await finish(tx, row, now);
          return 'done';
        case 'overtaken':
          await giveUp(tx, row, 'dropped', now);
          return 'dropped';
        case 'unreachable':
          await giveUp(tx, row, 'failed', now, 'Unreachable');
          await ports.onUnreachable(tx, { person: outcome.person, row, now });
          return 'unreachable';
        case 'barred':
          await giveUp(tx, row, 'failed', now, 'Unreachable');
          await outcome.write(tx, now);
          return 'unreachable';
        case 'unfinished':
          await postpone(tx, row, now + carryOnAfterMs, { waits: 'Unfinished' });
          return 'later';
      }
    });
  }

  async function told(row: Claim, { note }: Outcome & { kind: 'told' }): Promise<'told'> {
    const mark = (tx: Tx) => finish(tx, row, clock.now());
    try {
      await db.transact(async (tx) => {
        await mark(tx);
        await note(tx, clock.now());
      });
    } catch (cause) {
      // Better a card that is not kept in step than one that is sent again.
      logger.error({ ...about(row), ...traceError(cause) }, 'what was told could not be noted');
      unmarked.add(row);
      await markAll();
    }
    return 'told';
  }

  async function markAll(): Promise<void> {
    const rows = [...unmarked];
    await db.transact(async (tx) => {
      for (const row of rows) await finish(tx, row, clock.now());
    });
    for (const row of rows) unmarked.delete(row);
  }

  async function retry(row: Claim, cause: unknown): Promise<DeliveryResult | null> {
    return whileHeld(row, async (tx, now) => {
      if (cause instanceof RateLimited) {
        await postpone(tx, row, now + cause.retryAfterMs, { waits: describeError(cause) });
        return 'later';
      }
      const error = describeError(cause);
      const last = row.attempts >= maxAttempts || cause instanceof NotPermitted;
      logger[last ? 'error' : 'warn']({ ...about(row), ...traceError(cause) }, 'an outbox row failed');
      if (!last) {
        await postpone(tx, row, now + backoff(row.attempts, ports.random()), { error });
        return 'retried';
      }
      await giveUp(tx, row, 'failed', now, error);
      await ports.onFailed(tx, { row, error, now });
      return 'failed';
    });
  }

  /** Null when the row was withdrawn meanwhile, or its claim ran out and another worker took it. */
  async function whileHeld(
    row: Claim,
    work: (tx: Tx, now: number) => Promise<DeliveryResult>,
  ): Promise<DeliveryResult | null> {
    return db.transact(async (tx) => ((await holds(tx, row)) ? work(tx, clock.now()) : null));
  }
}

const about = (row: OutboxRow) => ({
  outbox: row.id,
  kind: row.kind,
  name: row.name,
  attempts: row.attempts,
});
