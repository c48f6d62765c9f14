import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { types } from '@slack/bolt';
import { checkHome, checkMessage, checkView } from '../../src/chat/slack/limits.ts';
import { listen } from './listen.ts';

export type SlackMessage = { channel: string; ts: string; text: string; blocks: types.KnownBlock[] };
export type SlackView = types.ModalView & { id: string };

/** What somebody gets to see. */
export type Shown = { kind: 'view'; view: SlackView } | { kind: 'message'; message: SlackMessage };

/** How the next call of a method goes wrong. `lost`: it is done, but the caller hears of the failure only. */
export type Failure = {
  method: string;
  error?: string;
  status?: number;
  retryAfter?: number;
  lost?: boolean;
};

export type Edge = {
  url: string;
  /** Failures of the next calls, each used once. */
  failures: Failure[];
  /** Names of the methods called, oldest first. */
  calls: string[];
  /** By user id. */
  views: Map<string, SlackView>;
  /** Everything that was published to somebody's Home tab, oldest first. */
  homes: Map<string, types.HomeView[]>;
  ephemerals: Map<string, SlackMessage[]>;
  /** Whose click a trigger id is, and whose chat a channel. */
  triggers: Map<string, string>;
  chats: Map<string, string>;
  /** Where the bot is sent when it asks for a socket; the emulator has none. */
  socketUrl: string | null;
  /** What the emulator's directory does not hold: guests, languages, zones. */
  profiles: Map<string, object>;
  /** The next thing that a user gets to see. */
  next(userId: string): Promise<Shown>;
  show(userId: string, shown: Shown): void;
  stop(): Promise<void>;
};

type Reply = Record<string, unknown> & { ok: boolean };
type Call = { method: string; params: Record<string, string> };

/**
 * Stands between the bot and the emulator, at Slack's HTTP edge: refuses what Slack would refuse, keeps what only
 * one person sees, adds what the emulator's directory lacks, and fails when asked to.
 */
export async function startEdge(emulator: string): Promise<Edge> {
  const waiting = new Map<string, ((shown: Shown) => void)[]>();
  const edge: Omit<Edge, 'url' | 'stop'> = {
    failures: [],
    calls: [],
    views: new Map(),
    homes: new Map(),
    ephemerals: new Map(),
    triggers: new Map(),
    chats: new Map(),
    profiles: new Map(),
    socketUrl: null,
    next(userId) {
      const { promise, resolve, reject } = Promise.withResolvers<Shown>();
      const timer = setTimeout(() => reject(new Error(`nothing was shown to ${userId}`)), 10_000);
      timer.unref();
      waiting.set(userId, [...(waiting.get(userId) ?? []), resolve]);
      return promise.finally(() => clearTimeout(timer));
    },
    show(userId, shown) {
      if (shown.kind === 'view') edge.views.set(userId, shown.view);
      for (const resolve of waiting.get(userId) ?? []) resolve(shown);
      waiting.delete(userId);
    },
  };
  const served = await listen((request, response) => {
    handle(request, response, emulator, edge).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  return Object.assign(edge, served);
}

type Kept = Omit<Edge, 'url' | 'stop'>;

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  emulator: string,
  edge: Kept,
): Promise<void> {
  const path = request.url ?? '/';
  const body = await text(request);
  if (path.startsWith('/responses/')) {
    respond(edge, path, body);
    response.end('ok');
    return;
  }
  const method = path.replace(/^\/api\//, '');
  const call: Call = { method, params: Object.fromEntries(new URLSearchParams(body)) };
  if (path.startsWith('/api/')) edge.calls.push(method);
  const failure = takeFailure(edge, method);
  if (failure && !failure.lost) return fail(response, failure);
  if (method === 'apps.connections.open') return reply(response, { ok: true, url: edge.socketUrl });
  const problems = problemsOf(call);
  if (problems.length > 0) return reply(response, { ok: false, error: 'invalid_blocks', problems });
  const { host: _, ...headers } = request.headers;
  const forwarded = await fetch(`${emulator}${path}`, {
    method: request.method ?? 'GET',
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
    ...(request.method === 'POST' && { body }),
    redirect: 'manual',
  });
  const answer = await forwarded.text();
  const noted = path.startsWith('/api/') ? JSON.stringify(note(edge, call, JSON.parse(answer))) : answer;
  if (failure) return fail(response, failure);
  const location = forwarded.headers.get('location');
  response.writeHead(forwarded.status, {
    'content-type': forwarded.headers.get('content-type') ?? 'application/json',
    ...(location && { location }),
  });
  response.end(noted);
}

function takeFailure(edge: Kept, method: string): Failure | undefined {
  const index = edge.failures.findIndex((failure) => failure.method === method);
  return index < 0 ? undefined : edge.failures.splice(index, 1)[0];
}

function fail(response: ServerResponse, { error, status = 200, retryAfter }: Failure): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', `${retryAfter}`);
  response.statusCode = status;
  reply(response, { ok: false, error });
}

function reply(response: ServerResponse, value: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

const messageOf = ({ params }: Call) => ({
  text: params.text ?? '',
  blocks: JSON.parse(params.blocks ?? '[]') as types.KnownBlock[],
});

function problemsOf(call: Call): string[] {
  if (call.method.startsWith('chat.')) return checkMessage(messageOf(call));
  if (call.method === 'views.open' || call.method === 'views.update')
    return checkView(JSON.parse(call.params.view ?? '{}') as types.ModalView);
  if (call.method === 'views.publish') return checkHome(homeOf(call));
  return [];
}

const homeOf = ({ params }: Call) => JSON.parse(params.view ?? '{}') as types.HomeView;

/** Keeps what a call showed to whom, and completes what it says of people. */
function note(edge: Kept, call: Call, reply: Reply): Reply {
  const { method, params } = call;
  if (!reply.ok) return reply;
  if (method === 'users.info' && params.user)
    return { ...reply, user: { ...(reply.user as object), ...edge.profiles.get(params.user) } };
  if (method === 'views.open' || method === 'views.update') {
    const view = reply.view as SlackView;
    const viewer = [...edge.views].find(([, open]) => open.id === view.id)?.[0];
    const userId = method === 'views.open' ? edge.triggers.get(params.trigger_id ?? '') : viewer;
    if (userId) edge.show(userId, { kind: 'view', view });
  }
  if (method === 'views.publish' && params.user_id)
    edge.homes.set(params.user_id, [...(edge.homes.get(params.user_id) ?? []), homeOf(call)]);
  if (method === 'chat.postEphemeral')
    addEphemeral(edge, params.user ?? '', {
      channel: params.channel ?? '',
      ts: `${reply.message_ts}`,
      ...messageOf(call),
    });
  if (method === 'chat.postMessage' || method === 'chat.update') {
    const userId = edge.chats.get(`${reply.channel}`);
    const message = { channel: `${reply.channel}`, ts: `${reply.ts}`, ...messageOf(call) };
    if (userId) edge.show(userId, { kind: 'message', message });
  }
  return reply;
}

let count = 0;

/** What comes in at a response URL, `/responses/<user>/<channel>/<ts of the message clicked>`. */
function respond(edge: Kept, path: string, body: string): void {
  const [, , userId = '', channel = '', clicked] = path.split('/');
  const answer = JSON.parse(body) as SlackMessage & { replace_original: boolean };
  const problems = checkMessage(answer);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const ts = answer.replace_original && clicked ? clicked : `1700000000.${String(++count).padStart(6, '0')}`;
  addEphemeral(edge, userId, { channel, ts, text: answer.text, blocks: answer.blocks });
}

function addEphemeral(edge: Kept, userId: string, message: SlackMessage): void {
  const others = (edge.ephemerals.get(userId) ?? []).filter(({ ts }) => ts !== message.ts);
  edge.ephemerals.set(userId, [...others, message]);
  edge.show(userId, { kind: 'message', message });
}
