import { setImmediate } from 'node:timers/promises';
import { and, eq, lte, ne, sql } from 'drizzle-orm';
import type { Instant } from '../core/clock.ts';
import type { JobDef } from '../core/feature.ts';
import type { Db, Tx } from '../db/database.ts';
import { claim, due, finish } from '../db/outbox.ts';
import { outbox } from '../db/schema.ts';

/** Something that happened at a moment. */
export type Step = { at: Instant; happen(tx: Tx, at: Instant): Promise<void> };

type Jobs = Readonly<Record<string, JobDef>>;

/** More jobs than ever fall due between two steps. */
const page = 100;
/** So many steps share a commit. */
const together = 50;

/**
 * Lives through the steps in their order, each in a transaction of its own, and through what fell due between
 * them: jobs are done, and what had to be told counts as told.
 */
export async function replay(db: Db, steps: readonly Step[], until: Instant, jobs: Jobs): Promise<void> {
  const inOrder = steps.toSorted((a, b) => a.at - b.at);
  for (let from = 0; from < inOrder.length; from += together) {
    // Not awaited one by one: transactions that wait run in their turn, and share a commit.
    await Promise.all(
      inOrder.slice(from, from + together).map((step) =>
        db.transact(async (tx) => {
          await catchUp(tx, step.at, jobs);
          await step.happen(tx, step.at);
        }),
      ),
    );
    // The chat windows start meanwhile, and are to be heard.
    await setImmediate();
  }
  await db.transact((tx) => catchUp(tx, until, jobs));
}

async function catchUp(tx: Tx, now: Instant, jobs: Jobs): Promise<void> {
  if ((await due(tx, now, 1)).length === 0) return;
  await tell(tx, now);
  for (const { id, dueAt } of await due(tx, now, page)) {
    const row = await claim(tx, id, dueAt, () => dueAt);
    const job = row && jobs[row.name];
    if (!job) throw new Error('a job was due and could not be done');
    await job({ tx, now: dueAt }, row.data);
    await finish(tx, row, dueAt);
  }
  // What followed from the jobs.
  await tell(tx, now);
}

async function tell(tx: Tx, now: Instant): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'done', attempts: 1, doneAt: sql`${outbox.dueAt}` })
    .where(and(eq(outbox.state, 'waiting'), lte(outbox.dueAt, now), ne(outbox.kind, 'run')));
}
