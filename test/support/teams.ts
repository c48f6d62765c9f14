import { randomUUID } from 'node:crypto';
import { type CardJson, checkCard } from '../../src/chat/teams/limits.ts';
import type { TeamsConfig } from '../../src/config.ts';
import { type Inputs, press } from './teams-card.ts';
import {
  activityId,
  type ConnectorHooks,
  chatOf,
  type Failure,
  startConnector,
  type TeamsMessage,
  type TeamsUser,
} from './teams-connector.ts';
import { startIssuer, type TokenIssuer } from './teams-issuer.ts';

export { buttonsOf, inputValue, linkOf, textOf } from './teams-card.ts';
export type { TeamsMessage, TeamsUser };

export type Answer = { status: number; body: unknown };

export type TeamsWorld = {
  /** What the bot needs to know of this Teams. */
  config: TeamsConfig;
  tenant: string;
  issuer: TokenIssuer;
  /** Where the bot listens, e.g. `http://127.0.0.1:4711`; before anything is sent. */
  connect(botUrl: string): void;
  /** A new user of the tenant, for whom the app is installed, unless said otherwise. */
  user(name: string, other?: Partial<TeamsUser>): TeamsUser;
  /** Types a message to the bot, in the personal chat or (`channel`) with a mention in a channel. */
  say(user: TeamsUser, text: string, how?: { channel?: boolean; id?: string }): Promise<Answer>;
  /** Fills in and presses a button of a message; a card that comes back stands in its place. */
  click(user: TeamsUser, message: TeamsMessage, button: string, inputs?: Inputs): Promise<Answer>;
  /** Types into a choice that is looked up. */
  search(user: TeamsUser, dataset: string, query: string): Promise<Answer>;
  /** Installs the app for somebody: both events that Teams sends. */
  install(user: TeamsUser): Promise<void>;
  /** The bot's messages in somebody's chat, oldest first, as they stand now. */
  messages(user: TeamsUser): TeamsMessage[];
  /** The last of them. @throws where there is none. */
  last(user: TeamsUser): TeamsMessage;
  /** The bot's messages in the channel. */
  channel(): TeamsMessage[];
  /** Everything that the bot has sent, oldest first. */
  all: readonly TeamsMessage[];
  /** The next requests of the bot fail in this way. */
  fail(...failures: Failure[]): void;
  /** An activity as Teams would send it, to be changed and posted. */
  activity(user: TeamsUser, of: CardJson): CardJson;
  /** Posts anything at all, signed by the issuer unless another token is given (null: none). */
  post(body: unknown, token?: string | null): Promise<Answer>;
  stop(): Promise<void>;
};

const channelId = '19:channel@thread.tacv2';

/**
 * A Teams of our own at its HTTP edges: token issuer, connector, and people at their clients. `now`: by whose clock it
 * dates its tokens, in milliseconds.
 */
export async function startTeams({
  hooks,
  now,
}: {
  hooks?: ConnectorHooks;
  now?: () => number;
} = {}): Promise<TeamsWorld> {
  const [appId, appPassword, tenant] = [randomUUID(), randomUUID(), randomUUID()] as const;
  const bot = { id: `28:${appId}`, name: 'Room bot' };
  const issuer = await startIssuer(appId, appPassword, now);
  const connector = await startConnector(issuer, bot.id, hooks);
  let url = '';
  let count = 0;

  const world: TeamsWorld = {
    config: {
      appId,
      appPassword,
      appType: 'SingleTenant',
      appTenantId: tenant,
      allowedTenants: [tenant],
      issuer: { metadataUrl: issuer.metadataUrl, issuer: issuer.issuer },
    },
    tenant,
    issuer,
    all: connector.messages,
    connect: (botUrl) => {
      url = `${botUrl}/api/messages`;
    },

    user(name, other = {}) {
      const user: TeamsUser = {
        id: `29:${name}-${++count}`,
        aadObjectId: randomUUID(),
        name,
        email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
        tenant,
        role: 'user',
        installed: true,
        locale: 'en-US',
        zone: 'Asia/Taipei',
        ...other,
      };
      connector.users.push(user);
      return user;
    },

    activity: (user, of) => ({
      id: `${activityId}${randomUUID()}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
      recipient: bot,
      conversation: { id: chatOf(user), conversationType: 'personal', tenantId: user.tenant },
      channelData: { tenant: { id: user.tenant } },
      locale: user.locale,
      localTimezone: user.zone,
      ...of,
    }),

    async post(body, token) {
      const signed = token === undefined ? issuer.sign({ serviceurl: connector.url }) : token;
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signed !== null && { authorization: `Bearer ${signed}` }),
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, body: isJson ? JSON.parse(text) : text };
    },

    say: (user, text, { channel = false, id = `${activityId}${randomUUID()}` } = {}) => {
      const mention = `<at>${bot.name}</at>`;
      const there = {
        text: `${mention} ${text}`,
        entities: [{ type: 'mention', text: mention, mentioned: bot }],
        conversation: { id: channelId, conversationType: 'channel', isGroup: true, tenantId: user.tenant },
      };
      return world.post(world.activity(user, { type: 'message', id, text, ...(channel && there) }));
    },

    async click(user, message, button, inputs = {}) {
      const { verb, data } = press(message.card, button, inputs);
      const answer = await world.post(
        world.activity(user, {
          type: 'invoke',
          name: 'adaptiveCard/action',
          replyToId: message.id,
          value: { action: { type: 'Action.Execute', title: button, verb, data } },
        }),
      );
      const card = cardIn(answer);
      const problems = card ? checkCard(card) : [];
      if (problems.length > 0) throw new Error(`Teams would refuse the card: ${problems.join('; ')}`);
      if (card) Object.assign(message, { card, changes: message.changes + 1 });
      return answer;
    },

    search: (user, dataset, query) =>
      world.post(
        world.activity(user, {
          type: 'invoke',
          name: 'application/search',
          value: { kind: 'search', dataset, queryText: query, queryOptions: { skip: 0, top: 15 } },
        }),
      ),

    async install(user) {
      await world.post(world.activity(user, { type: 'installationUpdate', action: 'add' }));
      await world.post(world.activity(user, { type: 'conversationUpdate', membersAdded: [bot] }));
    },

    messages: (user) => connector.messages.filter(({ conversation }) => conversation === chatOf(user)),
    last(user) {
      const message = world.messages(user).at(-1);
      if (!message) throw new Error(`nothing was sent to ${user.name}`);
      return message;
    },
    channel: () => connector.messages.filter(({ conversation }) => conversation === channelId),
    fail: (...failures) => void connector.failures.push(...failures),
    stop: async () => {
      await Promise.all([issuer.stop(), connector.stop()]);
    },
  };
  return world;
}

/** The card of an answer to a click, where it is one. */
export function cardIn({ body }: Answer): CardJson | null {
  const answer = body as { type?: string; value?: CardJson } | null;
  return answer?.type === 'application/vnd.microsoft.card.adaptive' ? (answer.value ?? null) : null;
}
