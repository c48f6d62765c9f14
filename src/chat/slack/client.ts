import { type Logger as BoltLogger, LogLevel, webApi } from '@slack/bolt';
import { describeError, traceError } from '../../core/describe-error.ts';
import { MessageGone, NotPermitted, RateLimited, Unreachable } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';

export type Client = webApi.WebClient;

/** No request waits longer than this, in milliseconds. */
export const timeout = 10_000;

/** Where Slack's API is. */
export const apiOptions = (apiUrl: string | null, logger: Logger): webApi.WebClientOptions => ({
  ...(apiUrl && { slackApiUrl: apiUrl.replace(/\/*$/, '/') }),
  logger: boltLogger(logger),
});

/** How Slack's API is called: once, and told at once when it is too much, because the queue does the retrying. */
export const clientOptions = (apiUrl: string | null, logger: Logger): webApi.WebClientOptions => ({
  ...apiOptions(apiUrl, logger),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout,
});

/** A client that speaks with one workspace's token. */
export const createClient = (token: string, apiUrl: string | null, logger: Logger): Client =>
  new webApi.WebClient(token, clientOptions(apiUrl, logger));

/** Our logger as Bolt wants it. Its debug lines hold message bodies, so they are dropped. */
export function boltLogger(logger: Logger): BoltLogger {
  const line = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? describeError(part) : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: (...parts) => logger.info(line(parts)),
    warn: (...parts) => logger.warn(line(parts)),
    error: (...parts) => logger.error(line(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

const unreachable = new Set([
  'account_inactive',
  'cannot_dm_bot',
  'channel_not_found',
  'is_archived',
  'messages_tab_disabled',
  'not_in_channel',
  'restricted_action',
  'token_revoked',
  'user_disabled',
  'user_is_bot',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);
const gone = new Set([
  'account_inactive',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_inactive',
  'message_not_found',
  'token_revoked',
]);

/**
 * Sends something to a person.
 * @throws RateLimited, Unreachable, NotPermitted; anything else is worth another try
 */
export const sending = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => fail(error, unreachable, Unreachable));

/**
 * Changes a message.
 * @throws RateLimited, MessageGone; anything else is worth another try
 */
export const updating = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => fail(error, gone, MessageGone));

function fail(error: unknown, final: ReadonlySet<string>, Final: new (message: string) => Error): never {
  if (error instanceof webApi.WebAPIRateLimitedError) throw new RateLimited(error.retryAfter * 1000);
  if (isSlackError(error, 'missing_scope')) throw new NotPermitted('missing_scope');
  if (error instanceof webApi.WebAPIPlatformError && final.has(error.data.error))
    throw new Final(error.data.error);
  throw error;
}

/** For logs: what failed and where, with Slack's own word for it. */
export const traceSlack = (error: unknown) => ({
  ...traceError(error),
  ...(error instanceof webApi.WebAPIPlatformError && { slack: error.data.error }),
});

/** True for Slack's own answer `code` to a call. */
export const isSlackError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof webApi.WebAPIPlatformError && codes.includes(error.data.error);
