import type { Context } from '@slack/bolt';
import type { Place } from '../../core/feature.ts';
import type { Logger } from '../../core/logger.ts';
import type { Answering } from '../answering.ts';
import type { Caller, Dispatch } from '../ports.ts';
import type { Client } from './client.ts';
import { lookUp } from './directory.ts';
import type { Homes } from './home.ts';
import type { Workspaces } from './workspaces.ts';

/** What the listeners need. */
export type Deps = {
  workspaces: Workspaces;
  dispatch: Dispatch;
  answering: Answering;
  homes: Homes;
  logger: Logger;
};

/** An id of Slack's. Bolt passes on whatever stands in its place. */
export const isId = (it: unknown): it is string => typeof it === 'string' && /^\w{1,50}$/.test(it);

/**
 * Who is calling, past the door, and the client that answers them.
 * @throws where the bot is not installed (any more)
 */
export async function callerOf(
  workspaces: Workspaces,
  context: Context,
): Promise<{ caller: Caller; client: Client }> {
  const { teamId: tenant, userId } = context;
  const client = isId(tenant) ? await workspaces.client(tenant) : null;
  if (!tenant || !isId(userId) || !client)
    throw new Error('a request without a user, or from where nothing is installed');
  const caller: Caller = {
    platform: 'slack',
    tenant,
    userId,
    conversation: null,
    lookup: (someone) => lookUp(client, tenant, someone),
  };
  return { caller, client };
}

/** What Slack calls channels whose name it does not tell. */
const nameless = ['privategroup', 'directmessage'];

/**
 * The channel in which somebody typed; null: a chat that they have with the bot or with each other.
 * @param name as Slack gives it with a slash command
 */
export function placeOf({ tenant }: Caller, channel: string, name = ''): Place | null {
  if (!/^[CG]/.test(channel)) return null;
  const known = name !== '' && !nameless.includes(name);
  return { platform: 'slack', tenant, conversation: channel, ...(known && { name: `#${name}` }) };
}
