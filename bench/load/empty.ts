import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What the process with the empty handler is asked for; the moments are those of the wall clock, in milliseconds. */
export type Asked = { all: number } | { delayed: readonly number[] };
/** All of them: in how many milliseconds they were done. Delayed: how many milliseconds late each was. */
export type Told = number[];

export type EmptyQueue = { ask(asked: Asked): Promise<Told>; stop(): void };

/** Starts BullMQ with an empty handler. */
export async function startEmptyQueue(url: string): Promise<EmptyQueue> {
  const child = fork(new URL('./empty-queue.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = async () => ((await once(child, 'message')) as [Told])[0];
  child.send({ url });
  await answer();
  return {
    ask(asked) {
      child.send(asked);
      return answer();
    },
    stop: () => child.disconnect(),
  };
}
