import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { aBooking, aRoom, person, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { day, hour } from '../../core/clock.ts';
import { type BookingId, newId, type RoomId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import type { Language } from '../../i18n/translate.ts';
import type { Booking } from '../booking/index.ts';
import { saveTransition } from '../booking/store.ts';
import { keepPublicUrl, linksIn } from '../files/index.ts';
import { createDirectory } from '../people/index.ts';
import { saveRoom } from '../rooms/index.ts';
import { type Calendars, createCalendars } from './index.ts';
import { addFeed, feedsOf } from './store.ts';

/*
 * Whatever happens: a feed out of memory reads like one that is written afresh, and its tag is another one exactly
 * where it reads otherwise.
 */

const people = ['ann', 'ben', 'rae'].map(person);
const [ann = person(''), ben = person(''), rae = person('')] = people;
const alps = 'alps' as RoomId;
const states: Record<'approved' | 'cancelled', Booking['state']> = {
  approved: {
    kind: 'approved',
    by: rae,
    for: null,
    rule: null,
    at: tuesday,
    change: null,
    cancellation: null,
  },
  cancelled: { kind: 'cancelled', at: tuesday, by: ann, for: null, asked: ann, reason: '', late: false },
};

let temporary: TemporaryDatabase;
let calendars: Calendars;
let now = tuesday;
const tokens: string[] = [];
const bookings: Booking[] = [];

beforeAll(async () => {
  temporary = temporaryDatabase();
  await temporary.db.transact(async (tx) => {
    await keepPublicUrl(tx, 'https://rooms.example.org');
    for (const id of people) {
      await tx.run(
        sql`INSERT INTO person (id, name, email, created_at) VALUES (${id}, ${id}, ${`${id}@x.org`}, 0)`,
      );
      await tx.run(sql`INSERT INTO account (id, person, platform, tenant, user_id, kind, checked_at, seen_at)
        VALUES (${id}, ${id}, 'slack', 'T1', ${id}, 'member', 0, 0)`);
    }
    const { id: _, ...alike } = aRoom();
    await tx.run(sql`INSERT INTO room (id, name, site, floor, zone, kind, capacity, equipment, buffer, active)
      VALUES (${alps}, 'Alps', 'Berlin', '3', 'Europe/Berlin', 'physical', 8, '[]', 0, 1)`);
    await saveRoom(tx, { ...alike, reviewers: [rae] }, alps);
    for (const [who, room] of [
      [ann, null],
      [ben, null],
      [rae, alps],
    ] as const)
      await addFeed(tx, who, room, 0);
  });
  const links = await linksIn(temporary.db.read);
  for (const feed of await feedsOf(temporary.db.read, people))
    tokens.push(/feed\/(.+)\.ics/.exec(links.toFeed(feed.id) ?? '')?.[1] ?? '');
  calendars = newCalendars();
});
afterAll(() => temporary.remove());

const newCalendars = (): Calendars =>
  createCalendars({
    db: temporary.db,
    directory: createDirectory({ adminEmails: [], language: 'en', zone: 'Europe/Berlin' }),
    now: () => now,
  });

type Happening = (tx: Tx) => Promise<unknown> | unknown;

const book: Happening = (tx) => {
  const made = aBooking({
    id: newId<BookingId>(),
    number: 1001 + bookings.length,
    start: now + bookings.length * hour,
    end: now + (bookings.length + 1) * hour,
    state: states.approved,
  });
  bookings.push(made);
  const event = { type: 'requested', booking: made } as const;
  return saveTransition(tx, { before: null, after: made, event, at: now, actor: ann, source: 'slack' });
};

/** One of the bookings is changed, counted from the last. */
const revise = (nth: number, its: (booking: Booking) => Partial<Booking>): Happening => {
  return async (tx) => {
    const n = bookings.length - 1 - (nth % Math.max(1, bookings.length));
    const before = bookings[n];
    if (!before) return;
    const after = { ...before, ...its(before), revision: before.revision + 1 };
    bookings[n] = after;
    const event = { type: 'changed', by: ann, at: now, from: before, to: after, apart: false } as const;
    await saveTransition(tx, { before: before.state, after, event, at: now, actor: ann, source: 'slack' });
  };
};

const nth = fc.nat({ max: 5 });
const word = fc.constantFrom('Alps', 'Rhine', 'Böhmen; 2', '阿爾卑斯', '');
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant(book),
  fc.tuple(nth, word).map(([n, topic]) => revise(n, () => ({ topic: `${topic}!` }))),
  nth.map((n) => revise(n, ({ start, end }) => ({ start: start + day, end: end + day }))),
  nth.map((n) => revise(n, ({ confidential }) => ({ confidential: !confidential }))),
  nth.map((n) => revise(n, ({ attendees }) => ({ attendees: attendees.length > 0 ? [] : [ben, rae] }))),
  nth.map((n) => revise(n, ({ declined }) => ({ declined: declined.length > 0 ? [] : [ben] }))),
  nth.map((n) => revise(n, ({ host }) => ({ host: host === ann ? rae : ann }))),
  fc.tuple(nth, fc.constantFrom(...Object.values(states))).map(([n, state]) => revise(n, () => ({ state }))),
  fc.tuple(fc.constantFrom('name', 'site', 'floor', 'join_link'), word).map(
    ([column, to]) =>
      (tx: Tx) =>
        tx.run(sql`UPDATE room SET ${sql.identifier(column)} = ${to}`),
  ),
  fc.tuple(fc.constantFrom(...people), word).map(
    ([id, name]) =>
      (tx: Tx) =>
        tx.run(sql`UPDATE person SET name = ${name} WHERE id = ${id}`),
  ),
  fc.tuple(fc.constantFrom(...people), fc.constantFrom<Language[]>('en', 'zh-TW', 'zh-CN')).map(
    ([id, to]) =>
      (tx: Tx) =>
        tx.run(sql`UPDATE person SET language = ${to} WHERE id = ${id}`),
  ),
  fc
    .constantFrom(ben, null)
    .map((real) => (tx: Tx) => tx.run(sql`UPDATE person SET same_as = ${real} WHERE id = 'rae'`)),
  fc.constantFrom(hour, 40 * day).map((later) => () => {
    now += later;
  }),
);

test('[2.3] a feed’s tag changes exactly with its text, and what is kept is what would be written afresh', async () => {
  const textOf = new Map<string, string>();
  const tagOf = new Map<string, string>();
  const compared = { same: 0, different: 0 };
  const look = async (token: string) => {
    const opened = await calendars.openFeed(token);
    const fresh = await newCalendars().openFeed(token);
    if (opened.kind !== 'calendar' || fresh.kind !== 'calendar') return expect(opened.kind).toBe(fresh.kind);
    expect(opened.text).toBe(fresh.text);
    const tag = opened.tag ?? '';
    expect(textOf.get(tag) ?? opened.text).toBe(opened.text);
    textOf.set(tag, opened.text);
    const again = await calendars.openFeed(token, (known) => known === tag);
    expect(again.kind).toBe('same');
    const before = tagOf.get(token);
    if (before !== undefined) compared[before === tag ? 'same' : 'different'] += 1;
    tagOf.set(token, tag);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 50, maxLength: 50 }), async (happenings) => {
      for (const happens of happenings) {
        await temporary.db.transact(async (tx) => happens(tx));
        for (const token of tokens) await look(token);
      }
    }),
    // The database goes on from one happening to the next, so there is nothing to make shorter.
    { numRuns: 1, endOnFailure: true },
  );
  expect(compared.same).toBeGreaterThan(10);
  expect(compared.different).toBeGreaterThan(10);
}, 60_000);

test('[2.3] a tag is that of one run of the program: the next may use other words', async () => {
  const [token = ''] = tokens;
  const [one, other] = [await calendars.openFeed(token), await newCalendars().openFeed(token)];
  if (one.kind !== 'calendar' || other.kind !== 'calendar') throw new Error('no feed');
  expect(one.tag).not.toBe(other.tag);
});
