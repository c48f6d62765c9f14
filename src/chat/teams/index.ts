import { type ErrorRequestHandler, json, type Request, type RequestHandler, Router } from 'express';
import type { TeamsConfig } from '../../config.ts';
import type { Logger } from '../../core/logger.ts';
import type { Language } from '../../i18n/translate.ts';
import { createAnswering } from '../answering.ts';
import type { Dispatch, Messenger } from '../ports.ts';
import { createConnector } from './connector.ts';
import { createDirectory } from './directory.ts';
import { createDoor, strangerOf } from './door.ts';
import { createHandlers, type HttpAnswer } from './handlers.ts';
import { createMessenger } from './messenger.ts';
import { createPersonal, statusOf } from './personal.ts';
import { createShow } from './show.ts';

export type TeamsParts = {
  config: TeamsConfig;
  dispatch: Dispatch;
  logger: Logger;
  /** For the few sentences that are said before anything is known of a person. */
  language: Language;
  /** A new random id. */
  token(): string;
};

export type Teams = {
  /** Has POST /api/messages. */
  router: Router;
  messenger: Messenger;
};

/**
 * Teams: everything that comes in at /api/messages, and the messenger for what goes out later.
 * @throws where there is neither an app id nor a sandbox.
 */
export function createTeams({ config, dispatch, logger, language, token }: TeamsParts): Teams {
  const connector = createConnector(config);
  const personal = createPersonal(connector);
  const check = createDoor(config, connector, logger);
  const directory = createDirectory(personal);
  const show = createShow({ directory, logger, token, lookups: !config.sandboxServiceUrls });
  const answering = createAnswering();
  const { handle, turnAway } = createHandlers({
    dispatch,
    answering,
    directory,
    personal,
    show,
    language,
    token,
  });

  async function receive(request: Request): Promise<HttpAnswer> {
    const verdict = await check(request.body, request.get('authorization') ?? '');
    if (verdict.let === 'nothing') return { status: verdict.status };
    const { activity, raw, proof, tenant } = verdict;
    if (verdict.let === 'away') await dispatch.turnedAway(strangerOf(verdict));
    // Two bots that answer each other would never stop.
    if (verdict.let === 'away' && verdict.why === 'bot') return { status: 403 };
    if (verdict.let === 'in')
      personal.seen(tenant, { serviceUrl: activity.serviceUrl, bot: activity.recipient.id });

    const work = verdict.let === 'in' ? handle : turnAway;
    // What goes wrong inside comes out of the SDK as a text: it is kept from there.
    let answer: Promise<HttpAnswer> | null = null;
    await connector.adapter.processActivityDirect(proof, raw, async (turn) => {
      answer = work({ turn, activity, tenant });
      await Promise.allSettled([answer]);
    });
    return answer ?? { status: 500 };
  }

  const router = Router();
  router.post('/api/messages', bearerOnly(config), json({ limit: '256kb' }), async (request, response) => {
    const { status, body } = await receive(request).catch((err: unknown): HttpAnswer => {
      const refused = statusOf(err) ?? 0;
      if (noSuchChat.has(refused))
        logger.warn({ status: refused }, 'an answer to Teams has no chat to go to');
      else logger.error({ err }, 'a Teams activity was not handled');
      // Sent again, it would be refused again.
      return { status: noSuchChat.has(refused) || refused === 400 ? 404 : 500 };
    });
    response.status(status);
    if (body) response.json(body);
    else response.end();
  });
  router.use('/api/messages', refuseUnreadable(logger));
  return { router, messenger: { ...createMessenger(personal, token), quietly: answering.quietly } };
}

/** With these the connector refuses a chat that is none, or in which the bot has no part. */
const noSuchChat = new Set([403, 404, 405, 410]);

/** Turns away what has no token at all before its body is read. */
const bearerOnly =
  ({ sandboxServiceUrls }: TeamsConfig): RequestHandler =>
  (request, response, next) => {
    if (sandboxServiceUrls || /^Bearer \S+$/.test(request.get('authorization') ?? '')) next();
    else response.status(401).end();
  };

/** Broken JSON and bodies that are too large: a bare status, where express would show a stack. */
const refuseUnreadable =
  (logger: Logger): ErrorRequestHandler =>
  (error, _request, response, _next) => {
    const status = Number(error?.status);
    logger.warn({ status }, 'the body of a Teams request was not readable');
    response.status(status >= 400 && status < 500 ? status : 500).end();
  };
