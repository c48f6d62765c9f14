import type { SlackConfig } from '../../config.ts';
import type { Logger } from '../../core/logger.ts';
import { type Client, createClient } from './client.ts';

/** A workspace's consent, from the moment it installs the bot until it removes it. */
export type Installation = { tenant: string; token: string };

/** Where installations of several workspaces are kept. The token is a secret. */
export type Installations = {
  save(installation: Installation): Promise<void>;
  fetch(tenant: string): Promise<Installation | null>;
  remove(tenant: string): Promise<void>;
};

export type Workspaces = {
  /**
   * Whether members of this workspace may use the bot (6.4).
   * @throws while the answer is Slack's to give and Slack can't be reached: then nobody is let in
   */
  allows(tenant: string): Promise<boolean>;
  /** The workspaces on the allow-list. Rejects while they are Slack's to tell and Slack can't be reached. */
  all(): Promise<string[]>;
  /** A client that acts in this workspace; null where the bot is not installed. */
  client(tenant: string): Promise<Client | null>;
};

/** The workspaces of one organisation: one, by its token, or several that installed the bot. */
export function createWorkspaces(
  config: SlackConfig,
  installations: Installations,
  logger: Logger,
): Workspaces {
  const clients = new Map<string, Client>();
  const clientFor = (token: string): Client => {
    let client = clients.get(token);
    if (!client) {
      client = createClient(token, config.apiUrl, logger);
      clients.set(token, client);
    }
    return client;
  };

  let own: Promise<string | undefined> | null = null;
  const ownTenant = (token: string): Promise<string | undefined> => {
    own ??= clientFor(token)
      .auth.test()
      .then(({ team_id }) => team_id)
      .catch((error: unknown) => {
        own = null;
        throw error;
      });
    return own;
  };

  const { install, allowedTeams } = config;
  async function all(): Promise<string[]> {
    if (allowedTeams.length > 0 || !('botToken' in install)) return allowedTeams;
    const tenant = await ownTenant(install.botToken);
    return tenant ? [tenant] : [];
  }

  return {
    allows: async (tenant) => (await all()).includes(tenant),
    all,
    async client(tenant) {
      const token = 'botToken' in install ? install.botToken : (await installations.fetch(tenant))?.token;
      return token ? clientFor(token) : null;
    },
  };
}
