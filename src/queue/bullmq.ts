import { Queue as BullQueue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { traceError } from '../core/describe-error.ts';
import type { Logger } from '../core/logger.ts';
import { createOutageReport } from './outages.ts';
import { type Lane, type Queue, type Ticket, workersPerLane } from './queue.ts';
import { createUnderWay } from './under-way.ts';

/** What Teams grants a bot in one tenant; Slack grants less and says so when it is too much. */
const limiter = { max: 50, duration: 1_000 };

/** A lane's queue, and its workers once there is work for them. */
type Line = { queue: BullQueue; worker?: Worker };

/**
 * The queue on Redis: one BullMQ queue with its workers for every lane.
 * @param prefix what all its keys begin with; not shared with another deployment.
 */
export function createBullQueue(options: { url: string; prefix: string; logger: Logger }): Queue {
  const { url, prefix, logger } = options;
  // Adding fails at once when Redis is away, for the relay adds again. Workers wait for it to come back.
  const quick = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 };
  const producer = new Redis(url, quick);
  const consumer = new Redis(url, { maxRetriesPerRequest: null });
  const report = createOutageReport(producer, logger);
  consumer.on('error', report);

  const opening = new Map<Lane, Promise<Line>>();
  const lines = new Map<Lane, Line>();
  const underWay = createUnderWay();
  let hire: ((lane: Lane) => Worker) | null = null;
  let closed: Promise<void> | null = null;

  function lineOf(lane: Lane): Promise<Line> {
    if (closed) throw new Error('the queue is closed');
    if (producer.status !== 'ready') throw new Error('Redis is out of reach');
    const line = opening.get(lane) ?? open(lane);
    opening.set(lane, line);
    return line;
  }

  async function open(lane: Lane): Promise<Line> {
    const queue = new BullQueue(encodeURIComponent(lane), {
      connection: producer,
      prefix,
      // The check asks Redis once and never again, so that one that fails would close the lane for good.
      skipVersionCheck: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    queue.on('error', report);
    try {
      // What a killed process left is due in the outbox again, and in here it would bar its own way.
      await queue.obliterate({ force: true });
    } catch (cause) {
      opening.delete(lane);
      await queue.close();
      throw cause;
    }
    const line: Line = { queue, ...(hire && !closed && { worker: hire(lane) }) };
    lines.set(lane, line);
    return line;
  }

  return {
    async add(tickets) {
      for (const [lane, group] of Map.groupBy(tickets, (it) => it.lane)) {
        const { queue } = await lineOf(lane);
        const job = (ticket: Ticket) => ({
          name: 'deliver',
          data: ticket,
          opts: { jobId: `outbox-${ticket.id}` },
        });
        await queue.addBulk(group.map(job));
      }
    },
    start(work, over) {
      hire = (lane) => {
        const settings = { connection: consumer, prefix, concurrency: workersPerLane, limiter };
        // A worker that was waiting still takes one job when it is paused: that one is left to the next start.
        const perform = async ({ data }: { data: Ticket }) => {
          if (!closed) await underWay.track(work(data.id));
        };
        const worker = new Worker<Ticket>(encodeURIComponent(lane), perform, settings);
        worker.on('error', report);
        worker.on('completed', (job) => over(job.data.id, false));
        worker.on('failed', (job, cause) => {
          logger.error({ outbox: job?.data.id, ...traceError(cause) }, 'work on a queued row failed');
          if (job) over(job.data.id, true);
        });
        return worker;
      };
      for (const [lane, line] of lines) line.worker = hire(lane);
    },
    async pause(lane, ms) {
      const { queue } = await lineOf(lane);
      await queue.rateLimit(ms);
    },
    async healthy() {
      if (closed || producer.status !== 'ready') return false;
      return producer.ping().then(
        () => true,
        (cause) => {
          report(cause);
          return false;
        },
      );
    },
    close(graceMs) {
      closed ??= close(graceMs);
      return closed;
    },
  };

  async function close(graceMs: number): Promise<void> {
    const workers = [...lines.values()].flatMap(({ worker }) => worker ?? []);
    await Promise.all(workers.map((it) => it.pause(true)));
    await underWay.ended(graceMs);
    // By force: what it would wait for has been waited for, and Redis may be away.
    await Promise.all(workers.map((it) => it.close(true)));
    await Promise.all([...lines.values()].map(({ queue }) => queue.close()));
    consumer.disconnect();
    producer.disconnect();
  }
}
