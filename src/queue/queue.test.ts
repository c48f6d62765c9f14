import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../test/support/eventually.ts';
import { testRedis } from '../../test/support/redis.ts';
import type { OutboxId } from '../core/ids.ts';
import { createLogger } from '../core/logger.ts';
import { createBullQueue } from './bullmq.ts';
import { createInProcessQueue } from './in-process.ts';
import { type Queue, workersPerLane } from './queue.ts';

const logger = createLogger('silent');
const ticket = (id: string, lane = 'slack:T1') => ({ id: id as OutboxId, lane });

/** Work that is held until it is let go, so that a test decides what is under way. */
function heldWork() {
  const begun: string[] = [];
  const over: string[] = [];
  const gates = new Map<string, () => void>();
  return {
    begun,
    over,
    work: (id: string) =>
      new Promise<void>((resolve) => {
        begun.push(id);
        gates.set(id, resolve);
      }),
    isOver: (id: string) => void over.push(id),
    letGo(...ids: string[]) {
      for (const id of ids) gates.get(id)?.();
    },
  };
}

describe.each([
  { name: 'in process', create: () => createInProcessQueue(logger) },
  { name: 'BullMQ', create: () => createBullQueue({ ...testRedis(), logger }) },
])('the queue $name', ({ create }) => {
  const opened: Queue[] = [];

  async function openQueue(): Promise<Queue> {
    const queue = create();
    opened.push(queue);
    await eventually(async () => expect(await queue.healthy()).toBe(true));
    return queue;
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((it) => it.close(1_000)));
  });

  test('[2.7] hands every ticket to a worker, also those added before the start', async () => {
    const queue = await openQueue();
    const done: string[] = [];
    await queue.add([ticket('early')]);
    queue.start(
      async (id) => void done.push(id),
      () => {},
    );
    await queue.add([ticket('1'), ticket('2', 'teams:t')]);
    await eventually(() => expect(done.toSorted()).toEqual(['1', '2', 'early']));
  });

  test('[2.7] works once on what is added again while it waits or is worked on', async () => {
    const queue = await openQueue();
    const { work, isOver, begun, over, letGo } = heldWork();
    await queue.add([ticket('a'), ticket('a')]);
    queue.start(work, isOver);
    await eventually(() => expect(begun).toEqual(['a']));
    await queue.add([ticket('a'), ticket('b')]);
    await eventually(() => expect(begun).toEqual(['a', 'b']));
    letGo('a', 'b');
    await eventually(() => expect(over.toSorted()).toEqual(['a', 'b']));
    await queue.add([ticket('c')]);
    await eventually(() => expect(begun).toEqual(['a', 'b', 'c']));
    letGo('c');
  });

  test('[2.7] takes a ticket again once it is over', async () => {
    const queue = await openQueue();
    const done: string[] = [];
    const over: string[] = [];
    queue.start(
      async (id) => void done.push(id),
      (id) => over.push(id),
    );
    for (const round of [1, 2, 3]) {
      await queue.add([ticket('a')]);
      await eventually(() => expect(over).toHaveLength(round));
    }
    expect(done).toEqual(['a', 'a', 'a']);
  });

  test('[2.7] outlives work that fails, and the ticket can be added again', async () => {
    const queue = await openQueue();
    const over: string[] = [];
    let tries = 0;
    queue.start(
      async () => {
        tries++;
        throw new Error('no');
      },
      (id) => over.push(id),
    );
    await queue.add([ticket('a')]);
    await eventually(() => expect(over).toEqual(['a']));
    await queue.add([ticket('a')]);
    await eventually(() => expect(over).toEqual(['a', 'a']));
    expect(tries).toBe(2);
  });

  test('[2.7] works on several tickets of a lane at a time, and a full lane stops no other', async () => {
    const queue = await openQueue();
    const { work, isOver, begun, over, letGo } = heldWork();
    queue.start(work, isOver);
    const many = Array.from({ length: workersPerLane + 3 }, (_, n) => `${n}`);
    await queue.add(many.map((id) => ticket(id)));
    await eventually(() => expect(begun).toHaveLength(workersPerLane));
    await queue.add([ticket('other', 'slack:T2')]);
    await eventually(() => expect(begun).toContain('other'));
    expect(begun).toHaveLength(workersPerLane + 1);
    await eventually(() => {
      letGo('other', ...many);
      expect(over).toHaveLength(many.length + 1);
    });
  });

  test('[2.7] a paused lane waits that long, and no other lane does', async () => {
    const queue = await openQueue();
    const begun = new Map<string, number>();
    queue.start(
      async (id) => void begun.set(id, Date.now()),
      () => {},
    );
    await queue.pause('slack:T1', 1_500);
    const paused = Date.now();
    await queue.add([ticket('held'), ticket('free', 'slack:T2')]);
    await eventually(() => expect([...begun.keys()]).toEqual(['free', 'held']));
    // Redis counts in whole milliseconds.
    expect(begun.get('held')).toBeGreaterThanOrEqual(paused + 1_500 - 20);
  });

  test('[2.7] closing waits for what is worked on and starts nothing more', async () => {
    const queue = await openQueue();
    const { work, isOver, begun, letGo } = heldWork();
    queue.start(work, isOver);
    const many = Array.from({ length: workersPerLane + 1 }, (_, n) => `${n}`);
    await queue.add(many.map((id) => ticket(id)));
    await eventually(() => expect(begun).toHaveLength(workersPerLane));
    let closed = false;
    const closing = queue.close(60_000).then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(false);
    letGo(...many);
    await closing;
    expect(begun).toHaveLength(workersPerLane);
    expect(await queue.healthy()).toBe(false);
    await expect(queue.add([ticket('late')])).rejects.toThrow('closed');
  });

  test('[2.7] closing gives up on work that does not end', async () => {
    const queue = await openQueue();
    const { work, isOver, begun, letGo } = heldWork();
    queue.start(work, isOver);
    await queue.add([ticket('stuck')]);
    await eventually(() => expect(begun).toEqual(['stuck']));
    await queue.close(50);
    expect(await queue.healthy()).toBe(false);
    letGo('stuck');
  });
});
