import type { Context } from '@slack/bolt';
import type { Logger } from '../../core/logger.ts';
import type { Caller, Dispatch } from '../ports.ts';
import type { Client } from './client.ts';
import { lookUp } from './directory.ts';
import type { Homes } from './home.ts';
import type { Workspaces } from './workspaces.ts';

/** What the listeners need. */
export type Deps = { workspaces: Workspaces; dispatch: Dispatch; homes: Homes; logger: Logger };

/**
 * Who is calling, past the door, and the client that answers them.
 * @throws where the bot is not installed (any more)
 */
export async function callerOf(
  workspaces: Workspaces,
  context: Context,
): Promise<{ caller: Caller; client: Client }> {
  const { teamId: tenant, userId } = context;
  const client = tenant ? await workspaces.client(tenant) : null;
  if (!tenant || !userId || !client)
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
