import { setTimeout as sleep } from 'node:timers/promises';
import type { CardJson } from '../../src/chat/teams/limits.ts';
import { cardIn, type TeamsMessage, type TeamsUser, type TeamsWorld } from '../support/teams.ts';
import { buttonsOf, press, textOf } from '../support/teams-card.ts';
import { type CardInHand, type Client, type Filled, patience } from './client.ts';
import type { Deliver } from './delivery.ts';

/** Somebody at Teams. Every copy of a request carries the same id, as Teams' own copies do. */
export function createTeamsClient(teams: TeamsWorld, user: TeamsUser): Client {
  async function send(at: TeamsMessage, card: CardJson, button: string, filled: Filled, deliver: Deliver) {
    const { verb, data } = press(card, button, filled);
    const activity = teams.activity(user, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: at.id,
      value: { action: { type: 'Action.Execute', title: button, verb, data } },
    });
    const answer = await deliver(() => teams.post(activity));
    const shown = answer && cardIn(answer);
    if (shown) Object.assign(at, { card: shown });
    return answer;
  }

  const inHand = (message: TeamsMessage, card: CardJson): CardInHand => ({
    text: textOf(card),
    buttons: buttonsOf(card),
    async press(button, filled, deliver) {
      const before = teams.messages(user).length;
      const fits = fittingFor(card, button, filled);
      const answer = await send(message, card, button, fits, deliver);
      if (!answer) return null;
      const shown = cardIn(answer);
      if (shown) return textOf(shown);
      // It says "below": a form or a card of its own.
      const below = await nextMessage(before);
      if (!below) return null;
      const submitTitle = ['Save', 'Propose'].find((title) => buttonsOf(below.card).includes(title));
      if (!submitTitle) return textOf(below.card);
      const typed = fittingFor(below.card, submitTitle, filled);
      const sent = await send(below, below.card, submitTitle, typed, deliver);
      const result = sent && cardIn(sent);
      return result ? textOf(result) : null;
    },
  });

  async function nextMessage(after: number): Promise<TeamsMessage | null> {
    for (let waited = 0; waited < patience; waited += 50) {
      const found = teams
        .messages(user)
        .slice(after)
        .findLast(({ unasked }) => !unasked);
      if (found) return found;
      await sleep(50);
    }
    return null;
  }

  return {
    name: user.name,
    platform: 'teams',
    async book(filled, deliver) {
      const before = teams.messages(user).length;
      const typed = teams.activity(user, { type: 'message', text: '/book' });
      if (!(await deliver(() => teams.post(typed)))) return null;
      const form = await nextMessage(before);
      if (!form || !buttonsOf(form.card).includes('Request')) return null;
      const sent = await send(form, form.card, 'Request', filled, deliver);
      const result = sent && cardIn(sent);
      return result ? textOf(result) : null;
    },
    async say(text, deliver) {
      const typed = teams.activity(user, { type: 'message', text });
      await deliver(() => teams.post(typed));
    },
    cards: () => teams.messages(user).map((message) => inHand(message, message.card)),
    staleCards: () => teams.messages(user).map((message) => inHand(message, message.sent)),
  };
}

/** Only what the button asks for. */
function fittingFor(card: CardJson, button: string, filled: Filled): Filled {
  const fits = Object.entries(filled).filter(([field, value]) => {
    try {
      press(card, button, { [field]: value });
      return true;
    } catch (cause) {
      return !(cause instanceof Error && cause.message.startsWith('no input'));
    }
  });
  return Object.fromEntries(fits);
}
