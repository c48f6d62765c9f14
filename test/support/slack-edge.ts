import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from '@slack/bolt';
import { checkHome, checkMessage, checkView } from '../../src/chat/slack/limits.ts';
import { listen } from './listen.ts';
import { botToken, createPurse } from './slack-tokens.ts';

export type SlackMessage = { channel: string; ts: string; text: string; blocks: types.KnownBlock[] };
export type SlackView = types.ModalView & { id: string };

/** What somebody gets to see. */
export type Shown = { kind: 'view'; view: SlackView } | { kind: 'message'; message: SlackMessage };

/**
 * How the next call of a method (or `upload`) goes wrong. `lost`: it is done, but the caller hears of the failure only,
 * or, with `cut`, of nothing at all. `hangs`: nothing is ever answered.
 */
export type Failure = {
  method: string;
  error?: string;
  status?: number;
  retryAfter?: number;
  lost?: boolean;
  cut?: boolean;
  /** What is answered instead. */
  reply?: object;
  hangs?: boolean;
  /** It is done at once and answered, well, so many milliseconds later. */
  lateMs?: number;
};

/** What may stand at the edge beside a test: see `startEdge`. */
export type EdgeHooks = {
  /** How this call fails, where no failure was asked for by name. */
  trouble?(call: Call): Omit<Failure, 'method'> | undefined;
  /** Somebody gets to see something. */
  shown?(userId: string, shown: Shown): void;
};

/** A message that was taken: by which delivery, and whether the bot was not told so. */
export type Posted = { channel: string; ts: string; delivery: string | null; hidden: boolean };

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
  /** What was posted in channels, oldest first. */
  inChannels: SlackMessage[];
  /** What was uploaded, by the id of the file. */
  uploads: Map<string, Buffer>;
  /** Everything that was posted, oldest first. */
  posted: Posted[];
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
export type Call = { method: string; params: Record<string, string> };

/**
 * Stands between the bot and the emulator, at Slack's HTTP edge: refuses what Slack would refuse, keeps what only
 * one person sees, adds what the emulator's directory lacks, and fails when asked to.
 */
export async function startEdge(
  emulator: string,
  hooks: EdgeHooks = {},
  nextToken: () => string = createPurse(),
): Promise<Edge> {
  const waiting = new Map<string, ((shown: Shown) => void)[]>();
  const edge: Omit<Edge, 'url' | 'stop'> = {
    failures: [],
    calls: [],
    views: new Map(),
    homes: new Map(),
    ephemerals: new Map(),
    triggers: new Map(),
    chats: new Map(),
    inChannels: [],
    uploads: new Map(),
    posted: [],
    profiles: new Map(),
    socketUrl: null,
    next(userId) {
      const { promise, resolve, reject } = Promise.withResolvers<Shown>();
      const timer = setTimeout(() => reject(new Error(`nothing was shown to ${userId}`)), 30_000);
      timer.unref();
      waiting.set(userId, [...(waiting.get(userId) ?? []), resolve]);
      return promise.finally(() => clearTimeout(timer));
    },
    show(userId, shown) {
      if (shown.kind === 'view') edge.views.set(userId, shown.view);
      hooks.shown?.(userId, shown);
      for (const resolve of waiting.get(userId) ?? []) resolve(shown);
      waiting.delete(userId);
    },
  };
  const served = await listen((request, response) => {
    handle(request, response, { emulator, edge, hooks, nextToken }).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  return Object.assign(edge, served);
}

type Kept = Omit<Edge, 'url' | 'stop'>;

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  {
    emulator,
    edge,
    hooks,
    nextToken,
  }: { emulator: string; edge: Kept; hooks: EdgeHooks; nextToken: () => string },
): Promise<void> {
  const path = request.url ?? '/';
  const raw = await buffer(request);
  const body = raw.toString('utf8');
  if (path.startsWith('/responses/')) {
    respond(edge, path, body);
    response.end('ok');
    return;
  }
  const uploaded = /^\/upload\/v1\/(\w+)$/.exec(path)?.[1];
  const method = uploaded ? 'upload' : path.replace(/^\/api\//, '');
  const call: Call = { method, params: Object.fromEntries(new URLSearchParams(body)) };
  if (uploaded || path.startsWith('/api/')) edge.calls.push(method);
  const failure = takeFailure(edge, method) ?? hooks.trouble?.(call);
  if (failure?.hangs) return;
  if (failure && !failure.lost && failure.lateMs === undefined) return fail(response, failure);
  if (uploaded) edge.uploads.set(uploaded, raw);
  if (method === 'apps.connections.open') return reply(response, { ok: true, url: edge.socketUrl });
  const problems = problemsOf(call);
  if (problems.length > 0) return reply(response, { ok: false, error: 'invalid_blocks', problems });
  const { host = '', ...headers } = request.headers;
  if (headers.authorization === `Bearer ${botToken}`) headers.authorization = `Bearer ${nextToken()}`;
  const forwarded = await fetch(`${emulator}${path}`, {
    method: request.method ?? 'GET',
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
    ...(request.method === 'POST' && { body: new Uint8Array(raw) }),
    redirect: 'manual',
  });
  const answer = await forwarded.text();
  const noted = path.startsWith('/api/') ? note(edge, call, JSON.parse(answer), host) : null;
  const posted = noted && method === 'chat.postMessage' ? keepPosted(edge, call, noted) : null;
  if (posted) posted.hidden = failure?.lost === true || (failure?.lateMs ?? 0) >= patience;
  if (failure?.lateMs !== undefined) await sleep(failure.lateMs);
  if (failure?.lost) return fail(response, failure);
  const location = forwarded.headers.get('location');
  response.writeHead(forwarded.status, {
    'content-type': forwarded.headers.get('content-type') ?? 'application/json',
    ...(location && { location }),
  });
  response.end(noted ? JSON.stringify(noted) : answer);
}

function takeFailure(edge: Kept, method: string): Failure | undefined {
  const index = edge.failures.findIndex((failure) => failure.method === method);
  return index < 0 ? undefined : edge.failures.splice(index, 1)[0];
}

function fail(response: ServerResponse, failure: Omit<Failure, 'method'>): void {
  const { error, status = 200, retryAfter, cut } = failure;
  if (cut) return void response.destroy();
  if (retryAfter !== undefined) response.setHeader('retry-after', `${retryAfter}`);
  response.statusCode = status;
  reply(response, failure.reply ?? { ok: false, error });
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
function note(edge: Kept, call: Call, reply: Reply, host: string): Reply {
  const { method, params } = call;
  if (!reply.ok) return reply;
  if (method === 'files.getUploadURLExternal')
    return { ...reply, upload_url: `http://${host}${new URL(`${reply.upload_url}`).pathname}` };
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
    else if (method === 'chat.postMessage') edge.inChannels.push(message);
  }
  return reply;
}

/** The bot waits no longer for an answer than this, in milliseconds. */
const patience = 10_000;

function keepPosted(edge: Kept, { params }: Call, { ok, channel, ts }: Reply): Posted | null {
  if (!ok) return null;
  const { event_payload: payload } = JSON.parse(params.metadata ?? '{}') as {
    event_payload?: { delivery?: string };
  };
  const posted = { channel: `${channel}`, ts: `${ts}`, delivery: payload?.delivery ?? null, hidden: false };
  edge.posted.push(posted);
  return posted;
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
