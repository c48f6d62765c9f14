import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a Redis that can be cut and mended, as when Redis goes away, or frozen, as when its client does. */
export async function redisLine(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port || 6379) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const lineUrl = new URL(url);
  lineUrl.hostname = '127.0.0.1';
  lineUrl.port = `${address.port}`;

  return {
    url: lineUrl.href,
    async cut() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    mend: () => listen(address.port),
    /** Nothing passes any more, and nobody is told: to the other clients, whoever was on it is dead. */
    freeze() {
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      for (const socket of sockets) socket.resume();
    },
  };
}
