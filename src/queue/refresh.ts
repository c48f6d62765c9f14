import { MessageGone, RateLimited, Unreachable } from '../core/errors.ts';
import type { Subject } from '../core/ids.ts';
import { caughtUp, followers, type LiveCard, unfollow } from '../db/live-cards.ts';
import { createReader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler, Outcome } from './ports.ts';
import { createTurns } from './turns.ts';

/** Half of a claim: whoever has many cards, or slow ones, carries on under a new one. */
const budgetMs = 30_000;

/** Brings every live card of a subject up to date; one that fails holds up no other. */
export function createRefresh(ports: DeliveryPorts): Handler {
  const { db, clock, people, messengers, views } = ports;
  // Two that render the same card at once could send the older state last.
  const inTurn = createTurns<Subject>();

  return async ({ subject }) => {
    if (!subject) throw new Error('a row without a subject');
    return inTurn(subject, () => refreshAll(subject));
  };

  async function refreshAll(subject: Subject): Promise<Outcome> {
    const end = clock.now() + budgetMs;
    const failures: unknown[] = [];
    for (const card of await quietFollowers(subject)) {
      if (clock.now() > end) return { kind: 'unfinished' };
      try {
        await refreshOne(card);
      } catch (cause) {
        failures.push(cause);
      }
    }
    if (failures.length > 0) throw worstOf(failures);
    return { kind: 'done' };
  }

  /** The live cards, when none of them is just being answered in its place: the answer shows the newest state itself. */
  async function quietFollowers(subject: Subject): Promise<LiveCard[]> {
    const cards = await followers(db.read, subject);
    const all = Object.values(messengers);
    const waited = await Promise.all(cards.flatMap((card) => all.map((it) => it.answered?.(card) ?? false)));
    return waited.includes(true) ? followers(db.read, subject) : cards;
  }

  async function refreshOne(card: LiveCard): Promise<void> {
    const accounts = await people.addresses(db.read, card.person);
    const at = accounts.find((it) => it.account === card.account);
    if (!at) return db.transact((tx) => unfollow(tx, card));

    const view = views[card.view];
    if (!view) throw new Error('a card that nobody can render');
    const now = clock.now();
    const reader = createReader(at.language, at.zone, now);
    const scope = { tx: db.read, now, reader };
    const current = await view({ ...scope, purpose: 'update', recipient: card.person }, card.data);
    const messenger = messengers[at.address.platform];
    if (!messenger || !current?.live || current.live.revision <= card.revision) return;

    const { tenant } = at.address;
    const { conversation, message } = card;
    const { revision } = current.live;
    try {
      await messenger.update({ tenant, conversation, message }, current.card, reader);
    } catch (cause) {
      if (!(cause instanceof MessageGone) && !(cause instanceof Unreachable)) throw cause;
      return db.transact((tx) => unfollow(tx, card));
    }
    await db.transact((tx) => caughtUp(tx, card, revision));
  }
}

/** A real failure, else the longest wait that was asked for. */
function worstOf(failures: readonly unknown[]): unknown {
  const waits = failures.filter((it) => it instanceof RateLimited);
  if (waits.length < failures.length) return failures.find((it) => !(it instanceof RateLimited));
  return waits.reduce((a, b) => (b.retryAfterMs > a.retryAfterMs ? b : a));
}
