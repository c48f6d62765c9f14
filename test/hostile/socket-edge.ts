import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { eventually } from '../support/eventually.ts';
import { type Listening, listen } from '../support/listen.ts';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Slack's side of Socket Mode, down to the single frame; whoever comes back after a disconnect is let in again. */
export type SocketEdge = {
  url: string;
  /** How many connections there were so far. */
  connections(): number;
  /** Sends one frame; `announced`: the length that it claims to have. */
  frame(opcode: number, body: string | Buffer, more?: { announced?: number; unfinished?: boolean }): void;
  /** Sends an envelope. @returns what it is acknowledged with. */
  deliver(type: string, payload: unknown, id?: string): Promise<unknown>;
  /** How often each envelope was acknowledged. */
  acknowledged: Map<string, number>;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Resolves when the bot has come back. */
  back(connections: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startSocketEdge(): Promise<SocketEdge> {
  const waiting = new Map<string, (payload: unknown) => void>();
  const acknowledged = new Map<string, number>();
  const sockets: Duplex[] = [];
  const server = createServer();
  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.push(socket);
    socket.write(written(opcodes.text, JSON.stringify({ type: 'hello' })));
    let rest = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      rest = take(Buffer.concat([rest, data]), (opcode, body) => {
        if (opcode === opcodes.close) socket.end(written(opcodes.close, ''));
        if (opcode === opcodes.ping) socket.write(written(opcodes.pong, body));
        if (opcode !== opcodes.text) return;
        const { envelope_id: id, payload } = JSON.parse(body.toString());
        acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
        waiting.get(id)?.(payload);
      });
    });
    socket.on('error', () => socket.destroy()).on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const edge: SocketEdge = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => sockets.length,
    acknowledged,
    frame: (opcode, body, more) => void sockets.at(-1)?.write(written(opcode, body, more)),
    deliver(type, payload, id = randomUUID()) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      waiting.set(id, resolve);
      edge.frame(opcodes.text, JSON.stringify({ type, envelope_id: id, payload }));
      return promise;
    },
    cut: () => void sockets.at(-1)?.destroy(),
    // The SDK waits for five seconds before it comes back.
    back: (connections) =>
      eventually(
        async () =>
          sockets.length > connections || Promise.reject(new Error(`still at ${sockets.length} connections`)),
      ).then(() => {}),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return edge;
}

/** A frame as a server sends it. */
function written(
  opcode: number,
  content: string | Buffer,
  { announced, unfinished = false }: { announced?: number; unfinished?: boolean } = {},
): Buffer {
  const body = Buffer.from(content);
  const length = announced ?? body.length;
  const first = (unfinished ? 0 : 0x80) | opcode;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = first;
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, body]);
}

/** Reads a client's masked frames. @returns what is left of an unfinished one. */
function take(data: Buffer, got: (opcode: number, body: Buffer) => void): Buffer<ArrayBuffer> {
  let at = 0;
  while (at + 2 <= data.length) {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const mask = at + (short === 127 ? 10 : short === 126 ? 4 : 2);
    if (mask + 4 > data.length) break;
    const length =
      short === 127
        ? Number(data.readBigUInt64BE(at + 2))
        : short === 126
          ? data.readUInt16BE(at + 2)
          : short;
    const end = mask + 4 + length;
    if (end > data.length) break;
    const body = data.subarray(mask + 4, end).map((byte, n) => byte ^ (data[mask + (n % 4)] ?? 0));
    got((data[at] ?? 0) & 0x0f, Buffer.from(body));
    at = end;
  }
  return Buffer.from(data.subarray(at));
}

/** A request to Slack's HTTP endpoint as the envelope that Slack would send instead. */
export function envelopeOf(body: string): { type: string; payload: Record<string, unknown> } {
  if (body.startsWith('{')) return { type: 'events_api', payload: JSON.parse(body) };
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined
    ? { type: 'slash_commands', payload: form }
    : { type: 'interactive', payload: JSON.parse(form.payload) };
}

/** Takes what Slack would post, and sends it over the socket. */
export const startBridge = (edge: SocketEdge): Promise<Listening> =>
  listen(async (request, response) => {
    const { type, payload } = envelopeOf(await text(request));
    const answer = await edge.deliver(type, payload);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null));
  });
