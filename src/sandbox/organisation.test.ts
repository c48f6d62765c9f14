import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type TemporaryDatabase, temporaryDatabase } from '../../test/support/temporary-database.ts';
import { day } from '../core/clock.ts';
import type { Db } from '../db/database.ts';
import { rulesAt } from '../features/rules/index.ts';
import { countPeriod } from '../features/statistics/index.ts';
import { makeOrganisation } from './organisation.ts';
import { people, windows } from './people.ts';

const patience = 120_000;
const tuesday = Date.parse('2026-11-24T15:10:00Z');

let temporary: TemporaryDatabase;
let db: Db;

/** One for all that only look at it: it takes a while. */
beforeAll(async () => {
  temporary = temporaryDatabase();
  db = temporary.db;
  await makeOrganisation(db, tuesday);
}, patience);
afterAll(() => temporary.remove());

const count = (what: string): number =>
  db.read.get<{ n: number }>(sql.raw(`SELECT count(*) AS n FROM ${what}`)).n;
const values = (query: string): unknown[] =>
  db.read.values<[unknown]>(sql.raw(query)).map(([value]) => value);

test('[2.6] the demo organisation has everything that is to be tried, each booking with its whole history', () => {
  expect(count('room')).toBe(12);
  expect(values('SELECT DISTINCT kind FROM room ORDER BY kind')).toEqual(['hybrid', 'online', 'physical']);
  expect(values('SELECT DISTINCT zone FROM room ORDER BY zone')).toEqual(['Asia/Taipei', 'Europe/Berlin']);
  expect(count('person')).toBe(10);
  expect(values('SELECT DISTINCT language FROM person WHERE language NOT NULL ORDER BY language')).toEqual([
    'en',
    'zh-CN',
    'zh-TW',
  ]);
  expect(count(`booking WHERE start_at < ${tuesday - 14 * day}`)).toBeGreaterThan(0);
  expect(count(`booking WHERE start_at > ${tuesday + 10 * day}`)).toBeGreaterThan(0);
  expect(values('SELECT DISTINCT state_kind FROM booking ORDER BY state_kind')).toEqual([
    'approved',
    'cancelled',
    'expired',
    'rejected',
    'requested',
    'withdrawn',
  ]);
  // Every revision of every booking is there, and none lies in the future.
  expect(count('booking_transition')).toBe(Number(values('SELECT sum(revision) FROM booking')[0]));
  expect(count(`booking_transition WHERE at > ${tuesday}`)).toBe(0);
  expect(count("slot WHERE owner NOT IN (SELECT 'booking:' || id FROM booking)")).toBe(0);
});

test('[2.1] there are a series, two who wait for a slot, a substitute, and a rule that approves', async () => {
  expect(
    values(
      `SELECT DISTINCT booking.state_kind FROM booking JOIN booking_series ON booking_series.id = series`,
    ),
  ).toEqual(['approved']);
  expect(
    values(`SELECT host.email FROM waitlist_entry entry JOIN person host ON host.id = entry.host
      JOIN slot ON slot.room = entry.room AND slot.start_at = entry.start_at
      JOIN booking ON slot.owner = 'booking:' || booking.id AND booking.state_kind = 'requested'
      ORDER BY entry.joined_at`),
  ).toEqual([people.mia.email, people.sofia.email]);
  expect(
    values(`SELECT person.email FROM substitution JOIN person ON person.id = substitute
      WHERE from_at <= ${tuesday} AND until_at > ${tuesday}`),
  ).toEqual([people.jonas.email]);
  const { document } = await rulesAt(db.read, tuesday);
  expect(document.organisation.approval.map((rule) => rule.decision)).toEqual(['approve']);
});

test('[2.2] only the requests that wait for the reviewer are still to be told; the past has been', () => {
  expect(
    values(
      `SELECT DISTINCT name FROM outbox WHERE kind = 'tell' AND state = 'waiting' AND due_at <= ${tuesday}`,
    ),
  ).toEqual(['approval.request']);
  const open = values("SELECT 'booking:' || id FROM booking WHERE state_kind = 'requested' ORDER BY 1");
  expect(open).toHaveLength(3);
  expect(
    values(
      "SELECT DISTINCT subject FROM outbox WHERE state = 'waiting' AND name = 'approval.request' ORDER BY 1",
    ),
  ).toEqual(open);
  expect(count("outbox WHERE state = 'waiting' AND name = 'reminder.card'")).toBeGreaterThan(0);
});

test(
  '[2.1] the demo organisation is the same every time',
  async () => {
    const told = 'SELECT number || topic || start_at || state_kind FROM booking ORDER BY number';
    const other = temporaryDatabase();
    await makeOrganisation(other.db, tuesday);
    expect(values(told)).toEqual(other.db.read.values<[unknown]>(sql.raw(told)).map(([value]) => value));
    await other.remove();
  },
  patience,
);

// A weekend, the turn of the year, and both changes of the clocks ahead and behind.
test.each([
  '2026-03-28T00:30:00Z',
  '2026-04-08T17:30:00Z',
  '2026-10-16T23:30:00Z',
  '2026-11-01T05:30:00Z',
  '2027-01-02T12:00:00Z',
])(
  '[2.1] the demo organisation can be made on any day (%s)',
  async (now) => {
    const { db: made, remove } = temporaryDatabase();
    await makeOrganisation(made, Date.parse(now));
    const open = made.read.get<{ n: number }>(
      sql.raw("SELECT count(*) AS n FROM booking WHERE state_kind = 'requested'"),
    );
    expect(open.n).toBe(3);
    await remove();
  },
  patience,
);

test('[2.8] the month before has numbers that are worth a look, by department and with what no room was free for', async () => {
  const statistics = await countPeriod(db.read, {
    period: { from: '2026-10-01', until: '2026-10-31' },
    site: 'Berlin',
    room: null,
    department: null,
    byDepartment: true,
    now: tuesday,
  });
  const { outcomes, departments, rooms, refused, booked, open } = statistics;
  expect(outcomes.approved).toBeGreaterThan(60);
  for (const outcome of ['rejected', 'withdrawn', 'cancelled', 'cancelledLate'] as const)
    expect(outcomes[outcome]).toBeGreaterThan(0);
  expect(departments.map((it) => it.department).sort()).toEqual([
    'Engineering',
    'Facilities',
    'Marketing',
    'Support',
    'Training',
  ]);
  expect(rooms.filter((room) => room.used > 0).length).toBeGreaterThan(4);
  expect(refused.total).toBeGreaterThan(0);
  // Tuesday at ten, when most is going on.
  const busiest = 24 + 10;
  expect((booked[busiest] ?? 0) / (open[busiest] ?? 1)).toBeGreaterThan(0.2);
});

test('[2.8] the next working day has something in it to be seen, and none of it is the employee’s', () => {
  const from = Date.parse('2026-11-24T23:00:00Z');
  const ahead = `booking JOIN person ON person.id = host
    WHERE start_at BETWEEN ${from} AND ${from + day} AND state_kind = 'approved'`;
  expect(count(ahead)).toBeGreaterThan(3);
  expect(count(`${ahead} AND email = '${people.mia.email}'`)).toBe(0);
});

test('[2.7] what is tried first is reminded of first: nothing else concerns the employee for days', () => {
  const next = values(`SELECT min(due_at) FROM outbox WHERE state = 'waiting' AND due_at > ${tuesday}
    AND (kind = 'run' AND name NOT LIKE 'approval.%'
      OR person = (SELECT id FROM person WHERE email = '${people.mia.email}'))`);
  expect(Number(next[0])).toBeGreaterThan(tuesday + 2 * day);
});

test('[3.1] every window knows five colleagues, and together they know everybody', () => {
  for (const { colleagues, member } of windows) {
    expect(new Set(colleagues).size).toBe(5);
    expect(colleagues).not.toContain(member);
  }
  const known = new Set(windows.flatMap(({ colleagues, member }) => [member, ...colleagues]));
  expect(known).toEqual(new Set(Object.values(people)));
});
