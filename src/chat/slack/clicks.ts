import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { MessageAt } from '../answering.ts';
import type { Act, Answered, Caller, Dispatch } from '../ports.ts';
import { openForm, type Place, show } from './answer.ts';
import { callerOf, type Deps } from './callers.ts';
import type { Client } from './client.ts';
import { renderForm } from './form.ts';
import { change, post, sentAt } from './messenger.ts';
import { linkId, type Message } from './render.ts';
import { respondTo } from './respond.ts';
import { readText } from './text.ts';
import { type ButtonData, decodeButton, type Origin } from './wire.ts';

/** A click on a button of a message. */
const inMessage = z.object({
  response_url: z.string(),
  container: z.object({
    channel_id: z.string(),
    message_ts: z.string(),
    is_ephemeral: z.boolean().default(false),
  }),
});
/** A click on a button of the Home tab. */
const inHome = z.object({
  container: z.object({ type: z.literal('view') }),
  view: z.object({ type: z.literal('home') }),
});
const click = z.object({ trigger_id: z.string() }).and(z.union([inMessage, inHome]));

/** What a button of ours that can't be read any more sends: the answer says that it is out of date. */
const unreadable: ButtonData = { command: '', data: {} };

/** Buttons: they send their command, after asking what they have to ask. */
export function listenToClicks(app: App, { workspaces, dispatch, answering, homes, logger }: Deps): void {
  app.action(/.*/, async ({ action, body, context, ack }) => {
    const { caller, client } = await callerOf(workspaces, context);
    await ack();
    if (action.type !== 'button' || !('action_id' in action) || action.action_id.startsWith(linkId)) return;
    const clicked = click.parse(body);
    const { trigger_id: trigger } = clicked;
    const data = decodeButton(action.value) ?? unreadable;
    const origin = 'view' in clicked ? null : originOf(clicked, data);
    const place = origin ? placeOf(origin, client, trigger, data) : homePlace(caller, client, trigger, data);
    if ('ask' in data && data.ask) {
      const { language, ...asked } = data.ask;
      const from = origin ? { origin } : ({ home: true } as const);
      const view = renderForm({ ...asked, command: data.command, data: data.data }, language, from);
      return openForm(view, asked.title, place, client, logger);
    }
    const answered = await answering.during(origin && standsAt(origin), async (clear) => {
      const found = await send(dispatch, caller, data, trigger);
      await clear();
      await show(found, place, client, logger);
      return found;
    });
    if (!origin && answered.answer.kind === 'card') await homes.refresh({ caller, client });
  });
}

const originOf = (
  { container, response_url: responseUrl }: z.infer<typeof inMessage>,
  data: ButtonData,
): Origin => ({
  channel: container.channel_id,
  ts: container.message_ts,
  ephemeral: container.is_ephemeral,
  responseUrl,
  answer: ('answer' in data && data.answer) || 'here',
});

const placeOf = (origin: Origin, client: Client, trigger: string, again: ButtonData): Place => ({
  card: (message) => showAt(origin, client, message),
  aside: (message) => respondTo(origin.responseUrl, message, { replace: false }),
  trigger,
  again,
  adds: origin.answer === 'new',
});

/** The Home tab shows one thing only: answers to its buttons are direct messages. */
function homePlace(caller: Caller, client: Client, trigger: string, again: ButtonData): Place {
  const card = async (message: Message) => {
    const { channel, ts } = await client.chat.postMessage(post(caller.userId, message));
    return sentAt(channel, ts);
  };
  return {
    card,
    aside: async (message) => {
      await card(message);
    },
    trigger,
    again,
    adds: true,
    home: true,
  };
}

const send = (dispatch: Dispatch, caller: Caller, data: ButtonData, id: string): Promise<Answered> => {
  if ('say' in data) {
    const { text, named } = readText(data.say, caller.tenant);
    return dispatch.say(caller, text, id, named);
  }
  const act: Act = { command: data.command, data: data.data, values: {} };
  return dispatch.act(caller, act, id);
};

/** The message in whose place the answer to a click is shown; null where it is shown elsewhere, or nobody can change it. */
export const standsAt = ({ channel, ts, ephemeral, answer }: Origin): MessageAt | null =>
  answer === 'here' && !ephemeral ? { conversation: channel, message: ts } : null;

/** Shows a card where the click that led to it wants it: in place of the message, or as one of its own. */
export async function showAt(
  origin: Origin,
  client: Client,
  message: Parameters<Place['card']>[0],
): ReturnType<Place['card']> {
  const { channel, ts, ephemeral, responseUrl, answer } = origin;
  const here = standsAt(origin);
  if (here) {
    await client.chat.update(change(channel, ts, message));
    return here;
  }
  // Only a direct message can be added to: in a channel everybody would see it.
  if (answer === 'new' && !ephemeral && channel.startsWith('D')) {
    const posted = await client.chat.postMessage(post(channel, message));
    return sentAt(posted.channel, posted.ts);
  }
  await respondTo(responseUrl, message, { replace: answer === 'here' });
  return null;
}
