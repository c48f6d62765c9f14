import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cardsOf,
  chatService,
  deliveryPorts,
  manualClock,
  move,
  person,
  revisionOf,
  rowsOf,
  start,
} from '../../test/support/delivery.ts';
import { temporaryDatabase } from '../../test/support/temporary-database.ts';
import { RateLimited, Unreachable } from '../core/errors.ts';
import { bookingSubject, newId } from '../core/ids.ts';
import { due, nextDue, refresh, release, tell } from '../db/outbox.ts';
import { liveCard, outbox } from '../db/schema.ts';
import { createDeliver } from './deliver.ts';

const never = new Promise<never>(() => {});

/** What the chat service does with one attempt; `dies`: the process is killed while it waits for the answer. */
const fate = fc.constantFrom(
  'works',
  'refuses',
  'takes it and breaks off',
  'says 429',
  'dies before',
  'dies after',
  'moves on',
);

test('[2.7] whatever fails, everybody is told exactly once and every card ends up to date', async () => {
  const { db, remove } = temporaryDatabase();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 40 }),
      fc.uniqueArray(fc.constantFrom('ann', 'ben', 'cem', 'dee'), { minLength: 1 }),
      fc.constantFrom('notice', 'state'),
      fc.option(fc.constantFrom('ann', 'ben')),
      async (fates, people, view, blocked) => {
        const subject = bookingSubject(newId());
        await db.transact(async (tx) => {
          for (const rows of [outbox, liveCard]) await tx.delete(rows);
        });
        const clock = manualClock();
        const slack = chatService();
        let killed = () => {};

        slack.trouble = async ({ user, kind }) => {
          if (kind === 'send' && user === blocked) throw new Unreachable('never');
          switch (fates.shift() ?? 'works') {
            case 'works':
              return null;
            case 'refuses':
              throw new Error('no');
            case 'takes it and breaks off':
              return new Error('broken off');
            case 'says 429':
              throw new RateLimited(7_000);
            case 'dies before':
              killed();
              return never;
            case 'dies after':
              setImmediate(killed);
              return null;
            case 'moves on':
              await db.transact(async (tx) => {
                await move(tx, subject);
                await refresh(tx, subject, clock.now());
              });
              return null;
          }
        };

        const { ports, told } = deliveryPorts(db, { clock, messengers: { slack: slack.messenger } });
        await db.transact((tx) =>
          tell(tx, people.map(person), view, { now: start, dueAt: start, data: { text: 'hello', subject } }),
        );

        // Lives until it is killed or nothing is left: then the next process takes over.
        const live = async (): Promise<'killed' | 'idle'> => {
          await db.transact(release);
          const deliver = createDeliver(ports);
          const death = new Promise<'killed'>((resolve) => {
            killed = () => resolve('killed');
          });
          for (;;) {
            const rows = await due(db.read, clock.now(), 100);
            const done = Promise.all(rows.map(({ id }) => deliver(id))).then(() => 'done' as const);
            if ((await Promise.race([death, done])) === 'killed') return 'killed';
            const next = await nextDue(db.read);
            if (next === null) return 'idle';
            clock.advance(Math.max(0, next - clock.now()));
          }
        };
        while ((await live()) === 'killed');

        const reachable = people.filter((it) => it !== blocked);
        const sent = [...slack.messages.values()];
        expect(sent.map((it) => it.user).toSorted()).toEqual(reachable.toSorted());
        const tells = (await rowsOf(db)).filter((it) => it.kind === 'tell');
        for (const row of tells) expect(row.state).toBe(row.person === blocked ? 'failed' : 'done');
        expect(told.filter((it) => it.includes('not reached'))).toEqual(
          people.filter((it) => it === blocked).map((it) => `${it} not reached by ${view}`),
        );
        if (view === 'state') {
          const revision = await revisionOf(db.read, subject);
          expect(sent.map((it) => it.card.title)).toEqual(reachable.map(() => `revision ${revision}`));
          expect((await cardsOf(db)).map((it) => it.revision)).toEqual(reachable.map(() => revision));
        }
      },
    ),
    { numRuns: 50 },
  );
  await remove();
}, 120_000);
