import type { Address } from '../chat/ports.ts';
import type { Clock, Instant } from '../core/clock.ts';
import type { FileDef, JobDef, Mail, MailDef, PostDef, ViewDef } from '../core/feature.ts';
import type { AccountId, PersonId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import type { Db, Tx } from '../db/database.ts';
import type { Claim, OutboxRow } from '../db/outbox.ts';
import type { Language } from '../i18n/translate.ts';
import type { Messengers } from './lanes.ts';

/** One way of reaching a person, and how they read there. */
export type Reachable = { account: AccountId; address: Address; language: Language; zone: string };

export type People = {
  /** All accounts of a person, the one last used first. */
  addresses(tx: Tx, person: PersonId): Promise<Reachable[]>;
  /** In which language and zone they read, also where no account is known. */
  reads(tx: Tx, person: PersonId): Promise<{ language: Language; zone: string }>;
  /** Looks for somebody of whom no account is known; true where one is known now. */
  seek(person: PersonId): Promise<boolean>;
  /** Keeps where to write to them the next time. */
  keepReference(tx: Tx, account: AccountId, reference: string): Promise<void>;
};

/** What became of one attempt; `later`: told to wait, or carried on with soon. */
export type DeliveryResult = 'told' | 'done' | 'dropped' | 'unreachable' | 'failed' | 'retried' | 'later';

/**
 * Sends mail. Throws `Unreachable` where it will never arrive; anything else is worth another try.
 * @param id the same in every try of one mail, so that mail programs recognise a second one
 */
export type Mailer = { send(mail: Mail, id: string): Promise<void> };

/** What delivery needs of the rest of the program. */
export type DeliveryPorts = {
  db: Db;
  clock: Clock;
  logger: Logger;
  messengers: Messengers;
  people: People;
  views: Record<string, ViewDef>;
  jobs: Record<string, JobDef>;
  mails: Record<string, MailDef>;
  files: Record<string, FileDef>;
  posts: Record<string, PostDef>;
  /** Null: no mail can be sent. */
  mailer: Mailer | null;
  /** A number in [0, 1), for spreading retries. */
  random(): number;
  /** Somebody can't be reached on any of their accounts. Runs in the transaction that records it. */
  onUnreachable(tx: Tx, missed: { person: PersonId; row: OutboxRow; now: Instant }): Promise<void>;
  /** A row was given up after its last attempt. Runs in the transaction that records it. */
  onFailed(tx: Tx, failed: { row: OutboxRow; error: string; now: Instant }): Promise<void>;
  /** Counts what became of every attempt, and how many milliseconds after it was due. */
  onResult(kind: OutboxRow['kind'], result: DeliveryResult, late: number): void;
};

/** What handling a row came to; a failure is thrown instead. */
export type Outcome =
  /** The message is in the chat, whatever happens now. */
  | { kind: 'told'; note(tx: Tx, now: Instant): Promise<void> }
  /** Finished by `write`, which stands or falls with the marking of the row. */
  | { kind: 'done'; write?(tx: Tx, now: Instant): Promise<void> }
  | { kind: 'overtaken' }
  | { kind: 'unreachable'; person: PersonId }
  /** The bot may not write in this channel; `write` runs in the transaction that gives it up. */
  | { kind: 'barred'; write(tx: Tx, now: Instant): Promise<void> }
  /** To be carried on with. */
  | { kind: 'unfinished' };

export type Handler = (row: Claim) => Promise<Outcome>;
