import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Slack's API as a process of its own, which takes every message and answers at once. Asked over the channel between the
 * processes, it says when each delivery arrived.
 */

/** By the id of the delivery: when its message arrived, in milliseconds of the wall clock. */
export type Arrivals = Array<[delivery: string, at: number]>;

let arrivals: Arrivals = [];
let sent = 0;

const server = createServer((request, response) => {
  const at = performance.timeOrigin + performance.now();
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    const metadata = new URLSearchParams(body).get('metadata');
    const delivery = metadata && JSON.parse(metadata).event_payload?.delivery;
    if (delivery) arrivals.push([delivery, at]);
    const ts = `1700000000.${String(++sent).padStart(6, '0')}`;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ ok: true, channel: 'D0', ts, team_id: 'T0', user_id: 'UBOT', bot_id: 'B1' }),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  process.send?.(arrivals);
  arrivals = [];
});
process.on('disconnect', () => process.exit(0));
