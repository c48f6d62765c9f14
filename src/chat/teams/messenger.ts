import { type Activity, CardFactory, type TurnContext } from 'botbuilder';
import { MessageGone, Unreachable } from '../../core/errors.ts';
import type { Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Address, Messenger } from '../ports.ts';
import type { CardJson } from './limits.ts';
import { type Personal, statusOf } from './personal.ts';
import { type Reference, readReference, writeReference } from './reference.ts';
import { renderCard, summaryOf } from './render.ts';

/** A card as a message, with a summary for notifications. */
export const messageOf = (card: CardJson, summary: string): Partial<Activity> => ({
  type: 'message',
  summary,
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Sends into a turn's conversation. @returns the id of the message. */
export async function post(turn: TurnContext, card: CardJson, summary: string): Promise<string> {
  const sent = await turn.sendActivity(messageOf(card, summary));
  return sent?.id ?? '';
}

/**
 * Writes to people who did not just click: into the chat that is known, else into one opened for them. Teams
 * can't be searched for an earlier try, so a message whose answer got lost is sent again.
 */
export function createMessenger(personal: Personal, token: () => string): Messenger {
  const send = (reference: Reference, card: Card, reader: Reader): Promise<string> =>
    personal.enter(reference, (turn) => post(turn, renderCard(card, { reader, token }), summaryOf(card)));

  async function sendTo(to: Address, card: Card, reader: Reader): Promise<[Reference, string]> {
    const known = readReference(to.conversation);
    if (known) {
      try {
        return [known, await send(known, card, reader)];
      } catch (error) {
        // The chat is gone, e.g. because the app was installed anew: there may be a new one.
        if (statusOf(error) !== 404) throw error;
      }
    }
    const opened = await personal.open(to.tenant, to.userId);
    return [opened, await send(opened, card, reader)];
  }

  return {
    platform: 'teams',

    async send(to, card, reader) {
      try {
        const [reference, message] = await sendTo(to, card, reader);
        const conversation = writeReference(reference);
        return { conversation, message, reference: conversation };
      } catch (error) {
        if (isRefusal(error))
          throw new Unreachable(`Teams does not let the bot write here (${statusOf(error)})`);
        throw error;
      }
    },

    async post(to, card, reader) {
      const reference = readReference(to.conversation);
      if (!reference) throw new Unreachable('no conversation is known for this channel');
      try {
        await send(reference, card, reader);
      } catch (error) {
        if (isRefusal(error))
          throw new Unreachable(`Teams does not let the bot write here (${statusOf(error)})`);
        throw error;
      }
    },

    async update(at, card, reader) {
      const reference = readReference(at.conversation);
      if (!reference) throw new MessageGone('no conversation is known for this message');
      const message = messageOf(renderCard(card, { reader, token }), summaryOf(card));
      try {
        await personal.enter(reference, (turn) => turn.updateActivity({ ...message, id: at.message }));
      } catch (error) {
        if (isRefusal(error)) throw new MessageGone(`the message can't be changed (${statusOf(error)})`);
        throw error;
      }
    },
  };
}

const isRefusal = (error: unknown): boolean => [403, 404].includes(statusOf(error) ?? 0);
