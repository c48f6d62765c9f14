import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { Unreachable } from '../../core/errors.ts';
import type { Place } from '../../core/feature.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { type Language, matchLanguage, translate } from '../../i18n/translate.ts';
import type { Answering } from '../answering.ts';
import type { Caller, Dispatch } from '../ports.ts';
import { readClick } from './action-data.ts';
import { hintsOf, type Incoming, userIdOf, wordsOf } from './activity.ts';
import type { Directory } from './directory.ts';
import { post } from './messenger.ts';
import type { Personal } from './personal.ts';
import { personalReference, placeReference, writeReference } from './reference.ts';
import type { Show } from './show.ts';

/** What goes back in the HTTP response; only invokes have a body. */
export type HttpAnswer = { status: number; body?: object };

export type Turn = { turn: TurnContext; activity: Incoming; tenant: string };

export type Handlers = {
  handle(turn: Turn): Promise<HttpAnswer>;
  /** Tells somebody from outside, in one sentence, that the bot is not for them (3.1). */
  turnAway(turn: Turn): Promise<HttpAnswer>;
};

type Parts = {
  dispatch: Dispatch;
  answering: Answering;
  directory: Directory;
  personal: Personal;
  show: Show;
  language: Language;
  token(): string;
};

const done: HttpAnswer = { status: 200 };

const click = z.looseObject({
  action: z.looseObject({ verb: z.string().nullish(), data: z.record(z.string(), z.unknown()).nullish() }),
});
const search = z.looseObject({ dataset: z.string(), queryText: z.string().nullish() });

/** From activities to calls of `Dispatch` and back. */
export function createHandlers({
  dispatch,
  answering,
  directory,
  personal,
  show,
  language,
  token,
}: Parts): Handlers {
  const readerOf = (activity: Incoming) => readerIn(matchLanguage(hintsOf(activity).locale) ?? language);

  const callerOf = ({ turn, activity, tenant }: Turn, conversation: string | null): Caller => ({
    platform: 'teams',
    tenant,
    userId: userIdOf(activity),
    conversation,
    ...hintsOf(activity),
    // The caller is looked up by Teams' own id, which every client knows.
    lookup: (userId) =>
      directory.profile(turn, tenant, userId === userIdOf(activity) ? activity.from.id : userId),
  });

  async function say(turn: Turn, key: MessageKey): Promise<void> {
    const reader = readerOf(turn.activity);
    await post(turn.turn, show.note(reader, 'neutral', reader.t(key)), reader.t(key));
  }

  async function onMessage(at: Turn): Promise<HttpAnswer> {
    const { activity } = at;
    const id = activity.id ?? '';
    const { text, mentions } = wordsOf(activity);
    const here = personalReference(activity);
    if (here !== null) {
      const answered = await dispatch.say(callerOf(at, here), text, id, { mentions });
      await show.asMessage(at, answered, here);
      return done;
    }
    // Others read along here: the answer goes to the person's own chat, and only that it did is said here.
    try {
      const chat = await personal.open(at.tenant, userIdOf(activity));
      const conversation = writeReference(chat);
      const caller = { ...callerOf(at, conversation), place: placeOf(at) };
      const answered = await dispatch.say(caller, text, id, { mentions });
      if (answered.repeated) return done;
      await personal.enter(chat, (there) => show.asMessage({ ...at, turn: there }, answered, conversation));
      await say(at, 'chat.answeredPrivately');
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await say(at, 'chat.writePrivately');
    }
    return done;
  }

  async function onClick(at: Turn): Promise<HttpAnswer> {
    const { activity } = at;
    const here = personalReference(activity);
    if (here === null) return unchanged(readerOf(activity).t('chat.writePrivately'));
    const parsed = click.safeParse(activity.value);
    const action = parsed.success ? parsed.data.action : {};
    const clicked = readClick(action.data ?? {});
    if (clicked.kind === 'dismiss') {
      const reader = readerIn(clicked.language);
      return replaced(show.note(reader, 'neutral', reader.t('chat.cancelled')));
    }
    const known = clicked.kind === 'act' ? clicked : stale(action.verb, activity.id ?? token());
    const card = activity.replyToId ?? '';
    const place = { conversation: here, message: card };
    return answering.during(place, async (clear) => {
      const answered = await dispatch.act(
        callerOf(at, here),
        known.act,
        `${card}:${known.act.command}:${known.token}`,
      );
      const asMessage =
        answered.answer.kind === 'note' || (known.answer === 'new' && answered.answer.kind !== 'invalid');
      await clear();
      if (!asMessage) return replaced(await show.inPlace(at, answered, place));
      await show.asMessage(at, answered, here);
      return unchanged(answered.reader.t('chat.below'));
    });
  }

  async function onSearch(at: Turn): Promise<HttpAnswer> {
    const query = search.safeParse(at.activity.value);
    const { dataset = '', queryText = '' } = query.data ?? {};
    const options = await dispatch.suggest(
      callerOf(at, personalReference(at.activity)),
      dataset,
      queryText ?? '',
    );
    const results = options.map(({ value, label, description }) => ({
      value,
      title: description ? `${label} · ${description}` : label,
    }));
    return invokeAnswer('application/vnd.microsoft.search.searchResponse', { results });
  }

  async function onArrival(at: Turn): Promise<HttpAnswer> {
    const { activity } = at;
    const here = personalReference(activity);
    const leaving =
      activity.action?.startsWith('remove') ||
      (activity.type === 'conversationUpdate' && !activity.membersAdded?.length);
    if (here === null || leaving) return done;
    const answered = await dispatch.arrive(callerOf(at, here), activity.id ?? here);
    if (answered) await show.asMessage(at, answered, here);
    return done;
  }

  return {
    async handle(at) {
      switch (at.activity.type) {
        case 'message':
          return onMessage(at);
        case 'installationUpdate':
        case 'conversationUpdate':
          return onArrival(at);
        case 'invoke':
          if (at.activity.name === 'adaptiveCard/action') return onClick(at);
          if (at.activity.name === 'application/search') return onSearch(at);
          return { status: 400 };
        default:
          return done;
      }
    },

    async turnAway(at) {
      const reader = readerOf(at.activity);
      if (at.activity.type === 'message') await say(at, 'chat.notForYou');
      if (at.activity.type !== 'invoke') return done;
      return invokeAnswer(
        'application/vnd.microsoft.error',
        { code: '403', message: reader.t('chat.notForYou') },
        403,
      );
    },
  };
}

const readerIn = (language: Language) => ({ language, t: (key: MessageKey) => translate(language, key) });

/** The channel or group chat in which somebody typed; null: a chat of their own with the bot. */
function placeOf({ activity, tenant }: Turn): Place | null {
  const conversation = placeReference(activity);
  if (conversation === null) return null;
  const name = activity.channelData?.channel?.name || activity.conversation.name;
  return { platform: 'teams', tenant, conversation, ...(name && { name }) };
}

/** A button that we can't read: each click on it is told by dispatch that it is out of date. */
const stale = (verb: string | null | undefined, token: string) =>
  ({ act: { command: verb ?? '', data: {}, values: {} }, token, answer: 'new' }) as const;

const invokeAnswer = (type: string, value: unknown, statusCode = 200): HttpAnswer => ({
  status: 200,
  body: { statusCode, type, value },
});

const replaced = (card: object): HttpAnswer => invokeAnswer('application/vnd.microsoft.card.adaptive', card);

/** The card stays as it is. Teams takes an answer without words for a failure. */
const unchanged = (words: string): HttpAnswer =>
  invokeAnswer('application/vnd.microsoft.activity.message', words);
