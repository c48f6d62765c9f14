import { minute } from '../core/clock.ts';
import { describeError, traceError } from '../core/describe-error.ts';
import { RateLimited } from '../core/errors.ts';
import type { OutboxId } from '../core/ids.ts';
import type { Tx } from '../db/database.ts';
import { type Claim, claim, finish, giveUp, holds, type OutboxRow, postpone } from '../db/outbox.ts';
import { backoff, maxAttempts } from './backoff.ts';
import { createGiveFile } from './file.ts';
import { createMail } from './mail.ts';
import type { DeliveryPorts, DeliveryResult, Handler, Outcome } from './ports.ts';
import { createPost } from './post.ts';
import { createRefresh } from './refresh.ts';
import { createTell } from './tell.ts';

/** Longer than any attempt takes. */
export const lease = minute;

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

  return async (id) => {
    const now = clock.now();
    const row = await db.transact((tx) => claim(tx, id, now, now + lease));
    if (!row) return;
    const result = await attempt(row).catch((cause: unknown) => retry(row, cause));
    if (result) ports.onResult(row.kind, result);
  };

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
        case 'unfinished':
          await postpone(tx, row, now + carryOnAfterMs, null);
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
      await db.transact(mark);
    }
    return 'told';
  }

  async function retry(row: Claim, cause: unknown): Promise<DeliveryResult | null> {
    return whileHeld(row, async (tx, now) => {
      if (cause instanceof RateLimited) {
        await postpone(tx, row, now + cause.retryAfterMs, null);
        return 'later';
      }
      const error = describeError(cause);
      const last = row.attempts >= maxAttempts;
      logger[last ? 'error' : 'warn']({ ...about(row), ...traceError(cause) }, 'an outbox row failed');
      if (!last) {
        await postpone(tx, row, now + backoff(row.attempts, ports.random()), error);
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
