import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../db/database.ts';
import { standing } from '../db/outbox.ts';

export type Metrics = {
  /** A command was answered. `name` is one of our own, never what came in. */
  command(name: string, platform: string, outcome: string, ms: number): void;
  /** What became of one attempt to deliver an outbox row. */
  delivery(kind: string, result: string): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
  contentType: string;
};

/** Counts what happens, in a registry of its own. The outbox is asked for whenever somebody looks. */
export function createMetrics(db: Pick<Db, 'read'>, clock: Clock): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

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
  const rows = new Gauge({
    name: 'outbox_rows',
    help: 'Outbox rows that wait, and those that were given up',
    labelNames: ['state'] as const,
    registers,
  });
  const age = new Gauge({
    name: 'outbox_oldest_due_age_seconds',
    help: 'How long the oldest overdue outbox row has been due',
    registers,
  });

  async function lookAtOutbox(): Promise<void> {
    const now = clock.now();
    const { waiting, failed, oldestDue } = await standing(db.read, now);
    rows.set({ state: 'waiting' }, waiting);
    rows.set({ state: 'failed' }, failed);
    age.set(oldestDue === null ? 0 : (now - oldestDue) / 1_000);
  }

  return {
    command(name, platform, outcome, ms) {
      commands.inc({ command: name, platform, outcome });
      durations.observe({ command: name, platform }, ms / 1_000);
    },
    delivery: (kind, result) => deliveries.inc({ kind, result }),
    async text() {
      await lookAtOutbox();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
