import {
  AuthorizationError,
  ExpressReceiver,
  type ReceiverProcessEventErrorHandlerArgs,
  SocketModeReceiver,
} from '@slack/bolt';
import type { SlackConfig } from '../../config.ts';
import type { Logger } from '../../core/logger.ts';
import { apiOptions, boltLogger, traceSlack } from './client.ts';
import { guardSocket } from './socket.ts';

/** Slack's own requests stay far below this: bytes of a body, characters of a frame. */
const bodyLimit = 512 * 1024;

/** Requests at `/slack/events`: signature and age are checked before anything is parsed. */
export const httpReceiver = (config: SlackConfig, logger: Logger): ExpressReceiver =>
  new ExpressReceiver({
    signingSecret: config.signingSecret,
    endpoints: '/slack/events',
    bodyLimit,
    logger: boltLogger(logger),
    async processEventErrorHandler({ error, response }: ReceiverProcessEventErrorHandlerArgs) {
      logger.error(traceSlack(error), 'a request from Slack failed');
      if (response.headersSent) return false;
      // What goes wrong ahead of the first answer is what came in, unless Slack could not be asked about it.
      response.writeHead(error instanceof AuthorizationError ? 503 : 400).end();
      return true;
    },
  });

/** A connection that we open ourselves, where Slack can't reach us. */
export function socketReceiver(config: SlackConfig, appToken: string, logger: Logger): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(logger),
    // Its own retries stay: without them a connection lost while Slack is away ends the process.
    installerOptions: { clientOptions: apiOptions(config.apiUrl, logger) },
    async processEventErrorHandler({ error }) {
      logger.error(traceSlack(error), 'an event from Slack failed');
      // Not acknowledged, so that Slack delivers it again, where it was we who could not be sure of the caller.
      return !(error instanceof AuthorizationError);
    },
  });
  guardSocket(receiver, bodyLimit, logger);
  return receiver;
}
