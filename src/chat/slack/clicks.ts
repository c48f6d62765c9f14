import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Act, Answered, Caller, Dispatch } from '../ports.ts';
import { openForm, type Place, show } from './answer.ts';
import { callerOf, type Deps } from './callers.ts';
import type { Client } from './client.ts';
import { renderForm } from './form.ts';
import { change, post, sentAt } from './messenger.ts';
import { linkId } from './render.ts';
import { respondTo } from './respond.ts';
import { type ButtonData, decodeButton, type Origin } from './wire.ts';

/** A click on a button of a message. */
const click = z.object({
  trigger_id: z.string(),
  response_url: z.string(),
  container: z.object({
    channel_id: z.string(),
    message_ts: z.string(),
    is_ephemeral: z.boolean().default(false),
  }),
});

/** What a button of ours that can't be read any more sends: the answer says that it is out of date. */
const unreadable: ButtonData = { command: '', data: {} };

/** Buttons: they send their command, after asking what they have to ask. */
export function listenToClicks(app: App, { workspaces, dispatch, logger }: Deps): void {
  app.action(/.*/, async ({ action, body, context, ack }) => {
    const { caller, client } = await callerOf(workspaces, context);
    await ack();
    if (action.type !== 'button' || !('action_id' in action) || action.action_id.startsWith(linkId)) return;
    const { trigger_id: trigger, response_url: responseUrl, container } = click.parse(body);
    const data = decodeButton(action.value) ?? unreadable;
    const origin: Origin = {
      channel: container.channel_id,
      ts: container.message_ts,
      ephemeral: container.is_ephemeral,
      responseUrl,
      answer: ('answer' in data && data.answer) || 'here',
    };
    const place: Place = {
      card: (message) => showAt(origin, client, message),
      aside: (message) => respondTo(responseUrl, message, { replace: false }),
      trigger,
      again: data,
      adds: origin.answer === 'new',
    };
    if ('ask' in data && data.ask) {
      const { language, ...asked } = data.ask;
      const view = renderForm({ ...asked, command: data.command, data: data.data }, language, origin);
      return openForm(view, asked.title, place, client, logger);
    }
    await show(await send(dispatch, caller, data, trigger), place, client, logger);
  });
}

const send = (dispatch: Dispatch, caller: Caller, data: ButtonData, id: string): Promise<Answered> => {
  if ('say' in data) return dispatch.say(caller, data.say, id);
  const act: Act = { command: data.command, data: data.data, values: {} };
  return dispatch.act(caller, act, id);
};

/** Shows a card where the click that led to it wants it: in place of the message, or as one of its own. */
export async function showAt(
  { channel, ts, ephemeral, responseUrl, answer }: Origin,
  client: Client,
  message: Parameters<Place['card']>[0],
): ReturnType<Place['card']> {
  if (answer === 'here' && !ephemeral) {
    await client.chat.update(change(channel, ts, message));
    return { conversation: channel, message: ts };
  }
  // Only a direct message can be added to: in a channel everybody would see it.
  if (answer === 'new' && !ephemeral && channel.startsWith('D')) {
    const posted = await client.chat.postMessage(post(channel, message));
    return sentAt(posted.channel, posted.ts);
  }
  await respondTo(responseUrl, message, { replace: answer === 'here' });
  return null;
}
