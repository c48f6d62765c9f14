import { addDays, fromLocal, timeOfDay, toLocal } from '../../src/core/time.ts';
import type { Chance } from './chance.ts';
import type { CardInHand, Client, Filled } from './client.ts';
import { course, ofCourse, pressOfCourse } from './courses.ts';
import type { Deliver } from './delivery.ts';
import { type Deal, type Ledger, numberIn, sayings, type Yes } from './ledger.ts';
import type { Deed } from './plan.ts';

/*
 * What people do, one thing at a time. What they are told goes into the ledger where it is a yes.
 */

export type Doing = {
  client: Client;
  chance: Chance;
  deliver: Deliver;
  ledger: Ledger;
  /** Ids of colleagues on the same platform. */
  colleagues: readonly string[];
  rooms: readonly { id: string; name: string }[];
  zone: string;
  /** What the bot's clock shows. */
  now(): number;
};

export const doings: Record<Deed, (it: Doing) => Promise<void>> = {
  book,
  course,
  review,
  own,
  waitlist,
  export: exporting,
  nonsense,
};

let talks = 0;

async function book(it: Doing): Promise<void> {
  const { client, chance, ledger } = it;
  const room = chance.pick(it.rooms);
  const when = room.name === 'Noon' && chance.happens(0.5) ? soon(it) : later(it);
  const attendees = chance.shuffled(it.colleagues).slice(0, chance.between(0, 2));
  const topic = `Talk ${++talks}`;
  const filled = {
    room: room.id,
    topic,
    duration: chance.pick(['30', '45', '60', '90']),
    attendees,
    ...when,
  };
  const told = await client.book(filled, it.deliver);
  const number = told === null ? null : numberIn(told);
  if (told === null || number === null || !told.includes(topic) || !/Booking #/.test(told)) return;
  const start = fromLocal({ date: when.date, time: when.start, zone: it.zone });
  note(ledger, { told, kind: 'booked', number, topic, host: client.name, start, room: room.id });
}

/** Two working days are few enough for people to get into each other's way. */
function later({ chance, now, zone }: Doing): { date: string; start: string } {
  const today = toLocal(now(), zone).date;
  const start = timeOfDay(8 * 60 + 15 * chance.between(0, 40));
  return { date: addDays(today, chance.between(2, 3)), start };
}

/** Within the next two hours, on a full quarter. */
function soon({ chance, now, zone }: Doing): { date: string; start: string } {
  const quarter = 15 * 60_000;
  const at = Math.ceil(now() / quarter + 1) * quarter + chance.between(0, 6) * quarter;
  const { date, time } = toLocal(at, zone);
  return { date, start: time };
}

/** A reviewer decides on something that waits; where nothing does, they book as others do. */
async function review(it: Doing): Promise<void> {
  const { approve, reject } = ofCourse;
  const found =
    it.chance.happens(0.4) && pickCard(it, it.chance.happens(0.75) ? [approve, reject] : [reject]);
  if (found) return pressOfCourse(it, found);
  const labels = it.chance.happens(0.75)
    ? ['Approve', 'Confirm cancellation']
    : ['Confirm cancellation', 'Reject'];
  const single = pickCard(it, labels);
  if (!single) return book(it);
  await pressed(it, single);
}

/** A host goes on with a booking of theirs. */
async function own(it: Doing): Promise<void> {
  const series = it.chance.happens(0.5) && pickCard(it, [ofCourse.end]);
  if (series) return pressOfCourse(it, series);
  const all = [
    'Change',
    'Change',
    '+15 min',
    'Cancel booking',
    'Withdraw',
    'Keep it after all',
    'Take the change back',
  ];
  const found = pickCard(it, it.chance.shuffled(all));
  if (!found) return book(it);
  await pressed(it, found);
}

async function waitlist(it: Doing): Promise<void> {
  const found = pickCard(it, ['Take it', 'Join the waitlist', 'Leave the waitlist', 'No, thanks']);
  if (!found) return book(it);
  await pressed(it, found);
}

/** Asks for the record as a file, as it is then. */
function exporting({ client, deliver }: Doing): Promise<void> {
  return client.say('/records export csv', deliver);
}

/** What no bot hopes for: words without sense, and buttons of cards that have long changed. */
async function nonsense(it: Doing): Promise<void> {
  const { client, chance } = it;
  const stale = client.staleCards().filter(({ buttons }) => buttons.some((label) => decisive.has(label)));
  if (stale.length === 0 || chance.happens(0.5))
    return client.say(
      chance.pick(['qwertz', '/nothing', 'book', '/bookings', '/approvals', 'move #99999']),
      it.deliver,
    );
  const card = chance.pick(stale);
  const button = chance.pick(card.buttons.filter((label) => decisive.has(label)));
  await pressed(it, { card, button });
}

const decisive = new Set([
  'Approve',
  'Reject',
  'Withdraw',
  'Cancel booking',
  'Confirm cancellation',
  '+15 min',
]);

/** A card that has one of these buttons, the first of these labels that any card has. */
function pickCard(
  { client, chance }: Doing,
  labels: readonly (string | RegExp)[],
): { card: CardInHand; button: string } | null {
  const cards = client.cards();
  for (const label of labels) {
    const fits = (it: string) => (typeof label === 'string' ? it === label : label.test(it));
    const found = cards.filter((card) => card.buttons.some(fits));
    if (found.length === 0) continue;
    const card = chance.pick(found);
    return { card, button: chance.pick(card.buttons.filter(fits)) };
  }
  return null;
}

async function pressed(it: Doing, { card, button }: { card: CardInHand; button: string }): Promise<void> {
  const { date, start } = later(it);
  const filled: Filled = {
    reason: 'For a reason',
    text: 'A word',
    ...(button === 'Change' && { date, start }),
  };
  const told = await card.press(button, filled, it.deliver);
  const number = told === null ? null : numberIn(told);
  if (told === null || number === null) return;
  const deal = dealOf(button, told, {
    number,
    by: it.client.name,
    start: fromLocal({ date, time: start, zone: it.zone }),
  });
  if (deal) note(it.ledger, { ...deal, told });
}

/** The yes to a press, as its words have it. */
function dealOf(button: string, told: string, at: { number: number; by: string; start: number }): Yes | null {
  const { number, by, start } = at;
  // A refusal stands on the card of what happened before; and a list says what happened to one that it may not show.
  if (/\(rule [\d.]+\)/.test(told) || !/Booking #/.test(told)) return null;
  const saidBy = (what: 'approved' | 'rejected' | 'withdrawn' | 'cancelled') =>
    sayings[what].exec(told)?.[1] === by;
  if (button === 'Approve' && saidBy('approved')) return { kind: 'approved', number, by };
  if (button === 'Reject' && saidBy('rejected')) return { kind: 'rejected', number, by };
  if (button === 'Withdraw' && saidBy('withdrawn')) return { kind: 'withdrawn', number, by };
  if (button === 'Confirm cancellation' && saidBy('cancelled')) return { kind: 'cancelled', number, by };
  if (button === 'Cancel booking' && saidBy('cancelled')) return { kind: 'cancelled', number, by };
  if (button === 'Cancel booking' && /A reviewer will confirm it/.test(told))
    return { kind: 'cancelling', number, by };
  const changed = /Changed\.|The change waits for a reviewer|The request is changed/.test(told);
  return button === 'Change' && changed ? { kind: 'changed', number, by, start } : null;
}

function note(ledger: Ledger, deal: Deal): void {
  ledger.deals.push(deal);
  const { done } = ledger.counts;
  done[deal.kind] = (done[deal.kind] ?? 0) + 1;
}
