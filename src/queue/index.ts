import { day, type Instant } from '../core/clock.ts';
import { traceError } from '../core/describe-error.ts';
import { within } from '../core/within.ts';
import { bringForward, release } from '../db/outbox.ts';
import { longestWait } from './backoff.ts';
import { createDeliver } from './deliver.ts';
import { cardsLane, createPatient, jobsLane, laneOf, mailLane } from './lanes.ts';
import type { DeliveryPorts } from './ports.ts';
import type { Queue } from './queue.ts';
import { createRelay } from './relay.ts';

export { createBullQueue } from './bullmq.ts';
export { createInProcessQueue } from './in-process.ts';
export type { DeliveryPorts, DeliveryResult, People, Reachable } from './ports.ts';
export type { Queue } from './queue.ts';

export type Delivery = {
  /** Takes back what a killed process had claimed, then delivers whatever is due. Never two processes on one database. */
  start(): Promise<void>;
  /** Call it after a commit: what it left in the outbox is delivered at once. */
  kick(): void;
  healthy(): Promise<boolean>;
  /** Starts nothing more, and gives what is under way at most `graceMs` to end. */
  stop(graceMs: number): Promise<void>;
};

/** Outbox to chat: the relay finds what is due, the queue hands it to workers, and they deliver and mark it. */
export function createDelivery(ports: DeliveryPorts & { queue: Queue }): Delivery {
  const { db, clock, queue, people, logger } = ports;

  const messengers = createPatient(ports.messengers, clock, (lane, ms) => {
    logger.warn({ lane, ms }, 'told to wait');
    // Should the queue not hear of it: the messenger keeps away by itself.
    queue.pause(lane, ms).catch((cause) => logger.debug(traceError(cause), 'a lane could not be paused'));
  });
  const deliver = createDeliver({ ...ports, messengers });

  const bringForwardWithin = (now: Instant, until: Instant) =>
    db.transact((tx) => bringForward(tx, now, { until, wait: longestWait }));

  const relay = createRelay({
    onSetBack: bringForwardWithin,
    read: db.read,
    queue,
    clock,
    logger,
    async laneOf(row) {
      if (row.kind === 'refresh') return cardsLane;
      if (row.kind === 'mail') return mailLane;
      const [to] = row.person ? await people.addresses(db.read, row.person) : [];
      return to ? laneOf(to.address) : jobsLane;
    },
  });

  return {
    async start() {
      await db.transact(release);
      // The clock may have been set back while nobody was looking.
      const now = clock.now();
      await bringForwardWithin(now, now + day);
      queue.start(deliver, relay.over);
      relay.start();
    },
    kick: relay.kick,
    healthy: queue.healthy,
    async stop(graceMs) {
      const since = Date.now();
      await within(graceMs, relay.stop());
      await queue.close(Math.max(0, graceMs - (Date.now() - since)));
    },
  };
}
