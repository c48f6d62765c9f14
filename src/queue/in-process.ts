import { traceError } from '../core/describe-error.ts';
import type { OutboxId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import { type Lane, type Queue, type Work, workersPerLane } from './queue.ts';
import { createUnderWay } from './under-way.ts';

type Crew = { work: Work; over: (id: OutboxId, failed: boolean) => void };
type Waiting = { ids: OutboxId[]; working: number; resume: NodeJS.Timeout | null };

/** A queue in the memory of this process: for the sandbox, where there is no Redis. */
export function createInProcessQueue(logger: Logger): Queue {
  const lanes = new Map<Lane, Waiting>();
  const known = new Set<OutboxId>();
  const underWay = createUnderWay();
  let crew: Crew | null = null;
  let closed = false;

  function laneOf(name: Lane): Waiting {
    const lane = lanes.get(name) ?? { ids: [], working: 0, resume: null };
    lanes.set(name, lane);
    return lane;
  }

  function advance(lane: Waiting): void {
    while (crew && !closed && !lane.resume && lane.working < workersPerLane) {
      const id = lane.ids.shift();
      if (id === undefined) return;
      lane.working++;
      void underWay.track(perform(lane, id, crew));
    }
  }

  async function perform(lane: Waiting, id: OutboxId, { work, over }: Crew): Promise<void> {
    let failed = false;
    try {
      await work(id);
    } catch (cause) {
      failed = true;
      logger.error({ outbox: id, ...traceError(cause) }, 'work on a queued row failed');
    }
    known.delete(id);
    lane.working--;
    over(id, failed);
    advance(lane);
  }

  return {
    async add(tickets) {
      if (closed) throw new Error('the queue is closed');
      for (const { id, lane } of tickets) {
        if (known.has(id)) continue;
        known.add(id);
        laneOf(lane).ids.push(id);
      }
      for (const lane of lanes.values()) advance(lane);
    },
    start(work, over) {
      crew = { work, over };
      for (const lane of lanes.values()) advance(lane);
    },
    async pause(name, ms) {
      if (closed) return;
      const lane = laneOf(name);
      if (lane.resume) clearTimeout(lane.resume);
      lane.resume = setTimeout(() => {
        lane.resume = null;
        advance(lane);
      }, ms);
    },
    healthy: async () => !closed,
    async close(graceMs) {
      closed = true;
      for (const lane of lanes.values()) if (lane.resume) clearTimeout(lane.resume);
      await underWay.ended(graceMs);
    },
  };
}
