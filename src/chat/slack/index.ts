import { App, ExpressReceiver, SocketModeReceiver } from '@slack/bolt';
import { Router } from 'express';
import type { SlackConfig } from '../../config.ts';
import type { Instant } from '../../core/clock.ts';
import { traceError } from '../../core/describe-error.ts';
import type { Logger } from '../../core/logger.ts';
import type { Language } from '../../i18n/translate.ts';
import { createAnswering } from '../answering.ts';
import type { Dispatch, Messenger } from '../ports.ts';
import { listenToClicks } from './clicks.ts';
import { boltLogger, clientOptions } from './client.ts';
import { listenToCommands } from './commands.ts';
import { createDoor, drain, refuseFuture } from './door.ts';
import { listenToEvents } from './events.ts';
import { createHomes } from './home.ts';
import { installRoutes } from './install.ts';
import { createMessenger } from './messenger.ts';
import { httpReceiver, socketReceiver } from './receivers.ts';
import { listenToSubmissions } from './submissions.ts';
import { listenToSuggestions } from './suggestions.ts';
import { createWorkspaces, type Installations } from './workspaces.ts';

export type { Installation, Installations } from './workspaces.ts';

export type SlackOptions = {
  config: SlackConfig;
  dispatch: Dispatch;
  /** Where installations of several workspaces are kept; never asked where there is a single token. */
  installations: Installations;
  /** Language for those who are turned away before theirs is known. */
  language: Language;
  /** Address from outside, for the way back from Slack after an installation. */
  publicUrl: string | null;
  logger: Logger;
  now: () => Instant;
};

export type Slack = {
  /**
   * `/slack/events` and, for several workspaces, the install paths; null when everything goes over the socket.
   * Has to stand ahead of any body parser, since the signature covers the raw body.
   */
  router: Router | null;
  messenger: Messenger;
  start(): Promise<void>;
  /** Ends the socket and waits for what is under way. */
  stop(): Promise<void>;
};

/**
 * The bot on Slack: over HTTP, or over a socket where there is an app token. Signature, age, time to come and
 * workspace of whatever comes in are checked before it reaches `dispatch` (6.4).
 */
export function createSlack(options: SlackOptions): Slack {
  const { config, dispatch, installations, language, logger, now } = options;
  const workspaces = createWorkspaces(config, installations, logger);
  const receiver =
    config.appToken === null ? httpReceiver(config, logger) : socketReceiver(config, config.appToken, logger);
  const socket = receiver instanceof SocketModeReceiver ? receiver : null;

  const app = new App({
    receiver,
    logger: boltLogger(logger),
    clientOptions: clientOptions(config.apiUrl, logger),
    // Asked first of all, and answered with 503 when it fails, so that Slack delivers an event again.
    authorize: async ({ teamId }) => {
      await workspaces.allows(teamId ?? '');
      return {};
    },
    ignoreSelf: false,
    convoStore: false,
  });
  app.error((error) => Promise.reject(error));

  const underWay = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  });
  app.use(createDoor(workspaces, dispatch, language));

  const homes = createHomes({ dispatch, logger });
  const answering = createAnswering();
  const deps = { workspaces, dispatch, answering, homes, logger };
  listenToCommands(app, deps);
  listenToEvents(app, { ...deps, installations });
  listenToClicks(app, deps);
  listenToSubmissions(app, deps);
  listenToSuggestions(app, deps);

  const install = installRoutes({ ...options, workspaces });
  const router = install || !socket ? Router() : null;
  if (receiver instanceof ExpressReceiver)
    router?.use('/slack/events', drain, refuseFuture(now)).use(receiver.router);
  if (install) router?.use(install);

  return {
    router,
    messenger: { ...createMessenger(workspaces), quietly: answering.quietly },
    async start() {
      // Asked now, so that the first person who comes does not wait for it; asked again then, should it fail.
      workspaces
        .all()
        .catch((error) => logger.warn(traceError(error), 'Slack could not say whose token it is'));
      await socket?.start();
    },
    async stop() {
      await socket?.stop();
      homes.stop();
      await Promise.allSettled(underWay);
    },
  };
}
