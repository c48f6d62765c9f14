import type { App } from '@slack/bolt';
import { type Place, show } from './answer.ts';
import { callerOf, type Deps, placeOf } from './callers.ts';
import type { Client } from './client.ts';
import { post, sentAt } from './messenger.ts';
import type { Message } from './render.ts';
import { readText } from './text.ts';
import { sayAgain } from './wire.ts';
import type { Installations } from './workspaces.ts';

/** The events that the bot listens to; the app manifest subscribes to exactly these. */
export const botEvents = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im'] as const;

/** Messages to the bot, mentions of it, its tabs being opened, and its removal. */
export function listenToEvents(app: App, deps: Deps & { installations: Installations }): void {
  const { workspaces, dispatch, homes, logger, installations } = deps;

  app.event('message', async ({ event, body, context }) => {
    // Edits, deletions and what bots wrote (our own messages too) come by the same event.
    if (event.subtype !== undefined || event.channel_type !== 'im' || event.bot_id || !event.text) return;
    const { caller, client } = await callerOf(workspaces, context);
    const { text, named } = readText(event.text, caller.tenant);
    const answered = await dispatch.say(caller, text, body.event_id, named);
    await show(answered, inDirectMessage(client, event.channel, event.text), client, logger);
  });

  app.event('app_mention', async ({ event, body, context }) => {
    if (!event.user || event.bot_id) {
      const { teamId: tenant = '', userId = event.bot_id ?? '' } = context;
      return dispatch.turnedAway({ platform: 'slack', tenant, userId, why: 'bot' });
    }
    const { caller, client } = await callerOf(workspaces, context);
    const typed = withoutMention(event.text, body.authorizations?.[0]?.user_id);
    const { text, named } = readText(typed, caller.tenant);
    const there = { ...caller, place: placeOf(caller, event.channel) };
    const answered = await dispatch.say(there, text, body.event_id, named);
    const toThem = async (message: Message) => {
      await client.chat.postEphemeral({
        ...post(event.channel, message),
        user: caller.userId,
        ...(event.thread_ts && { thread_ts: event.thread_ts }),
      });
      return null;
    };
    await show(answered, adding(toThem, typed), client, logger);
  });

  app.event('app_home_opened', async ({ event, body, context }) => {
    const { caller, client } = await callerOf(workspaces, context);
    if (event.tab === 'home') return homes.opened({ caller, client });
    if (event.tab !== 'messages') return;
    const answered = await dispatch.arrive(caller, body.event_id);
    if (answered) await show(answered, inDirectMessage(client, event.channel, 'help'), client, logger);
  });

  app.event('app_uninstalled', async ({ body }) => installations.remove(body.team_id));
}

const inDirectMessage = (client: Client, channel: string, text: string): Place =>
  adding(async (message) => {
    const { channel: where, ts } = await client.chat.postMessage(post(channel, message));
    return sentAt(where, ts);
  }, text);

/** Where nothing can open and every answer is one more message. */
const adding = (card: Place['card'], text: string): Place => ({
  card,
  aside: async (message) => {
    await card(message);
  },
  trigger: null,
  again: sayAgain(text),
  adds: true,
});

/** `@bot book now` → `book now`. Other people who are mentioned stay. */
function withoutMention(text: string, bot: string | undefined): string {
  const rest = bot ? text.replaceAll(`<@${bot}>`, ' ') : text.replace(/^\s*<@[^>]+>/, '');
  return rest.trim();
}
