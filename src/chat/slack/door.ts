import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { RequestHandler } from 'express';
import type { Instant } from '../../core/clock.ts';
import { minute } from '../../core/clock.ts';
import type { Language } from '../../i18n/translate.ts';
import { translate } from '../../i18n/translate.ts';
import type { Dispatch } from '../ports.ts';
import { isId } from './callers.ts';
import { noteView } from './form.ts';
import { renderNote } from './render.ts';
import { respondTo } from './respond.ts';
import type { Workspaces } from './workspaces.ts';

const tolerance = 5 * minute;

/** Refuses requests signed for a time to come, which Bolt lets pass (6.4). Bolt checks age and signature itself. */
export const refuseFuture =
  (now: () => Instant): RequestHandler =>
  (request, response, next) => {
    const signedAt = Number(request.get('x-slack-request-timestamp')) * 1000;
    if (signedAt > now() + tolerance) response.status(401).end();
    else next();
  };

/** Reads to its end what was refused unread (too long): its connection may carry the next request. */
export const drain: RequestHandler = (request, response, next) => {
  response.once('finish', () => request.resume());
  next();
};

/**
 * Lets in who calls from a workspace on the allow-list; tells everybody else so in one sentence, and records it
 * (6.4). Guests and externals of an allowed workspace are told apart later, with the directory's help.
 */
export const createDoor =
  (workspaces: Workspaces, dispatch: Dispatch, language: Language): Middleware<AnyMiddlewareArgs> =>
  async (args) => {
    const { teamId, userId: user } = args.context;
    const [tenant, userId] = [teamId, user].map((it) => (isId(it) ? it : '')) as [string, string];
    if (await workspaces.allows(tenant)) return args.next();
    await turnAway(args, translate(language, 'chat.notForYou'));
    await dispatch.turnedAway({ platform: 'slack', tenant, userId, why: 'workspace' });
  };

async function turnAway(args: AnyMiddlewareArgs, sentence: string): Promise<void> {
  if ('command' in args) await args.ack({ response_type: 'ephemeral', ...renderNote('bad', sentence) });
  else if ('options' in args) await args.ack({ options: [] });
  else if ('view' in args)
    await args.ack({ response_action: 'update', view: noteView(sentence, 'bad', sentence) });
  else if ('action' in args) {
    await args.ack();
    if ('response_url' in args.body)
      await respondTo(args.body.response_url, renderNote('bad', sentence), { replace: false });
  }
}
