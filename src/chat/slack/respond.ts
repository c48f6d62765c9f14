import { timeout } from './client.ts';
import type { Message } from './render.ts';

/**
 * Answers a command or click through the address that came with it, seen by that person only.
 * @param options `replace`: in place of the message that was clicked
 * @throws when Slack did not take it
 */
export async function respondTo(url: string, message: Message, options: { replace: boolean }): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      response_type: 'ephemeral',
      replace_original: options.replace,
      mrkdwn: false,
      ...message,
    }),
    signal: AbortSignal.timeout(timeout),
  });
  if (!response.ok) throw new Error(`Slack did not take the answer (${response.status})`);
}
