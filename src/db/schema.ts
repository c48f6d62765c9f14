import type { AccountId, OutboxId, PersonId, Subject } from '../core/ids.ts';
import { index, instant, integer, json, table, text, uniqueIndex } from './columns.ts';

/** One row: which deployment this database belongs to, and what it goes by. */
export const deployment = table('deployment', {
  id: text('id').primaryKey(),
  /** A counter that the readiness check writes to. */
  beat: integer('beat').notNull(),
  /** What links are signed with, random, made with the database. */
  linkSecret: text('link_secret').notNull().default(''),
  /** Where we are reached from outside, as it is configured; null: nowhere, so there are no links. */
  publicUrl: text('public_url'),
});

/** What was answered to a click, command or submission: a repeat is answered from here. */
export const inbox = table(
  'inbox',
  {
    key: text('key').primaryKey(),
    at: instant('at').notNull(),
    answer: json('answer').notNull(),
  },
  (it) => [index('inbox_at').on(it.at)],
);

export type OutboxState = 'waiting' | 'sending' | 'done' | 'dropped' | 'failed' | 'withdrawn';

/**
 * What must be told or done later, written by the transaction that decided it.
 * `kind` tell: render `name` for `person` and send it · refresh: bring the live cards of `subject` up to
 * date · run: do the job `name` · mail: send `person` the mail `name` · file: put the file `name` into the chat of
 * `person` · post: post `name` in a channel.
 */
export const outbox = table(
  'outbox',
  {
    id: text('id').$type<OutboxId>().primaryKey(),
    kind: text('kind').$type<'tell' | 'refresh' | 'run' | 'mail' | 'file' | 'post'>().notNull(),
    name: text('name').notNull(),
    person: text('person').$type<PersonId>(),
    subject: text('subject').$type<Subject>(),
    data: json('data').$type<Record<string, string>>().notNull(),
    dueAt: instant('due_at').notNull(),
    createdAt: instant('created_at').notNull(),
    state: text('state').$type<OutboxState>().notNull(),
    /** While `sending`: when the claim ends, should the worker have died. */
    leaseUntil: instant('lease_until'),
    attempts: integer('attempts').notNull(),
    /** The last failure, without message text. */
    error: text('error'),
    doneAt: instant('done_at'),
    /** The id, in the logs, of the click that it comes of; null in rows from before there were any. */
    trace: text('trace'),
  },
  (it) => [index('outbox_due').on(it.state, it.dueAt), index('outbox_subject').on(it.subject, it.name)],
);

/** A card in somebody's chat that is kept in step with its subject. */
export const liveCard = table(
  'live_card',
  {
    id: text('id').primaryKey(),
    person: text('person').$type<PersonId>().notNull(),
    account: text('account').$type<AccountId>().notNull(),
    /** The platform's own address of the message. */
    conversation: text('conversation').notNull(),
    message: text('message').notNull(),
    view: text('view').notNull(),
    subject: text('subject').$type<Subject>().notNull(),
    data: json('data').$type<Record<string, string>>().notNull(),
    /** The revision of the subject that it shows. */
    revision: integer('revision').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (it) => [
    uniqueIndex('live_card_message').on(it.conversation, it.message),
    index('live_card_subject').on(it.subject, it.revision),
  ],
);

/** Who changed what in the set-up, and who was refused at the door: appended to, never changed. */
export const audit = table(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    detail: json('detail').notNull(),
  },
  (it) => [index('audit_at').on(it.at)],
);

/** Where the bot is installed, for platforms that hand out a token per workspace. The token is a secret. */
export const installation = table('installation', {
  tenant: text('tenant').primaryKey(),
  token: text('token').notNull(),
  at: instant('at').notNull(),
});
