import type { App } from '@slack/bolt';
import { type Place, show } from './answer.ts';
import { callerOf, type Deps } from './callers.ts';
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
    const { text, mentions } = readText(typed);
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
    await show(await dispatch.say(caller, text, command.trigger_id, mentions), place, client, logger);
  });
}
