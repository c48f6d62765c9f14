import Database from 'better-sqlite3';
import { createMessenger } from '../../src/chat/slack/messenger.ts';
import { createWorkspaces } from '../../src/chat/slack/workspaces.ts';
import { type Instant, minute } from '../../src/core/clock.ts';
import { type BookingId, bookingSubject, newId, type OutboxId, type PersonId } from '../../src/core/ids.ts';
import { createLogger } from '../../src/core/logger.ts';
import { outbox } from '../../src/db/schema.ts';
import { keepReference } from '../../src/features/people/index.ts';
import { createBullQueue, createDelivery } from '../../src/queue/index.ts';
import { inserter } from '../data/insert.ts';
import type { Filled } from '../data/template.ts';
import { openFirm } from '../support/product.ts';

/** A reminder that is to be planned: of which booking, for whom, and when by the real clock. */
export type Planned = { id: OutboxId; at: Instant };

/**
 * The program's own delivery of a firm that is filled in: outbox, relay, queue on Redis, and the messenger of Slack. Its
 * clock shows the time of the data and goes on as the real one does.
 */
export async function startDelivering(
  firm: Filled,
  it: { redisUrl: string; chatUrl: string; onTold: () => void },
) {
  const logger = createLogger('silent');
  const { db, registry, product, close } = openFirm(firm);
  const { directory } = product;
  const shift = firm.now - Date.now();
  const config = { signingSecret: 'x', allowedTeams: [], appToken: null, apiUrl: it.chatUrl };
  const nothing = { save: async () => {}, fetch: async () => null, remove: async () => {} };
  const workspaces = createWorkspaces({ ...config, install: { botToken: 'xoxb-bench' } }, nothing, logger);
  const delivery = createDelivery({
    db,
    clock: { now: () => Date.now() + shift, elapsed: () => performance.now() },
    logger,
    queue: createBullQueue({ url: it.redisUrl, prefix: `bench:${newId()}`, logger }),
    messengers: { slack: createMessenger(workspaces) },
    people: {
      addresses: directory.addresses,
      reads: directory.reads,
      seek: async () => false,
      keepReference,
    },
    views: Object.fromEntries(registry.views),
    jobs: {},
    mails: {},
    files: {},
    posts: {},
    mailer: null,
    random: Math.random,
    onUnreachable: async () => {
      throw new Error('somebody is out of reach');
    },
    onFailed: async (_tx, { error }) => {
      throw new Error(`a reminder failed: ${error}`);
    },
    onResult(_kind, result) {
      if (result !== 'told') throw new Error(`a reminder was not told: ${result}`);
      it.onTold();
    },
  });
  await delivery.start();

  const raw = new Database(firm.path);
  raw.pragma('busy_timeout = 5000');
  const add = inserter(raw, outbox);
  const invited = raw
    .prepare(
      `SELECT b.id AS booking, b.start_at AS start, a.person FROM booking b JOIN booking_attendee a ON a.booking = b.id
       WHERE b.state_kind = 'approved' AND b.start_at > ? ORDER BY b.number`,
    )
    .all(firm.now) as Array<{ booking: BookingId; start: Instant; person: PersonId }>;
  let planned = 0;

  return {
    /** Writes reminders of bookings to come into the outbox, due at these moments of the real clock. */
    plan(moments: readonly Instant[]): Planned[] {
      return raw.transaction(() =>
        moments.map((at) => {
          const { booking, start, person } = invited[planned++ % invited.length] ?? none();
          const due = Math.floor(at + shift);
          const id = newId<OutboxId>();
          add({
            id,
            kind: 'tell',
            name: 'reminder.card',
            person,
            subject: bookingSubject(booking),
            data: { booking, due: `${due}`, until: `${start + minute}` },
            dueAt: due,
            createdAt: due - minute,
            state: 'waiting',
            attempts: 0,
            trace: null,
          });
          return { id, at };
        }),
      )();
    },
    kick: delivery.kick,
    async stop() {
      await delivery.stop(5_000);
      raw.close();
      await close();
    },
  };
}

const none = () => {
  throw new Error('nobody is invited to anything');
};
