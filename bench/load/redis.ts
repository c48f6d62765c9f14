import { Redis } from 'ioredis';
import { findRedis } from '../../test/support/find-redis.ts';
import { startRedis, thisMachine } from '../../test/support/redis-server.ts';

export type OwnRedis = {
  url: string;
  /** What it holds, in bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

/** A Redis for this measurement alone where one can be started, so that its memory is ours. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const program = await thisMachine.program();
  const { url, stop } = program ? await startRedis(program) : await findRedis(thisMachine);
  const asking = new Redis(url);
  return {
    url,
    memory: async () => Number(/used_memory:(\d+)/.exec(await asking.info('memory'))?.[1] ?? Number.NaN),
    async stop() {
      asking.disconnect();
      await stop();
    },
  };
}
