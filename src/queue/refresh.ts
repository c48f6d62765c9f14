import type { Messenger } from '../chat/ports.ts';
import { MessageGone, RateLimited, Unreachable } from '../core/errors.ts';
import type { Subject } from '../core/ids.ts';
import { caughtUp, follower, followers, type LiveCard, unfollow } from '../db/live-cards.ts';
import { createReader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler, Outcome, Reachable } from './ports.ts';
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
    for (const card of await followers(db.read, subject)) {
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

  async function refreshOne(card: LiveCard): Promise<void> {
    const accounts = await people.addresses(db.read, card.person);
    const at = accounts.find((it) => it.account === card.account);
    if (!at) return db.transact((tx) => unfollow(tx, card));
    const messenger = messengers[at.address.platform];
    if (!messenger) return;
    const change = () => update(card.id, at, messenger);
    await (messenger.quietly ? messenger.quietly(card, change) : change());
  }

  async function update(id: LiveCard['id'], at: Reachable, messenger: Messenger): Promise<void> {
    // It may have been answered in its place since, and show all of it.
    const card = await follower(db.read, id);
    if (!card) return;
    const view = views[card.view];
    if (!view) throw new Error('a card that nobody can render');
    const now = clock.now();
    const reader = createReader(at.language, at.zone, now);
    const scope = { tx: db.read, now, reader };
    const current = await view({ ...scope, purpose: 'update', recipient: card.person }, card.data);
    if (!current?.live || current.live.revision <= card.revision) return;

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
