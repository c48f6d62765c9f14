import type { TurnContext } from 'botbuilder';
import type { Logger } from '../../core/logger.ts';
import { never } from '../../core/refusal.ts';
import type { Form, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Answered } from '../ports.ts';
import type { Directory } from './directory.ts';
import type { CardJson } from './limits.ts';
import { post } from './messenger.ts';
import { renderCard, renderForm, renderNote, summaryOf } from './render.ts';

/** An answer, drawn; `live` cards are followed from then on. */
type Drawn = { card: CardJson; summary: string; live: boolean };

/** The conversation in which something is shown. */
export type Place = { turn: TurnContext; tenant: string };

export type Show = {
  /** The answer as a new message of this conversation, unless it was given before. */
  asMessage(place: Place, answered: Answered, conversation: string): Promise<void>;
  /** The answer in place of the card that was clicked. */
  inPlace(place: Place, answered: Answered, at: { conversation: string; message: string }): Promise<CardJson>;
  note(reader: Pick<Reader, 't' | 'language'>, tone: Tone, text: string): CardJson;
};

export type ShowParts = {
  directory: Directory;
  logger: Logger;
  token(): string;
  /** False for a client that can't look options up while somebody types, nor show whom a people picker holds. */
  lookups: boolean;
};

export function createShow({ directory, logger, token, lookups }: ShowParts): Show {
  async function draw({ turn, tenant }: Place, { answer, reader }: Answered): Promise<Drawn> {
    switch (answer.kind) {
      case 'card':
        return {
          card: renderCard(answer.card, { reader, token, lookups }),
          summary: summaryOf(answer.card),
          live: answer.live !== undefined,
        };
      case 'form':
      case 'invalid': {
        const names = await namesIn({ turn, tenant }, answer.form);
        return {
          card: renderForm(answer.form, { reader, token, names, lookups }),
          summary: summaryOf(answer.form),
          live: false,
        };
      }
      case 'note':
        return {
          card: renderNote(answer.tone, answer.text, { reader, token }),
          summary: summaryOf({ title: answer.text }),
          live: false,
        };
      default:
        return never(answer);
    }
  }

  /** Names of the people who are chosen in a form. */
  async function namesIn({ turn, tenant }: Place, form: Form): Promise<Map<string, string>> {
    const chosen = form.fields.flatMap((field) => (field.kind === 'people' ? (field.value ?? []) : []));
    const named = await Promise.all(
      [...new Set(chosen)].map(async (id): Promise<[string, string][]> => {
        try {
          const name = await directory.name(turn, tenant, id);
          return name ? [[id, name]] : [];
        } catch (err) {
          logger.warn({ err }, 'a chosen person is shown without their name');
          return [];
        }
      }),
    );
    return new Map(named.flat());
  }

  // The card is in the chat already: that it can't be followed must not look like a failed command.
  async function follow(answered: Answered, at: { conversation: string; message: string }): Promise<void> {
    try {
      await answered.shown(at);
    } catch (err) {
      logger.error({ err }, 'a card that was shown can not be kept up to date');
    }
  }

  return {
    async asMessage(place, answered, conversation) {
      if (answered.repeated) return;
      const { card, summary, live } = await draw(place, answered);
      const message = await post(place.turn, card, summary);
      if (live) await follow(answered, { conversation, message });
    },

    async inPlace(place, answered, at) {
      const { card, live } = await draw(place, answered);
      if (live) await follow(answered, at);
      return card;
    },

    note: (reader, tone, text) => renderNote(tone, text, { reader, token }),
  };
}
