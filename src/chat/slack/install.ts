import { ExpressReceiver, webApi } from '@slack/bolt';
import type { Router } from 'express';
import type { SlackConfig } from '../../config.ts';
import type { Logger } from '../../core/logger.ts';
import { type Language, translate } from '../../i18n/translate.ts';
import type { Dispatch } from '../ports.ts';
import { boltLogger, clientOptions, traceSlack } from './client.ts';
import type { Installations, Workspaces } from './workspaces.ts';

/** What the bot may do in a workspace; the app manifest asks for exactly these. */
export const botScopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:write',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
];

type Options = {
  config: SlackConfig;
  installations: Installations;
  workspaces: Workspaces;
  dispatch: Dispatch;
  language: Language;
  publicUrl: string | null;
  logger: Logger;
};

const redirectPath = '/slack/oauth_redirect';

/**
 * `/slack/install` and the way back from Slack, where several workspaces may install the bot (OAuth); null where
 * there is one, with its token. A workspace that is not on the allow-list gets nothing stored (6.4).
 */
export function installRoutes(options: Options): Router | null {
  const { config, installations, workspaces, dispatch, language, publicUrl, logger } = options;
  if (!('clientId' in config.install)) return null;
  return new ExpressReceiver({
    ...config.install,
    signingSecret: config.signingSecret,
    // A receiver of its own, for its install paths only: Bolt takes either these or our own way to the tokens.
    endpoints: {},
    logger: boltLogger(logger),
    scopes: botScopes,
    ...(publicUrl && { redirectUri: new URL(redirectPath, publicUrl).href }),
    installerOptions: {
      directInstall: true,
      redirectUriPath: redirectPath,
      clientOptions: clientOptions(config.apiUrl, logger),
      ...(config.apiUrl && { authorizationUrl: new URL('/oauth/v2/authorize', config.apiUrl).href }),
      callbackOptions: {
        async afterInstallation(installation, _options, _request, response) {
          const tenant = installation.team?.id ?? '';
          if (await workspaces.allows(tenant)) return true;
          const userId = installation.user.id;
          await dispatch.turnedAway({ platform: 'slack', tenant, userId, why: 'workspace' });
          response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
          response.end(translate(language, 'chat.notForYou'));
          await revoke(installation.bot?.token, config, logger);
          return false;
        },
      },
    },
    installationStore: {
      async storeInstallation(installation) {
        const { team, bot } = installation;
        if (!team || !bot) throw new Error('an installation without a workspace or a bot');
        await installations.save({ tenant: team.id, token: bot.token });
      },
      fetchInstallation: () => Promise.reject(new Error('tokens are read elsewhere')),
    },
  }).router as Router;
}

/** Gives a token back that was granted and must not be kept. */
async function revoke(token: string | undefined, config: SlackConfig, logger: Logger): Promise<void> {
  try {
    await new webApi.WebClient(token, clientOptions(config.apiUrl, logger)).auth.revoke();
  } catch (error) {
    logger.warn(traceSlack(error), 'the token of a workspace that is not allowed could not be given back');
  }
}
