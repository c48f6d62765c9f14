import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { day, minute } from '../core/clock.ts';
import type { AccountId, PersonId } from '../core/ids.ts';
import type { Role } from '../core/rights.ts';
import type { Answer } from '../core/view.ts';
import type { Db } from '../db/database.ts';
import { nextDue, tell } from '../db/outbox.ts';
import { findByEmails } from '../features/people/index.ts';
import { createReader } from '../i18n/reader.ts';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { createSandboxFeature } from './feature.ts';
import { makeOrganisation } from './organisation.ts';
import { people } from './people.ts';

const start = Date.parse('2026-11-24T15:10:00Z');
let whole: TemporaryDatabase;
let temporary: TemporaryDatabase;
let db: Db;
let clock: SandboxClock;

/** Made once, and copied for each test: it takes a while. */
beforeAll(async () => {
  whole = temporaryDatabase();
  await makeOrganisation(whole.db, start);
  await whole.db.close();
}, 120_000);
afterAll(() => rmSync(dirname(whole.path), { recursive: true }));

beforeEach(() => {
  temporary = temporaryDatabase(whole.path);
  db = temporary.db;
  clock = createSandboxClock(`${temporary.path}.clock`, { now: () => start });
});
afterEach(() => temporary.remove());

const personOf = async (email: string): Promise<PersonId> => {
  const [found] = await findByEmails(db.read, [email]);
  if (!found) throw new Error(`nobody has the address ${email}`);
  return found.id;
};

/** What somebody is answered: Mia, or the admin who reviews. */
async function say(text: string, who: 'mia' | 'yating' = 'mia'): Promise<Answer> {
  const person = await personOf(people[who].email);
  const roles = new Set<Role>(who === 'yating' ? ['admin'] : []);
  const feature = createSandboxFeature(clock);
  const word = feature.words?.sandbox?.(text);
  const def = feature.commands?.[word?.command ?? ''];
  if (!word || !def) throw new Error('the word is not known');
  return db.transact((tx) =>
    def.handle(
      {
        tx,
        now: clock.now(),
        reader: createReader('en', 'Europe/Berlin', clock.now()),
        actor: { person, account: '' as AccountId, platform: 'teams', name: who, roles },
        strangers: {},
        mentioned: new Map(),
        channels: new Map(),
        place: null,
        token: () => 'token',
      },
      word.input,
    ),
  );
}

test('[2.7] “sandbox next” passes over what whoever types it does not notice, and says what is due', async () => {
  const [mia, jonas] = [await personOf(people.mia.email), await personOf(people.jonas.email)];
  const booking = db.read.get<{ id: string; number: number }>(
    sql`SELECT id, number FROM booking WHERE topic = 'Design workshop'`,
  );
  const soon = { now: start, data: { booking: booking.id } };
  await db.transact(async (tx) => {
    await tell(tx, [jonas], 'reminder.card', { ...soon, dueAt: start + minute });
    await tell(tx, [mia, jonas], 'reminder.card', { ...soon, dueAt: start + 5 * minute });
  });
  expect(await say('next')).toMatchObject({
    kind: 'card',
    card: {
      title: 'Now it is Tue, Nov 24, 2026, 16:15 (Central European Time)',
      rows: [{ title: `Reminder of booking #${booking.number} for Mia Brandt and Jonas Weber` }],
    },
  });
  expect(clock.now()).toBe(start + 5 * minute);
});

test('[2.2] reviewers are reminded of requests: that is next for them, and done on the way for others', async () => {
  await db.transact(async (tx) => {
    await tx.run(sql`UPDATE outbox SET state = 'withdrawn' WHERE kind = 'tell'`);
  });
  expect(await say('next', 'yating')).toMatchObject({
    card: { rows: [{ title: expect.stringMatching(/^The reviewers are reminded of #\d+/) }] },
  });
  const before = clock.now();
  expect(await say('next')).toMatchObject({
    card: { rows: [{ title: expect.stringMatching(/^Request #\d+ expires/) }] },
  });
  expect(clock.now()).toBeGreaterThan(before + day);
});

test('[2.2] a request that expires is among what “sandbox next” moves to', async () => {
  await db.transact(async (tx) => {
    await tx.run(sql`UPDATE outbox SET state = 'withdrawn' WHERE kind = 'tell' OR name LIKE 'approval.%'`);
  });
  const due = await nextDue(db.read, start);
  expect(await say('next')).toMatchObject({
    card: { rows: [{ title: expect.stringMatching(/^Request #\d+ expires/) }] },
  });
  expect(clock.now()).toBe(due);
});

test('[2.7] where nothing is due any more, “sandbox next” says so and leaves the clock', async () => {
  await db.transact(async (tx) => {
    await tx.run(sql`UPDATE outbox SET state = 'done'`);
  });
  expect(await say('next')).toEqual({
    kind: 'note',
    tone: 'neutral',
    text: expect.stringContaining('Nothing'),
  });
  expect(clock.now()).toBe(start);
});

test('[2.7] every “sandbox next” leads further, until nothing is left', async () => {
  const moments: number[] = [];
  while ((await say('next')).kind === 'card') moments.push(clock.now());
  expect(moments.length).toBeGreaterThan(3);
  expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
  expect(clock.now()).toBeLessThan(start + 30 * day);
});

test('[2.7] “sandbox” with anything else explains itself and moves nothing', async () => {
  const answer = await say('faster');
  expect(answer).toMatchObject({
    card: { text: [expect.stringContaining('“sandbox next”'), expect.anything()] },
  });
  expect(clock.now()).toBe(start);
});
