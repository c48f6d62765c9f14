import type { types } from '@slack/bolt';
import type { Logger } from '../../core/logger.ts';
import type { Answered } from '../ports.ts';
import { type Client, isSlackError } from './client.ts';
import { renderForm } from './form.ts';
import { checkMessage, checkView } from './limits.ts';
import { type Message, renderCard, renderNote, renderOpener } from './render.ts';
import type { ButtonData } from './wire.ts';

/** Where a message was put, when it can be changed later. */
export type At = { conversation: string; message: string };

/** Where the answer to something is shown. */
export type Place = {
  card(message: Message): Promise<At | null>;
  /** A sentence, or the button that opens a form. */
  aside(message: Message): Promise<void>;
  /** The click or command that lets a form open, for three seconds; null where there is none. */
  trigger: string | null;
  /** What the reader does once more where a form could not open in time. */
  again: ButtonData;
  /** Answers become messages of their own, so a repeated answer would stand there twice. */
  adds: boolean;
  /** It is the Home tab. */
  home?: true;
};

/** Shows an answer in its place, and keeps a live card in step from then on. */
export async function show(answered: Answered, place: Place, client: Client, logger: Logger): Promise<void> {
  const { answer, reader } = answered;
  if (answered.repeated && place.adds) return;
  if (answer.kind === 'note') return place.aside(renderNote(answer.tone, answer.text));
  if (answer.kind === 'card') {
    const message = renderCard(answer.card, reader);
    warnOfLimits(checkMessage(message), logger);
    return keepInStep(answered, await place.card(message));
  }
  const from = place.home ? { home: place.home } : {};
  await openForm(renderForm(answer.form, reader.language, from), answer.form.title, place, client, logger);
}

/** Has a live card that was just shown follow its subject. */
export async function keepInStep(answered: Answered, at: At | null): Promise<void> {
  if (at && answered.answer.kind === 'card' && answered.answer.live) await answered.shown(at);
}

/** Opens a form, or offers a button that does where the click is too long ago or there was none. */
export async function openForm(
  view: types.ModalView,
  title: string,
  place: Pick<Place, 'trigger' | 'aside' | 'again'>,
  client: Client,
  logger: Logger,
): Promise<void> {
  warnOfLimits(checkView(view), logger);
  const opened = place.trigger !== null && (await opens(client, place.trigger, view));
  if (!opened) await place.aside(renderOpener(title, place.again));
}

/** Renderers keep to Slack's limits; should one not, the log says where before Slack refuses. */
export function warnOfLimits(problems: string[], logger: Logger): void {
  if (problems.length > 0) logger.warn({ problems }, "beyond Slack's limits");
}

const spentTriggers = [
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
];

async function opens(client: Client, trigger: string, view: types.ModalView): Promise<boolean> {
  try {
    await client.views.open({ trigger_id: trigger, view });
    return true;
  } catch (error) {
    if (isSlackError(error, ...spentTriggers)) return false;
    throw error;
  }
}
