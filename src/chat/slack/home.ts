import { type types, webApi } from '@slack/bolt';
import { traceError } from '../../core/describe-error.ts';
import type { Logger } from '../../core/logger.ts';
import { createTurns } from '../../queue/turns.ts';
import type { Answered, Caller, Dispatch } from '../ports.ts';
import { warnOfLimits } from './answer.ts';
import type { Client } from './client.ts';
import { checkHome } from './limits.ts';
import { renderCard, renderNote } from './render.ts';

/** Whose Home tab, and the client that publishes it. */
export type Visitor = { caller: Caller; client: Client };

export type Homes = {
  /** Somebody has opened the tab: it shows what holds now, or why it shows nothing. */
  opened(visitor: Visitor): Promise<void>;
  /** Something may have changed that the tab shows. */
  refresh(visitor: Visitor): Promise<void>;
  /** Publishes nothing any more. */
  stop(): void;
};

/** Slack takes about a hundred publications a minute in a workspace. */
const pace = 600;

/** The App Home tab: rendered afresh whenever it is published, and once more when Slack had enough for the moment. */
export function createHomes({ dispatch, logger }: { dispatch: Dispatch; logger: Logger }): Homes {
  const postponed = new Map<string, NodeJS.Timeout>();
  // Of two at once, what was read first could be what stays.
  const inTurn = createTurns<string>();

  const publish = (visitor: Visitor, show: (answered: Answered) => boolean): Promise<void> => {
    const key = `${visitor.caller.tenant} ${visitor.caller.userId}`;
    return inTurn(key, () => publishNow(key, visitor, show));
  };

  async function publishNow(
    key: string,
    visitor: Visitor,
    show: (answered: Answered) => boolean,
  ): Promise<void> {
    const { caller, client } = visitor;
    // It is published afresh in a moment anyway.
    if (postponed.has(key)) return;
    const answered = await dispatch.act(caller, { command: 'home.show', data: {}, values: {} }, key);
    if (!show(answered)) return;
    const view = homeView(answered);
    warnOfLimits(checkHome(view), logger);
    try {
      await client.views.publish({ user_id: caller.userId, view });
    } catch (error) {
      if (!(error instanceof webApi.WebAPIRateLimitedError)) throw error;
      // Not all at once: whoever has to wait comes one after the other.
      const delay = error.retryAfter * 1000 + postponed.size * pace;
      postponed.set(key, setTimeout(again, delay, key, visitor, show));
    }
  }

  function again(key: string, visitor: Visitor, show: (answered: Answered) => boolean): void {
    postponed.delete(key);
    publish(visitor, show).catch((error) =>
      logger.error(traceError(error), 'a Home tab could not be published'),
    );
  }

  return {
    opened: (visitor) => publish(visitor, () => true),
    refresh: (visitor) => publish(visitor, ({ answer }) => answer.kind === 'card'),
    stop() {
      for (const timer of postponed.values()) clearTimeout(timer);
      postponed.clear();
    },
  };
}

function homeView({ answer, reader }: Answered): types.HomeView {
  if (answer.kind === 'card') return { type: 'home', blocks: renderCard(answer.card, reader).blocks };
  if (answer.kind === 'note') return { type: 'home', blocks: renderNote(answer.tone, answer.text).blocks };
  throw new Error('a Home tab that is a form');
}
