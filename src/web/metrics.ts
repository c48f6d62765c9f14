import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock, Instant } from '../core/clock.ts';
import type { Db } from '../db/database.ts';
import { standing } from '../db/outbox.ts';
import { decisionsWaiting } from '../features/booking/waiting.ts';
import type { Queue } from '../queue/queue.ts';

export type Metrics = {
  /** A command was answered. `name` is one of our own, never what came in. */
  command(name: string, platform: string, outcome: string, ms: number): void;
  /** What became of one attempt to deliver an outbox row, and how many milliseconds after it was due. */
  delivery(kind: string, result: string, late: number): void;
  /** A transaction is on disk, or undone. */
  transaction(ms: number): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
  contentType: string;
};

type Watched = {
  db: Pick<Db, 'read'>;
  clock: Clock;
  queue: Pick<Queue, 'healthy'>;
  databasePath: string;
};

/** Counts what happens, in a registry of its own. What stands somewhere is looked up whenever somebody asks. */
export function createMetrics(watched: Watched): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const lookAround = createGauges(registry, watched);

  const commands = new Counter({
    name: 'commands_total',
    help: 'Commands answered',
    labelNames: ['command', 'platform', 'outcome'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'command_duration_seconds',
    help: 'From a command coming in to its answer',
    labelNames: ['command', 'platform'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5],
    registers,
  });
  const deliveries = new Counter({
    name: 'deliveries_total',
    help: 'Attempts to deliver an outbox row, by what became of them',
    labelNames: ['kind', 'result'] as const,
    registers,
  });
  const lateness = new Histogram({
    name: 'delivery_lateness_seconds',
    help: 'From a row being due to the end of the attempt',
    labelNames: ['kind'] as const,
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
    registers,
  });
  const transactions = new Histogram({
    name: 'transaction_duration_seconds',
    help: 'From a transaction being asked for to its being on disk',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    registers,
  });

  // A counter that begins with its first failure shows no rise, and nothing rings.
  for (const kind of ['tell', 'refresh', 'run', 'mail', 'file', 'post'])
    for (const result of ['failed', 'unreachable', 'retried']) deliveries.inc({ kind, result }, 0);
  const seen = new Set<string>();

  return {
    command(name, platform, outcome, ms) {
      if (!seen.has(name + platform)) commands.inc({ command: name, platform, outcome: 'fault' }, 0);
      seen.add(name + platform);
      commands.inc({ command: name, platform, outcome });
      durations.observe({ command: name, platform }, ms / 1_000);
    },
    delivery(kind, result, late) {
      deliveries.inc({ kind, result });
      lateness.observe({ kind }, late / 1_000);
    },
    transaction: (ms) => transactions.observe(ms / 1_000),
    async text() {
      await lookAround();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

const matters = ['request', 'change', 'cancellation'] as const;

/** @returns what looks up how everything stands and sets the gauges to it */
function createGauges(registry: Registry, { db, clock, queue, databasePath }: Watched): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });

  const rows = gauge(
    'outbox_rows',
    'Outbox rows that are due and not yet delivered, and those that were given up',
    'state',
  );
  const overdue = gauge(
    'outbox_oldest_due_age_seconds',
    'How long the oldest overdue outbox row has been due',
  );
  const waiting = gauge(
    'decisions_waiting',
    'What waits for reviewers, of meetings that are still to come',
    'matter',
  );
  const oldest = gauge(
    'decisions_oldest_age_seconds',
    'How long the oldest of what waits for reviewers has waited',
    'matter',
  );
  const queueUp = gauge('queue_up', '1 while Redis can be reached, 0 while messages wait for it');
  const size = gauge('database_size_bytes', 'Size of the SQLite file, and of the log beside it', 'file');
  const free = gauge('database_disk_free_bytes', 'What is free on the disk that the database is on');
  new Counter({
    name: 'event_loop_busy_seconds_total',
    help: 'How long the one thread that does everything was at work: its rate is the part of the time',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(performance.eventLoopUtilization().active / 1_000);
    },
  });

  async function lookAtOutbox(now: Instant): Promise<void> {
    const stands = await standing(db.read, now);
    rows.set({ state: 'due' }, stands.due);
    rows.set({ state: 'failed' }, stands.failed);
    overdue.set(stands.oldestDue === null ? 0 : (now - stands.oldestDue) / 1_000);
  }
  async function lookAtDecisions(now: Instant): Promise<void> {
    const found = await decisionsWaiting(db.read, now);
    for (const matter of matters) {
      const row = found.find((it) => it.matter === matter);
      waiting.set({ matter }, row?.waiting ?? 0);
      oldest.set({ matter }, row ? (now - row.since) / 1_000 : 0);
    }
  }
  async function lookAtDisk(): Promise<void> {
    size.set({ file: 'main' }, await sizeOf(databasePath));
    size.set({ file: 'wal' }, await sizeOf(`${databasePath}-wal`));
    const { bavail, bsize } = await statfs(dirname(databasePath));
    free.set(bavail * bsize);
  }

  return async () => {
    const now = clock.now();
    await Promise.all([lookAtOutbox(now), lookAtDecisions(now), lookAtDisk()]);
    queueUp.set((await queue.healthy()) ? 1 : 0);
  };
}

/** Zero where there is no such file: SQLite removes the log when the last connection closes. */
async function sizeOf(path: string): Promise<number> {
  return existsSync(path) ? (await stat(path)).size : 0;
}
