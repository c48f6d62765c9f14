import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Answered } from '../src/chat/ports.ts';
import { booking } from '../src/features/booking/schema.ts';
import { createReader } from '../src/i18n/reader.ts';
import { adminUserId, person, reviewersOf, room, userId } from './data/firm.ts';
import { filled } from './data/template.ts';
import { compare } from './results.ts';
import { callerOf, cardOf, type OpenFirm, openFirm } from './support/product.ts';

/*
 * What people look at, as the program shows it to them, in a firm with a million bookings a year beside one with ten
 * thousand. Whoever works in the larger one has no more bookings of their own, and its reviewers no more rooms each:
 * there are more people and more reviewers. What all of them have made and wait for is a hundred times as much, and that
 * is what must not be felt.
 */

type Look = (it: OpenFirm) => Promise<unknown>;

/** Somebody who books as much as most do, and reviews nothing. */
const employee = callerOf(userId(45));
/** One of two who look after ten rooms. */
const [reviewing] = reviewersOf(0);
const reviewer = callerOf(userId(reviewing));
const admin = callerOf(adminUserId);

const says =
  (caller: typeof admin, text: string): Look =>
  async ({ dispatch }) =>
    cardOf(await dispatch.say(caller, text, 'bench'));

const looksUp =
  (caller: typeof admin): Look =>
  async ({ dispatch }): Promise<unknown> => {
    const answered: Answered = await dispatch.act(
      caller,
      { command: 'records.list', data: { page: '1' }, values: {} },
      'bench',
    );
    return cardOf(answered);
  };

const looks: Array<[name: string, look: Look]> = [
  ['/bookings', says(employee, 'bookings')],
  ['/bookings past', says(employee, 'bookings past')],
  ['/approvals', says(reviewer, 'approvals')],
  ['/records of an employee', looksUp(employee)],
  ['/records of a reviewer', looksUp(reviewer)],
  ['/records of an admin', looksUp(admin)],
  ['/records review', says(employee, 'records review')],
];

/** Each list, and the card that a reviewer gets, at a million bookings beside ten thousand. */
export async function lists(): Promise<void> {
  const large = openFirm(await filled(1_000_000));
  const small = openFirm(await filled(10_000));
  const cards = [await reviewersCard(large), await reviewersCard(small)] as const;
  const works: Array<[name: string, large: () => unknown, small: () => unknown]> = [
    ...looks.map(([name, look]) => [name, () => look(large), () => look(small)] as (typeof works)[number]),
    ['the reviewer’s card', ...cards],
  ];
  for (const [name, work, reference] of works)
    await compare({
      name: `${name}, among 1,000,000 bookings`,
      work,
      beside: 'among 10,000',
      reference,
      bar: 2,
      holds: 'ratio at most',
      rounds: 9,
      times: 10,
    });
  for (const it of [large, small]) await it.close();
}

/** The card of a request that waits, as it is about to be sent to its reviewer. */
async function reviewersCard({ db, registry, firm }: OpenFirm): Promise<() => Promise<unknown>> {
  const theirs = Array.from({ length: 10 }, (_, n) => room(n));
  const [first] = await db.read
    .select({ id: booking.id })
    .from(booking)
    .where(and(eq(booking.awaits, 'request'), inArray(booking.room, theirs)))
    .orderBy(asc(booking.start))
    .limit(1);
  const view = registry.views.get('approval.request');
  if (!first || !view) throw new Error('nothing waits for the reviewer');
  const reader = createReader('en', 'Europe/Berlin', firm.now);
  const scope = {
    tx: db.read,
    now: firm.now,
    reader,
    purpose: 'send',
    recipient: person(reviewing),
  } as const;
  return async () => {
    if (!(await view(scope, { booking: first.id }))) throw new Error('the card is not shown');
  };
}
