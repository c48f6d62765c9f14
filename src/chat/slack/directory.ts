import type { webApi } from '@slack/bolt';
import type { Profile } from '../ports.ts';
import { type Client, isSlackError } from './client.ts';

type User = NonNullable<webApi.UsersInfoResponse['user']>;

/**
 * Looks a user up in a workspace's directory.
 * @throws when Slack can't be reached, or knows nobody of that id
 */
export async function lookUp(client: Client, tenant: string, userId: string): Promise<Profile> {
  const { user } = await client.users.info({ user: userId, include_locale: true });
  if (!user?.id) throw new Error('Slack answered without a user');
  return profileOf({ ...user, id: user.id }, tenant);
}

/** Looks a user up by e-mail address; null where nobody in this workspace has it. */
export async function lookUpByEmail(client: Client, tenant: string, email: string): Promise<Profile | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    // Asked for by id, since only that tells their language.
    return user?.id ? await lookUp(client, tenant, user.id) : null;
  } catch (error) {
    if (isSlackError(error, 'users_not_found')) return null;
    throw error;
  }
}

/** What Slack says of a user, in our words (3.1: guests, bots and externals are recognised here). */
export function profileOf(user: User & { id: string }, tenant: string): Profile {
  const kind = kindOf(user, tenant);
  return {
    userId: user.id,
    name: user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || user.id,
    email: (kind === 'member' && user.is_email_confirmed !== false && user.profile?.email) || null,
    kind,
    locale: user.locale ?? null,
    zone: user.tz ?? null,
  };
}

function kindOf(user: User & { id: string }, tenant: string): Profile['kind'] {
  if (user.is_bot || user.is_workflow_bot || user.is_connector_bot || user.id === 'USLACKBOT') return 'bot';
  // In a channel shared with another organisation its people are no strangers, but their workspace is not ours.
  const workspaces = [user.team_id ?? tenant, ...(user.enterprise_user?.teams ?? [])];
  if (user.is_stranger || !workspaces.includes(tenant)) return 'external';
  return user.is_restricted || user.is_ultra_restricted || user.is_invited_user ? 'guest' : 'member';
}
