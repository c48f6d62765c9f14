import type { ChatFile, Place, Platform } from '../core/feature.ts';
import type { Answer, Card, Option, Values } from '../core/view.ts';
import type { Reader } from '../i18n/reader.ts';

/*
 * What lies between the platforms and the rest. An adapter checks signature or token, tenant and time stamp,
 * turns what came in into a call of `Dispatch`, and shows the `Answer`. A `Messenger` sends and changes
 * messages later.
 */

/** What the platform's own directory says of a user. */
export type Profile = {
  userId: string;
  name: string;
  /** Only where the platform has verified it; persons are linked across platforms by it. */
  email: string | null;
  kind: 'member' | 'guest' | 'bot' | 'external';
  /** The platform's language tag, e.g. `zh-Hant-TW`. */
  locale: string | null;
  /** IANA zone. */
  zone: string | null;
};

/** Who is calling: already authenticated, and from a workspace or tenant on the allow-list. */
export type Caller = {
  platform: Platform;
  tenant: string;
  userId: string;
  /** Where to write to them later: the platform's own reference as JSON; null where it needs none or has none yet. */
  conversation: string | null;
  /** The channel in which they typed or clicked; null or absent: a chat with the bot alone. */
  place?: Place | null;
  /** Hints that came with the event itself; the directory knows better where it has an answer. */
  locale?: string | null;
  zone?: string | null;
  /** Looks a user of the same tenant up in the platform's directory. Rejects when the platform can't be reached. */
  lookup(userId: string): Promise<Profile>;
};

/** `{ann: 'U024'}` for a text with `@ann` in it. */
export type Mentions = Record<string, string>;

/** `{facilities: …}` for a text with `#facilities` in it. */
export type Channels = Record<string, Place>;

/** Whom and what a typed text names. */
export type Named = { mentions?: Mentions; channels?: Channels };

/** A click on a button, or a submitted form. */
export type Act = {
  command: string;
  /** The static data of the button or form. Comes back from a client: never trusted. */
  data: Record<string, string>;
  values: Values;
};

export type Answered = {
  answer: Answer;
  reader: Reader;
  /** True for a repeated delivery: an adapter that posts answers as new messages need not post this one again. */
  repeated: boolean;
  /** Keeps the card that was just shown in step with its subject: call it with the message's address. */
  shown(at: { conversation: string; message: string }): Promise<void>;
};

/** The way in. Never rejects: a fault is answered in words and logged. */
export type Dispatch = {
  /**
   * A typed command, without the bot's mention and leading slash. `id`: the platform's id of the event.
   * `named`: the platform's user ids of others whom the text mentions, by how it writes them after the @, and the
   * channels that it names, by how it writes them after the #.
   */
  say(caller: Caller, text: string, id: string, named?: Named): Promise<Answered>;
  /** A click or submission. `id`: the platform's id of it, where it has one. */
  act(caller: Caller, act: Act, id: string): Promise<Answered>;
  /** Options of a choice while somebody types. */
  suggest(caller: Caller, source: string, query: string): Promise<Option[]>;
  /** Somebody installed the bot or opened it: the welcome, the first time; null ever after. */
  arrive(caller: Caller, id: string): Promise<Answered | null>;
  /** Somebody was turned away at the door (6.4, 3.1): recorded. */
  turnedAway(at: { platform: Platform; tenant: string; userId: string; why: string }): Promise<void>;
};

/** Where a person is written to. */
export type Address = {
  platform: Platform;
  tenant: string;
  userId: string;
  conversation: string | null;
};

export type Sent = {
  conversation: string;
  message: string;
  /** A reference worth keeping for the next message to them. */
  reference?: string;
};

/**
 * Sends and changes messages. Throws `RateLimited`, `Unreachable` (send), `MessageGone` (update), `NotPermitted`;
 * anything else is worth another try.
 */
export type Messenger = {
  platform: Platform;
  /**
   * @param delivery the outbox row's id, the same in every try; `again` is true when an earlier try may have
   * got through, so that a platform whose messages can be searched looks before it sends.
   */
  send(to: Address, card: Card, reader: Reader, delivery: { id: string; again: boolean }): Promise<Sent>;
  update(
    at: { tenant: string; conversation: string; message: string },
    card: Card,
    reader: Reader,
  ): Promise<void>;
  /**
   * Does what changes a message when no click is being answered in its place; answers wait for it in turn. Left out:
   * nothing is answered so.
   */
  quietly?(at: { conversation: string; message: string }, update: () => Promise<void>): Promise<void>;
  /**
   * Puts a file into somebody's chat, on platforms that take files from bots.
   * @param again true when an earlier try may have got through: one of the same name is looked for first
   */
  sendFile?(to: Address, file: ChatFile, again: boolean): Promise<void>;
  /**
   * Posts a card in a channel, on platforms that have them. Throws `Unreachable` where the bot may not write there.
   * @param delivery as for `send`
   */
  post?(to: Place, card: Card, reader: Reader, delivery: { id: string; again: boolean }): Promise<void>;
  /**
   * Finds somebody who has never written to the bot by their e-mail address, on platforms that can be asked for
   * it; null where nobody has it.
   */
  find?(email: string): Promise<{ tenant: string; profile: Profile } | null>;
};
