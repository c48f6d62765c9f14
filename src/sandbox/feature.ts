import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Instant } from '../core/clock.ts';
import { type Actor, command, type Feature } from '../core/feature.ts';
import type { BookingId } from '../core/ids.ts';
import { may } from '../core/rights.ts';
import type { Row } from '../core/view.ts';
import type { Tx } from '../db/database.ts';
import { nextDue, type OutboxRow } from '../db/outbox.ts';
import { outbox } from '../db/schema.ts';
import { findBooking } from '../features/booking/index.ts';
import { namesOf } from '../features/people/index.ts';
import type { Reader } from '../i18n/reader.ts';
import type { SandboxClock } from './clock.ts';

/** `sandbox next`: moves the clock to the next thing that is due and concerns whoever types it. */
export function createSandboxFeature(clock: SandboxClock): Feature {
  return {
    name: 'sandbox',
    words: {
      sandbox: (rest) => ({
        command: rest.toLowerCase() === 'next' ? 'sandbox.next' : 'sandbox.help',
        input: {},
      }),
    },
    commands: {
      'sandbox.next': command({
        right: 'member',
        input: z.object({}),
        // It writes nothing, but a repeated delivery must not move on twice.
        acts: true,
        async handle({ tx, now, reader, actor }) {
          const next = await nextFor(tx, now, actor);
          if (!next) return { kind: 'note', tone: 'neutral', text: reader.t('sandbox.next.none') };
          clock.moveTo(next.at);
          return {
            kind: 'card',
            card: {
              layout: 'list',
              tone: 'neutral',
              title: reader.t('sandbox.next.title', moment(reader, next.at)),
              text: [reader.t('sandbox.next.due')],
              rows: await rowsOf(tx, reader, next.rows),
            },
          };
        },
      }),
      'sandbox.help': command({
        right: 'member',
        input: z.object({}),
        acts: false,
        handle: async ({ now, reader }) => ({
          kind: 'card',
          card: {
            layout: 'list',
            tone: 'neutral',
            title: reader.t('sandbox.help.title'),
            text: [reader.t('sandbox.help.text'), reader.t('sandbox.help.now', moment(reader, now))],
          },
        }),
      }),
    },
  };
}

const moment = (reader: Reader, at: Instant) => ({ at: { instant: at }, zone: reader.zoneName() });

type Due = { at: Instant; rows: OutboxRow[] };

/** What is done about requests that wait concerns those who decide. */
const forReviewers = /\.(remind|escalate)$|^duties\./;

/** What falls due together next, passing over what they would not notice: that is done on the way. */
async function nextFor(tx: Tx, now: Instant, actor: Actor): Promise<Due | null> {
  const concerns = ({ kind, name, person }: OutboxRow) =>
    person === actor.person || (kind === 'run' && (may(actor, 'admin') || !forReviewers.test(name)));
  for (let at = await nextDue(tx, now); at !== null; at = await nextDue(tx, at)) {
    const rows = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.state, 'waiting'), eq(outbox.dueAt, at)));
    if (rows.some(concerns)) return { at, rows };
  }
  return null;
}

/** A line for each thing that is due; one for all who are told the same. */
async function rowsOf(tx: Tx, reader: Reader, due: readonly OutboxRow[]): Promise<Row[]> {
  const names = await namesOf(
    tx,
    due.flatMap((row) => row.person ?? []),
  );
  const alike = Map.groupBy(due, (row) => `${row.name} ${row.subject}`);
  return Promise.all(
    [...alike.values()].map(async ([first, ...others]): Promise<Row> => {
      if (!first) throw new Error('a group without rows');
      const people = [first, ...others].flatMap((row) => (row.person && names.get(row.person)) ?? []);
      return { title: await describe(tx, reader, first, people) };
    }),
  );
}

const told = {
  'reminder.card': 'reminder',
  'booking.expire': 'expiry',
  'cancel.confirm': 'confirmation',
  'approval.remind': 'urging',
  'approval.escalate': 'escalation',
} as const;

async function describe(tx: Tx, reader: Reader, row: OutboxRow, people: string[]): Promise<string> {
  const names = reader.list(people);
  const booking = row.data.booking ? await findBooking(tx, row.data.booking as BookingId) : null;
  const key = Object.entries(told).find(([name]) => name === row.name)?.[1];
  if (booking && key) return reader.t(`sandbox.next.${key}`, { number: booking.number, names });
  return people.length > 0
    ? reader.t('sandbox.next.other', { kind: row.name, names })
    : reader.t('sandbox.next.job', { kind: row.name });
}
