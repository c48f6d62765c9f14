import type { Shown, SlackMessage, SlackView } from '../support/slack-edge.ts';

/** A message as it was first shown, and as it stands now. */
export type Kept = { first: SlackMessage; now: SlackMessage };

export type Screens = {
  show(userId: string, shown: Shown): void;
  /** What somebody has in front of them, oldest first. */
  messages(userId: string): Kept[];
  /** The next thing that somebody is shown and that will do; null when nothing has come by then. */
  next(userId: string, willDo: (shown: Shown) => boolean, ms: number): Promise<Shown | null>;
};

/** Everything that Slack shows to people, kept for each of them. */
export function createScreens(): Screens {
  const byUser = new Map<string, Map<string, Kept>>();
  const waiting = new Set<(userId: string, shown: Shown) => void>();
  const of = (userId: string): Map<string, Kept> => {
    const kept = byUser.get(userId) ?? new Map<string, Kept>();
    byUser.set(userId, kept);
    return kept;
  };

  return {
    show(userId, shown) {
      if (shown.kind === 'message') {
        const { message } = shown;
        const first = of(userId).get(message.ts)?.first ?? message;
        of(userId).set(message.ts, { first, now: message });
      }
      for (const look of [...waiting]) look(userId, shown);
    },
    messages: (userId) => [...of(userId).values()],
    next(userId, willDo, ms) {
      return new Promise((resolve) => {
        const done = (shown: Shown | null) => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(shown);
        };
        const look = (who: string, shown: Shown) => {
          if (who === userId && willDo(shown)) done(shown);
        };
        const timer = setTimeout(done, ms, null);
        waiting.add(look);
      });
    },
  };
}

export const isForm = (shown: Shown): shown is { kind: 'view'; view: SlackView } => shown.kind === 'view';
