import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Request, type Response } from 'express';
import { type CardJson, checkCard } from '../../src/chat/teams/limits.ts';
import { listen } from './listen.ts';
import type { TokenIssuer } from './teams-issuer.ts';

export type TeamsUser = {
  /** Teams' own id (`29:…`), another for every bot. */
  id: string;
  aadObjectId: string;
  name: string;
  email: string;
  tenant: string;
  role: 'user' | 'guest' | 'anonymous';
  /** False: the app is not installed for them, so the bot can't write to them. */
  installed: boolean;
  locale: string;
  zone: string;
};

/** A message of the bot, as it stands in a chat now. */
export type TeamsMessage = {
  id: string;
  conversation: string;
  card: CardJson;
  summary: string;
  /** How often it was changed after it was sent. */
  changes: number;
  /** As it was sent, before any change. */
  sent: CardJson;
  /** True where the bot wrote of its own accord, and not in answer to an activity. */
  unasked: boolean;
  /** True where the bot was not told that it was taken. */
  hidden: boolean;
};

export type Failure = { status: number; retryAfter?: number };

/**
 * What goes wrong with a request. `lost`: it is done, but the bot hears of the failure only, or, with `cut`, of nothing
 * at all. `lateMs`: it is done at once and answered, well, so many milliseconds later.
 */
export type Trouble = Partial<Failure> & { lost?: boolean; cut?: boolean; lateMs?: number };

export type ConnectorHooks = {
  /** How this request fails, where no failure was asked for. */
  trouble?(request: { method: string; path: string }): Trouble | undefined;
};

/** What the ids of our own activities begin with. */
export const activityId = 'f:';

/** The bot waits no longer for an answer than this, in milliseconds. */
const patience = 10_000;

export type TeamsConnector = {
  url: string;
  users: TeamsUser[];
  messages: TeamsMessage[];
  /** Answers that the next requests get instead, in this order. */
  failures: Failure[];
  stop(): Promise<void>;
};

export const chatOf = (user: TeamsUser): string => `a:chat-${user.aadObjectId}`;

/** Teams' side of the bot: keeps chats and messages, knows the members, refuses cards that Teams would refuse. */
export async function startConnector(
  issuer: TokenIssuer,
  botId: string,
  hooks: ConnectorHooks = {},
): Promise<TeamsConnector> {
  const users: TeamsUser[] = [];
  const messages: TeamsMessage[] = [];
  const failures: Failure[] = [];
  let count = 0;

  const refuse = (response: Response, status: number, message: string): Response =>
    response.status(status).json({ error: { code: String(status), message } });
  const isOpen = (conversation: string): boolean =>
    !conversation.startsWith('a:chat-') ||
    users.some((user) => user.installed && chatOf(user) === conversation);
  const find = (id: unknown): TeamsUser | undefined =>
    users.find((user) => user.id === id || user.aadObjectId === id);

  const app = express();
  app.use(express.json({ limit: '1mb' }), (request, response, next) => {
    const token = request.get('authorization')?.replace('Bearer ', '') ?? '';
    if (!issuer.granted(token)) return refuse(response, 401, 'no token of the bot');
    const trouble: Trouble | undefined = failures.shift() ?? hooks.trouble?.(request);
    if (!trouble) return next();
    if (!trouble.lost && trouble.lateMs === undefined) return fail(response, trouble);
    response.locals.hidden = trouble.lost === true || (trouble.lateMs ?? 0) >= patience;
    answerOtherwise(response, trouble);
    next();
  });

  function fail(response: Response, { status = 500, retryAfter, cut }: Trouble): void {
    if (cut) return void response.destroy();
    if (retryAfter !== undefined) response.set('retry-after', String(retryAfter));
    refuse(response, status, 'as asked for');
  }

  function answerOtherwise(response: Response, trouble: Trouble): void {
    const answer = response.json.bind(response);
    response.json = (body) => {
      response.json = answer;
      sleep(trouble.lateMs ?? 0).then(() => (trouble.lost ? fail(response, trouble) : answer(body)));
      return response;
    };
  }

  app.post('/v3/conversations', (request, response) => {
    const user = find(request.body.members?.[0]?.id);
    if (request.body.bot?.id !== botId || request.body.isGroup !== false)
      return refuse(response, 400, 'not a chat');
    if (!user?.installed) return refuse(response, 403, 'bot is not part of the conversation roster');
    response.status(201).json({ id: chatOf(user) });
  });

  const send = (
    request: Request<{ conversation: string; message?: string }>,
    response: Response,
  ): unknown => {
    const { conversation } = request.params;
    if (!isOpen(conversation)) return refuse(response, 403, 'bot is not part of the conversation roster');
    const card = readCard(request.body);
    if (typeof card === 'string') return refuse(response, 400, card);
    const message = {
      id: `m${++count}`,
      conversation,
      card,
      summary: String(request.body.summary),
      changes: 0,
      sent: card,
      unasked: !request.params.message?.startsWith(activityId),
      hidden: response.locals.hidden === true,
    };
    messages.push(message);
    return response.status(201).json({ id: message.id });
  };
  app.post('/v3/conversations/:conversation/activities', send);
  app.post('/v3/conversations/:conversation/activities/:message', send);

  app.put('/v3/conversations/:conversation/activities/:message', (request, response) => {
    const message = messages.find(({ id }) => id === request.params.message);
    const card = readCard(request.body);
    if (!message) return refuse(response, 404, 'no such message');
    if (typeof card === 'string') return refuse(response, 400, card);
    message.card = card;
    message.changes++;
    response.json({ id: message.id });
  });

  app.get('/v3/conversations/:conversation/members/:member', (request, response) => {
    const { conversation, member } = request.params;
    const user = find(member);
    const isThere = user && (!conversation.startsWith('a:chat-') || conversation === chatOf(user));
    if (!isThere) return refuse(response, 404, 'no such member');
    const { id, aadObjectId, name, email, tenant, role } = user;
    response.json({
      id,
      aadObjectId,
      name,
      email,
      userPrincipalName: email,
      tenantId: tenant,
      userRole: role,
    });
  });

  const server = await listen(app);
  return { url: server.url, users, messages, failures, stop: server.stop };
}

/** @returns the card of a message, or why Teams would refuse it. */
function readCard(activity: {
  attachments?: { contentType: string; content: CardJson }[];
}): CardJson | string {
  const [attachment] = activity.attachments ?? [];
  if (attachment?.contentType !== 'application/vnd.microsoft.card.adaptive') return 'no card';
  return checkCard(attachment.content).join('; ') || attachment.content;
}
