import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type types, webApi } from '@slack/bolt';
import { createEmulator } from 'emulate';
import { checkView } from '../../src/chat/slack/limits.ts';
import type { SlackConfig } from '../../src/config.ts';
import { eventually } from './eventually.ts';
import {
  type Edge,
  type EdgeHooks,
  type Failure,
  type Shown,
  type SlackMessage,
  type SlackView,
  startEdge,
} from './slack-edge.ts';
import { buttonsOf, type Filled, inputsOf, stateOf } from './slack-payloads.ts';
import { botToken, botTokens, createPurse } from './slack-tokens.ts';

export { buttonsOf, inputsOf, textOf } from './slack-payloads.ts';
export type { Shown, SlackMessage, SlackView };

export type SlackPerson = {
  /** Short name, unique; the e-mail address follows from it where none is given. */
  name: string;
  email?: string;
  /** What the directory says of them beside, e.g. `{ is_restricted: true, locale: 'zh-TW', tz: 'Asia/Taipei' }`. */
  profile?: object;
};
export type SlackUser = {
  id: string;
  name: string;
  email: string /** Their chat with the bot. */;
  chat: string;
};

export type SlackFile = { name: string; title: string; content: Buffer };

export type Answer = { status: number; body: unknown };

/** How a submission ended: refused at these fields, closed, or followed by another view. */
export type Submitted = { errors: Record<string, string> } | { closed: true } | { view: SlackView };

export type SlackWorld = {
  /** What the bot needs to know of this Slack. */
  config: SlackConfig;
  team: string;
  /** Where the bot listens, e.g. `http://127.0.0.1:4711`; before anything is sent. */
  connect(botUrl: string): void;
  botUrl(): string;
  /** Somebody by the name given at the start. */
  user(name: string): SlackUser;
  /** Types a slash command, in a channel unless told; what it leads to. */
  command(user: SlackUser, text: string, channel?: string): Promise<Shown>;
  /** Writes to the bot, or (`channel`) mentions it; what it leads to. */
  say(user: SlackUser, text: string, channel?: string): Promise<Shown>;
  /** Presses a button of a message, by default of the newest that has it; what it leads to. */
  click(user: SlackUser, label: string, message?: SlackMessage): Promise<Shown>;
  /** Fills in and submits the form that is open. */
  submit(user: SlackUser, filled: Filled): Promise<Submitted>;
  /** Types into a choice of the form that is open, and gets its options. */
  search(user: SlackUser, field: string, query: string): Promise<{ value: string; label: string }[]>;
  /** The form that is open. @throws where none is. */
  view(user: SlackUser): SlackView;
  /** The bot's messages in somebody's chat, oldest first, as they stand now. */
  chat(user: SlackUser): Promise<(SlackMessage & { metadata?: unknown })[]>;
  /** The files in somebody's chat with the bot, oldest first. */
  files(user: SlackUser): Promise<SlackFile[]>;
  /** What only this person sees, oldest first, as it stands now. */
  ephemerals(user: SlackUser): SlackMessage[];
  /** The next thing that this person gets to see. */
  next(user: SlackUser): Promise<Shown>;
  /** The next calls of these methods fail in this way. */
  fail(...failures: Failure[]): void;
  /** Everything that was published to somebody's Home tab, by user id, oldest first. */
  homes: Edge['homes'];
  /** Methods of the API that the bot called, oldest first. */
  calls: readonly string[];
  /** Where the bot is sent when it asks for a socket. */
  offerSocket(url: string): void;
  /** An event as Slack sends it. */
  event(event: Record<string, unknown>, envelope?: Record<string, unknown>): Promise<Answer>;
  /** A click, submission or search as Slack sends it, with a trigger id of its own. */
  interaction(user: SlackUser, payload: Record<string, unknown>): Promise<Answer>;
  /** The bot's messages in a channel, oldest first. */
  posts(channel: string): SlackMessage[];
  /** A trigger id, as Slack makes one for each click and command. */
  trigger(user: SlackUser): Promise<string>;
  /** Where a command or click of somebody in a channel is answered; `ts`: of the message that was clicked. */
  responseUrl(user: SlackUser, channel: string, ts?: string): string;
  /** Every message that was taken from the bot, oldest first. */
  posted: Edge['posted'];
  /** Posts anything at all to the bot, signed as Slack does unless the headers say otherwise. */
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
};

const signingSecret = 'a secret of the test';
const bot = { id: 'UBOT000001', name: 'rooms', app: 'A000000001', bot: 'B000000001' };
const manifest = JSON.parse(
  readFileSync(new URL('../../manifest/slack/manifest.json', import.meta.url), 'utf8'),
);

/** The OAuth app of this Slack, for several workspaces. */
export const oauthApp = { clientId: '1.2', clientSecret: 'oauth secret of the test', stateSecret: 'state' };

/**
 * A Slack of our own at its HTTP edges: the emulated Web API, with the manifest's scopes, and people at their clients.
 * `now`: by whose clock it signs, in milliseconds.
 */
export async function startSlack({
  people,
  hooks,
  now = Date.now,
}: {
  people: SlackPerson[];
  hooks?: EdgeHooks;
  now?: () => number;
}): Promise<SlackWorld> {
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed(people) } });
  const nextToken = createPurse();
  const edge = await startEdge(emulator.url, hooks, nextToken);
  const api = new webApi.WebClient(botToken, { slackApiUrl: `${emulator.url}/api/` });
  const { team_id: team = '' } = await api.auth.test();
  const { members = [] } = await api.users.list({});
  const users = new Map<string, SlackUser>();
  for (const { name, profile } of people) {
    const { id = '', profile: { email = '' } = {} } = members.find((member) => member.name === name) ?? {};
    const { channel } = await api.conversations.open({ users: id });
    const chat = channel?.id ?? '';
    users.set(name, { id, name, email, chat });
    edge.chats.set(chat, id);
    if (profile) edge.profiles.set(id, profile);
  }

  let botUrl = '';
  let count = 0;

  /** A whole chat, newest first. */
  async function historyOf({ chat: channel }: SlackUser) {
    type Page = Awaited<ReturnType<typeof api.conversations.history>>;
    const all = { channel, include_all_metadata: true, limit: 200 };
    const messages: NonNullable<Page['messages']> = [];
    for await (const page of api.paginate('conversations.history', all))
      messages.push(...((page as Page).messages ?? []));
    return messages;
  }

  async function post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const at = headers['x-slack-request-timestamp'] ?? `${Math.floor(now() / 1000)}`;
    const response = await fetch(`${botUrl}/slack/events`, {
      method: 'POST',
      headers: { ...signature(body, at), 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: isJson(response) ? JSON.parse(text) : text };
  }
  const form = (fields: Record<string, string>) =>
    post(`${new URLSearchParams(fields)}`, { 'content-type': 'application/x-www-form-urlencoded' });
  const trigger = async (user: SlackUser): Promise<string> => {
    const made = await api.apiCall('views.generateTriggerId', { user_id: user.id, token: nextToken() });
    const id = 'trigger_id' in made ? `${made.trigger_id}` : '';
    edge.triggers.set(id, user.id);
    return id;
  };
  const whose = (user: SlackUser) => ({
    team: { id: team, domain: 'test' },
    user: { id: user.id, name: user.name, team_id: team },
    api_app_id: bot.app,
  });
  const responseUrl = (user: SlackUser, channel: string, ts = '') =>
    `${edge.url}/responses/${user.id}/${channel}/${ts}`;

  /** What somebody is shown upon something that they do. */
  async function upon(user: SlackUser, deed: () => Promise<Answer>): Promise<Shown> {
    const served = async () => {
      const { status } = await deed();
      if (status !== 200) throw new Error(`the bot answered ${status}`);
    };
    const [shown] = await Promise.all([edge.next(user.id), served()]);
    return shown;
  }

  const world: SlackWorld = {
    config: {
      signingSecret,
      allowedTeams: [],
      appToken: null,
      apiUrl: `${edge.url}/api`,
      install: { botToken },
    },
    team,
    calls: edge.calls,
    posted: edge.posted,
    posts: (channel) => edge.inChannels.filter((it) => it.channel === channel),
    trigger,
    responseUrl,
    homes: edge.homes,
    connect: (url) => {
      botUrl = url;
    },
    botUrl: () => botUrl,
    user(name) {
      const user = users.get(name);
      if (!user) throw new Error(`nobody called ${name}`);
      return user;
    },
    command: (user, text, channel = 'C000000001') =>
      upon(user, async () => {
        const [, command = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
        return form({
          command,
          text: rest,
          team_id: team,
          user_id: user.id,
          channel_id: channel,
          ...(channel.startsWith('D') && { channel_name: 'directmessage' }),
          trigger_id: await trigger(user),
          response_url: responseUrl(user, channel),
        });
      }),
    say: (user, text, channel) =>
      upon(user, () =>
        channel
          ? world.event({ type: 'app_mention', user: user.id, channel, text: `<@${bot.id}> ${text}` })
          : world.event({ type: 'message', channel_type: 'im', user: user.id, channel: user.chat, text }),
      ),
    async click(user, label, message) {
      const ephemeral = world.ephemerals(user);
      const all = [...(await world.chat(user)), ...ephemeral];
      const found =
        message ?? all.findLast((it) => buttonsOf(it).some((button) => button.text.text === label));
      const button = found && buttonsOf(found).find((it) => it.text.text === label);
      if (!button) throw new Error(`no button "${label}"`);
      const { channel, ts } = found;
      return upon(user, () =>
        world.interaction(user, {
          type: 'block_actions',
          container: {
            type: 'message',
            message_ts: ts,
            channel_id: channel,
            is_ephemeral: ephemeral.some((it) => it.ts === ts),
          },
          channel: { id: channel, name: 'channel' },
          response_url: responseUrl(user, channel, ts),
          actions: [{ ...button, block_id: 'b', action_ts: '1' }],
        }),
      );
    },
    async submit(user, filled) {
      // A message that arrived meanwhile may be what the click before was taken to have led to.
      const view = await eventually(() => {
        const open = world.view(user);
        stateOf(open, filled);
        return open;
      });
      const answer = await world.interaction(user, {
        type: 'view_submission',
        view: { ...view, state: stateOf(view, filled), team_id: team },
      });
      if (answer.status !== 200) throw new Error(`the bot answered ${answer.status}`);
      return submitted(edge, user, view, answer.body);
    },
    async search(user, field, query) {
      const element = inputsOf(world.view(user)).get(field)?.element;
      const { body } = await world.interaction(user, {
        type: 'block_suggestion',
        action_id: element?.action_id,
        block_id: field,
        value: query,
        view: world.view(user),
      });
      const { options } = body as { options: types.PlainTextOption[] };
      return options.map(({ value = '', text }) => ({ value, label: text.text }));
    },
    view(user) {
      const view = edge.views.get(user.id);
      if (!view) throw new Error(`${user.name} has no form open`);
      return view;
    },
    async chat(user) {
      return (await historyOf(user))
        .map(({ ts = '', text = '', blocks = [], metadata }) => ({
          channel: user.chat,
          ts,
          text,
          blocks: blocks as types.KnownBlock[],
          metadata,
        }))
        .reverse();
    },
    async files(user) {
      return (await historyOf(user))
        .flatMap(({ files = [] }) => files)
        .map(({ id = '', name = '', title = '' }) => ({
          name,
          title,
          content: edge.uploads.get(id) ?? Buffer.alloc(0),
        }))
        .reverse();
    },
    ephemerals: (user) => edge.ephemerals.get(user.id) ?? [],
    next: (user) => edge.next(user.id),
    fail: (...failures) => {
      edge.failures.push(...failures);
    },
    offerSocket: (url) => {
      edge.socketUrl = url;
    },
    event: (event, envelope = {}) =>
      post(
        JSON.stringify({
          type: 'event_callback',
          team_id: team,
          api_app_id: bot.app,
          event_id: `Ev${++count}`,
          authorizations: [{ team_id: team, user_id: bot.id, is_bot: true, enterprise_id: null }],
          ...envelope,
          event: { ts: `${count}.0`, event_ts: `${count}.0`, ...event },
        }),
      ),
    interaction: async (user, payload) =>
      form({ payload: JSON.stringify({ ...whose(user), trigger_id: await trigger(user), ...payload }) }),
    post,
    async stop() {
      await edge.stop();
      await emulator.close();
    },
  };
  return world;
}

/** The headers by which Slack's requests are recognised. `at` in seconds. */
export const signature = (body: string, at: string, secret = signingSecret) => ({
  'x-slack-request-timestamp': at,
  'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
});

const isJson = (response: Response) => response.headers.get('content-type')?.includes('json') ?? false;

function submitted(edge: Edge, user: SlackUser, view: SlackView, body: unknown): Submitted {
  const reply = (body || {}) as { errors?: Record<string, string>; view?: types.ModalView };
  if (reply.errors) {
    const lost = Object.keys(reply.errors).filter((field) => !inputsOf(view).has(field));
    if (lost.length > 0) throw new Error(`errors at fields that the form has not: ${lost.join(', ')}`);
    return { errors: reply.errors };
  }
  if (!reply.view) {
    edge.views.delete(user.id);
    return { closed: true };
  }
  const problems = checkView(reply.view);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const next = { ...reply.view, id: view.id };
  edge.views.set(user.id, next);
  return { view: next };
}

function seed(people: SlackPerson[]) {
  const { bot: scopes } = manifest.oauth_config.scopes;
  return {
    signing_secret: signingSecret,
    strict_scopes: true,
    users: people.map(({ name, email }) => ({
      name,
      email: email ?? `${name}@example.org`,
      real_name: name,
    })),
    oauth_apps: [
      {
        app_id: bot.app,
        client_id: oauthApp.clientId,
        client_secret: oauthApp.clientSecret,
        name: bot.name,
        redirect_uris: ['http://127.0.0.1/slack/oauth_redirect'],
        bot_id: bot.bot,
        bot_user_id: bot.id,
        bot_name: bot.name,
        scopes,
      },
    ],
    tokens: botTokens.map((token) => ({
      token,
      type: 'bot',
      user: bot.id,
      app_id: bot.app,
      bot_id: bot.bot,
      bot_user_id: bot.id,
      scopes,
    })),
  };
}
