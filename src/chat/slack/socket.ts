import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../core/logger.ts';
import { traceSlack } from './client.ts';

const payload = z.looseObject({});
const envelope = { envelope_id: z.string().min(1).max(200) };
const frame = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('hello') }),
  z.looseObject({ type: z.literal('disconnect') }),
  z.looseObject({ type: z.literal('slash_commands'), ...envelope, payload }),
  z.looseObject({ type: z.literal('interactive'), ...envelope, payload }),
  z.looseObject({
    type: z.literal('events_api'),
    ...envelope,
    payload: payload.extend({ event: z.looseObject({ type: z.string() }) }),
  }),
]);

/** What the SDK tells itself of its connection. */
const states = ['authenticated', 'connected', 'connecting', 'disconnected', 'disconnecting', 'reconnecting'];

/**
 * Lets through the socket only what Slack sends there, of at most `limit` characters: the SDK takes a frame's type for
 * an event of its own, and rejects where nobody listens when a frame has no payload or its connection is gone (6.4).
 */
export function guardSocket({ client }: SocketModeReceiver, limit: number, logger: Logger): void {
  const own = new Set<unknown>([...client.eventNames(), ...states]);
  const isSound = (data: unknown): boolean => {
    if (typeof data !== 'string' || data.length > limit) return false;
    const parsed = frame.safeParse(read(data));
    if (!parsed.success) return false;
    return parsed.data.type !== 'events_api' || !own.has(parsed.data.payload.event.type);
  };
  wrap('ws_message', (listener) => async (data: unknown, isBinary: unknown) => {
    if (!isBinary && isSound(data)) await listener(data, isBinary);
    else logger.warn('a frame that Slack does not send was passed over');
  });
  wrap('slack_event', (listener) => listener);

  function wrap(event: string, around: (listener: Listener) => Listener): void {
    const listeners = client.listeners(event) as Listener[];
    client.removeAllListeners(event);
    for (const listener of listeners)
      client.on(event, (...args: unknown[]) => {
        // Slack delivers again, on the next connection, what was not acknowledged on this one.
        around(listener)(...args).catch((error: unknown) =>
          logger.warn(traceSlack(error), 'an envelope from Slack was not acknowledged'),
        );
      });
  }
}

type Listener = (...args: unknown[]) => Promise<void>;

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
