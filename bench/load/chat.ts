import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Arrivals } from './edge.ts';

export type Chat = {
  /** Where its API is. */
  url: string;
  /** When what was sent since the last time arrived, by the id of the delivery. */
  arrivals(): Promise<Map<string, number>>;
  stop(): void;
};

/** Starts a Slack that answers at once, as a process of its own. */
export async function startChat(): Promise<Chat> {
  const child = fork(new URL('./edge.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}/api`,
    async arrivals() {
      child.send('arrivals');
      const [all] = (await once(child, 'message')) as [Arrivals];
      return new Map(all);
    },
    stop: () => child.disconnect(),
  };
}
