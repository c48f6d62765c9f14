import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export type SlackSocket = {
  url: string;
  /** Sends an envelope over the open connection, and gives what the bot acknowledges it with. */
  send(type: string, payload: Record<string, unknown>): Promise<unknown>;
  /** Resolves when the bot has left. */
  left: Promise<void>;
  stop(): Promise<void>;
};

/** Slack's side of Socket Mode: one connection, text frames of up to 64 KB. */
export async function startSocket(): Promise<SlackSocket> {
  const waiting = new Map<string, (payload: unknown) => void>();
  const left = Promise.withResolvers<void>();
  let connection: Duplex | null = null;

  const server = createServer();
  server.on('upgrade', (request, socket) => {
    connection = socket;
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(frame({ type: 'hello' }));
    socket.on('data', (data: Buffer) => {
      for (const { opcode, text } of framesIn(data)) {
        if (opcode === closing) socket.end(Buffer.from([0x80 | closing, 0]));
        if (opcode !== texting) continue;
        const { envelope_id: id, payload } = JSON.parse(text);
        waiting.get(id)?.(payload);
      }
    });
    socket.on('close', left.resolve).on('error', () => left.resolve());
    socket.on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send(type, payload) {
      if (!connection) throw new Error('nobody is connected');
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<unknown>();
      waiting.set(id, resolve);
      connection.write(frame({ type, envelope_id: id, payload, accepts_response_payload: true }));
      return promise;
    },
    left: left.promise,
    async stop() {
      connection?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const texting = 1;
const closing = 8;

function frame(value: object): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const header = body.length < 126 ? [0x81, body.length] : [0x81, 126, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from(header), body]);
}

type Frame = { opcode: number; text: string };

/** What a client sends; its frames are masked. */
function framesIn(data: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 2 <= data.length; ) {
    const [first = 0, second = 0] = data.subarray(at, at + 2);
    const short = second & 0x7f;
    const length = short === 126 ? data.readUInt16BE(at + 2) : short;
    const mask = at + (short === 126 ? 4 : 2);
    const body = data
      .subarray(mask + 4, mask + 4 + length)
      .map((byte, i) => byte ^ (data[mask + (i % 4)] ?? 0));
    frames.push({ opcode: first & 0x0f, text: Buffer.from(body).toString() });
    at = mask + 4 + length;
  }
  return frames;
}
