import type { z } from 'zod';
import type { Tx } from '../db/database.ts';
import type { Reader } from '../i18n/reader.ts';
import type { Language } from '../i18n/translate.ts';
import type { Instant } from './clock.ts';
import type { AccountId, PersonId } from './ids.ts';
import type { Right, Role } from './rights.ts';
import type { Answer, Card, Option } from './view.ts';

export type Platform = 'slack' | 'teams';

/** The person who acts: known, a member, and allowed in, by the time that a feature sees them. */
export type Actor = {
  person: PersonId;
  account: AccountId;
  platform: Platform;
  name: string;
  roles: ReadonlySet<Role>;
};

/** Enough to look something up and show it: `tx` is a read connection, or the transaction under way. */
export type Scope = { tx: Tx; now: Instant; reader: Reader };

/** By field of people: those chosen who are not full members, and whether some could not be looked up. */
export type Strangers = Record<string, { names: string[]; unknown: boolean }>;

/** Somebody whom a typed text names with an @. */
export type Mentioned = {
  person: PersonId;
  name: string;
  /** A full member: only these are invited or appointed (3.1). */
  member: boolean;
};

export type CommandContext = Scope & {
  actor: Actor;
  /** Rooms are for full members (3.1): a command that invites or appoints people refuses these. */
  strangers: Strangers;
  /** Whom a typed text mentions, by how it writes them after the @. */
  mentioned: ReadonlyMap<string, Mentioned>;
  /** The channel in which it was typed or clicked; null: a chat with the bot alone, or not known. */
  place: Place | null;
  /** The channels that a typed text names, by how it writes them after the #. */
  channels: ReadonlyMap<string, Place>;
  /** A new token for a form: its submission, sent twice, acts once. */
  token(): string;
};

/** A job has no actor: it runs because its time has come. */
export type JobContext = { tx: Tx; now: Instant };

export type CommandDef<Input = unknown> = {
  right: Right;
  /** What may come in. What does not fit is a stale or forged button, never something that a person typed. */
  input: z.ZodType<Input>;
  /**
   * Inputs in which people are chosen. They come in as the platform's user ids, whatever a client claims, and
   * `handle` gets person ids; who is not a full member stands in the context's `strangers`.
   */
  people?: readonly string[];
  /** True: it writes, runs in a transaction, and a repeat gets the first answer. False: it only looks. */
  acts: boolean;
  handle(context: CommandContext, input: Input): Promise<Answer>;
};

/** What a person typed: `/rooms add` gives the word `rooms` with the rest `add`. */
export type WordDef = (rest: string) => { command: string; input: Record<string, unknown> };

/**
 * Renders a card for the person who reads. `send`: it is about to be sent, and null means that it has been
 * overtaken and must not be. `update`: it is in the chat already, and null leaves it as it is.
 */
export type ViewDef = {
  (
    scope: Scope & { purpose: 'send' | 'update'; recipient: PersonId },
    data: Record<string, string>,
  ): Promise<{ card: Card; live?: { subject: string; revision: number } } | null>;
  /** The revision that it would show now, where that can be told without rendering it; null: there is nothing to show. */
  revision?(scope: Pick<Scope, 'tx' | 'now'>, data: Record<string, string>): Promise<number | null>;
};

export type JobDef = (context: JobContext, data: Record<string, string>) => Promise<void>;

/** An e-mail to one person, in plain text, with the appointment that it is about. */
export type Mail = {
  /** The address that it goes to. */
  to: string;
  /** Whom an answer goes to; none: to nobody who reads it. */
  replyTo?: string;
  subject: string;
  text: string;
  /** An iCalendar object, by which mail programs offer to accept or to remove. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; text: string };
};

/** Writes the mail for the person who reads, when it is about to be sent; null: overtaken, and must not be. */
export type MailDef = (
  scope: Scope & { recipient: PersonId },
  data: Record<string, string>,
) => Promise<Mail | null>;

/** A file that is put into somebody's chat, on platforms that take files from bots. */
export type ChatFile = {
  /** No two files about different things have the same name: by it one that got through is found again. */
  name: string;
  title: string;
  /** MIME type. */
  type: string;
  content: Buffer | { path: string };
};

/** Makes the file for the person who reads, when it is about to be sent; null: overtaken, and must not be. */
export type FileDef = (
  scope: Scope & { recipient: PersonId },
  data: Record<string, string>,
) => Promise<ChatFile | null>;

/** A channel that many read; `name`: what it is called, where that is known. */
export type Place = { platform: Platform; tenant: string; conversation: string; name?: string };

/** A card for a channel, in the language and zone of whoever had it posted there. */
export type Posting = {
  to: Place;
  language: Language;
  zone: string;
  card(reader: Reader): Promise<Card>;
  /** The bot may not write there (any more): runs in the transaction that gives it up. */
  barred(tx: Tx, now: Instant): Promise<void>;
};

/** What is posted in a channel, when it is about to be; null: overtaken, and must not be. */
export type PostDef = (
  scope: { tx: Tx; now: Instant },
  data: Record<string, string>,
) => Promise<Posting | null>;

/** Looks up the options of a choice while somebody types; at most 100. */
export type OptionSource = (scope: Scope & { actor: Actor }, query: string) => Promise<Option[]>;

/** What a feature declares: everything that the rest of the program may use of it. */
export type Feature = {
  name: string;
  commands?: Record<string, CommandDef>;
  words?: Record<string, WordDef>;
  views?: Record<string, ViewDef>;
  jobs?: Record<string, JobDef>;
  mails?: Record<string, MailDef>;
  files?: Record<string, FileDef>;
  posts?: Record<string, PostDef>;
  options?: Record<string, OptionSource>;
};

/** Types a command's `handle` by its `input`, then forgets the type so that commands of all kinds fit in one table. */
export const command = <Input>(def: CommandDef<Input>): CommandDef => def as unknown as CommandDef;
