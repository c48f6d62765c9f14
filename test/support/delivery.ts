import { count, eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Messenger, Sent } from '../../src/chat/ports.ts';
import type { Instant } from '../../src/core/clock.ts';
import type { Platform, ViewDef } from '../../src/core/feature.ts';
import type { AccountId, PersonId, Subject } from '../../src/core/ids.ts';
import type { Card } from '../../src/core/view.ts';
import { record } from '../../src/db/audit.ts';
import type { Db, Tx } from '../../src/db/database.ts';
import { due, type OutboxRow } from '../../src/db/outbox.ts';
import { audit, liveCard, outbox } from '../../src/db/schema.ts';
import { createDeliver } from '../../src/queue/deliver.ts';
import type { DeliveryPorts, Reachable } from '../../src/queue/ports.ts';

export const start: Instant = Date.UTC(2026, 10, 24, 9);

export function manualClock() {
  let now = start;
  let elapsed = 0;
  return {
    now: () => now,
    elapsed: () => elapsed,
    /** Time passes. */
    advance: (ms: number) => {
      now += ms;
      elapsed += ms;
    },
    /** Somebody sets the clock. */
    set: (at: Instant) => {
      now = at;
    },
  };
}

type Attempt = { kind: 'send' | 'update'; user: string; delivery: string; again: boolean };

/**
 * The chat service at the far end of a messenger: keeps what was posted, and finds a message that was sent
 * before, as Slack does. `trouble` says what goes wrong with an attempt; what it returns is thrown after
 * the message got through.
 */
export function chatService(platform: Platform = 'slack') {
  const messages = new Map<string, { user: string; delivery: string; card: Card; language: string }>();
  const attempts: Attempt[] = [];
  const service = {
    messages,
    attempts,
    trouble: async (_attempt: Attempt): Promise<Error | null> => null,
    texts: (user: string) =>
      [...messages.values()].filter((it) => it.user === user).map((it) => it.card.title),
    messenger: {
      platform,
      async send(to, card, reader, { id, again }): Promise<Sent> {
        const attempt: Attempt = { kind: 'send', user: to.userId, delivery: id, again };
        attempts.push(attempt);
        const failure = await service.trouble(attempt);
        const earlier = again && [...messages].find(([, it]) => it.delivery === id && it.user === to.userId);
        const message = earlier ? earlier[0] : `m${messages.size + 1}`;
        messages.set(message, { user: to.userId, delivery: id, card, language: reader.language });
        if (failure) throw failure;
        return { conversation: `with ${to.userId}`, message, reference: `reference of ${to.userId}` };
      },
      async update(at, card, reader) {
        const shown = messages.get(at.message);
        if (!shown) throw new Error('no such message');
        const attempt: Attempt = { kind: 'update', user: shown.user, delivery: shown.delivery, again: false };
        attempts.push(attempt);
        const failure = await service.trouble(attempt);
        messages.set(at.message, { ...shown, card, language: reader.language });
        if (failure) throw failure;
      },
    } satisfies Messenger,
  };
  return service;
}

/** The revision of a subject is the number of its audit entries: something that transactions really hold. */
export async function revisionOf(tx: Tx, subject: Subject): Promise<number> {
  const [found] = await tx.select({ rows: count() }).from(audit).where(eq(audit.subject, subject));
  return found?.rows ?? 0;
}

export const move = (tx: Tx, subject: Subject): Promise<void> =>
  record(tx, { at: start, actor: 'test', kind: 'moved', subject, detail: {} });

const card = (title: string): Card => ({ layout: 'notice', tone: 'neutral', title });

export const views: Record<string, ViewDef> = {
  notice: async ({ reader }, data) =>
    data.overtaken ? null : { card: card(`${data.text} (${reader.language}, ${reader.zone})`) },
  state: async ({ tx }, data) => {
    const subject = data.subject as Subject;
    const revision = await revisionOf(tx, subject);
    return { card: card(`revision ${revision}`), live: { subject, revision } };
  },
};

export const person = (name: string): PersonId => name as PersonId;

export const account = (name: string, platform: Platform = 'slack', tenant = 'T1'): Reachable => ({
  account: `${platform} account of ${name}` as AccountId,
  address: { platform, tenant, userId: name, conversation: null },
  language: 'en',
  zone: 'Europe/Berlin',
});

/** Everything that delivery needs, with what it told its ports; `has` replaces parts. */
export function deliveryPorts(db: Db, has: Partial<DeliveryPorts> = {}) {
  const told: string[] = [];
  const logged: string[] = [];
  const ports: DeliveryPorts = {
    db,
    clock: manualClock(),
    logger: pino({ level: 'debug' }, { write: (line) => void logged.push(line) }),
    messengers: {},
    people: {
      addresses: async (_tx, id) => [account(id)],
      seek: async () => false,
      reads: async () => ({ language: 'en', zone: 'UTC' }),
      keepReference: async (_tx, id, reference) => void told.push(`${id}: ${reference}`),
    },
    views,
    jobs: {},
    mails: {},
    files: {},
    posts: {},
    mailer: null,
    random: () => 0.5,
    onUnreachable: async (_tx, { person, row }) => void told.push(`${person} not reached by ${row.name}`),
    onFailed: async (_tx, { row, error }) => void told.push(`${row.name} failed: ${error}`),
    onResult: () => {},
    ...has,
  };
  return { ports, told, logged };
}

export const rowsOf = (db: Db): Promise<OutboxRow[]> => Promise.resolve(db.read.select().from(outbox));

export const cardsOf = (db: Db) => Promise.resolve(db.read.select().from(liveCard));

/** Delivers by hand, on both platforms, at the times of a clock that the test moves. */
export function deliveryByHand(db: Db, has: Partial<DeliveryPorts> = {}) {
  const clock = manualClock();
  const slack = chatService('slack');
  const teams = chatService('teams');
  const messengers = { slack: slack.messenger, teams: teams.messenger };
  const it = deliveryPorts(db, { clock, messengers, ...has });
  const deliver = createDeliver(it.ports);
  return {
    ...it,
    clock,
    slack,
    teams,
    deliver,
    /** What the relay and the queue do, without waiting: everything that is due, once each. */
    async deliverDue() {
      for (const { id } of await due(db.read, clock.now(), 1_000)) await deliver(id);
    },
  };
}

export async function onlyRow(db: Db): Promise<OutboxRow> {
  const [row, ...others] = await rowsOf(db);
  if (!row || others.length > 0) throw new Error('not one row');
  return row;
}
