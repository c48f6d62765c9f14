import type { App } from '@slack/bolt';
import { type Place, show } from './answer.ts';
import { callerOf, type Deps, placeOf } from './callers.ts';
import type { Message } from './render.ts';
import { respondTo } from './respond.ts';
import { readText } from './text.ts';
import { sayAgain } from './wire.ts';

/** Slash commands, known or not: what is unknown gets a helpful answer too. Seen by the caller alone. */
export function listenToCommands(app: App, { workspaces, dispatch, logger }: Deps): void {
  app.command(/.*/, async ({ command, context, ack }) => {
    const { caller, client } = await callerOf(workspaces, context);
    await ack();
    const typed = `${command.command.replace(/^\//, '')} ${command.text}`.trim();
    const { text, named } = readText(typed, caller.tenant);
    const from = { ...caller, place: placeOf(caller, command.channel_id, command.channel_name) };
    const respond = (message: Message) => respondTo(command.response_url, message, { replace: false });
    const place: Place = {
      card: async (message) => {
        await respond(message);
        return null;
      },
      aside: respond,
      trigger: command.trigger_id,
      again: sayAgain(typed),
      adds: false,
    };
    await show(await dispatch.say(from, text, command.trigger_id, named), place, client, logger);
  });
}
