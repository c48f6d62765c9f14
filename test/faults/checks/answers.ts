import type { Facts, Transition } from '../facts.ts';
import { type Deal, type Ledger, type SayingKind, topicIn } from '../ledger.ts';
import { type Check, check } from './check.ts';

/** Everything that somebody was answered or shown is in the database. */
export function checkAnswers(facts: Facts, ledger: Ledger): Check[] {
  const { deals, topics, sayings } = ledger;
  return [
    check(
      'what was answered is there',
      deals.flatMap((deal) => missingOf(facts, deal)),
      `${deals.length} answers, each found with its host, room, time and history`,
    ),
    check(
      'what a card showed has happened',
      [
        ...[...topics].flatMap(([number, shown]) => mixedUp(facts, number, shown)),
        ...[...sayings.values()].flatMap(({ number, what, by }) =>
          historyOf(facts, number).some((it) => says(facts, it, what, by))
            ? []
            : [`#${number}: ${what} ${by ?? ''}`],
        ),
      ],
      `${sayings.size} statements on cards, about ${topics.size} bookings`,
    ),
    check(
      'what came several times was done once',
      twice(facts),
      `${ledger.counts.repeated} of ${ledger.counts.acts} clicks and forms came two or three times`,
    ),
  ];
}

const historyOf = ({ bookings, transitions }: Facts, number: number): Transition[] =>
  transitions.get(bookings.get(number)?.id ?? '') ?? [];

function missingOf(facts: Facts, deal: Deal): string[] {
  const who = deal.kind === 'booked' ? deal.host : deal.by;
  const history = historyOf(facts, deal.number);
  if (history.some((it) => carriesOut(facts, it, deal))) return [];
  const happened = history.map(
    ({ at, event, actor }) => `${event.type} by ${facts.names.get(actor)} at ${at}`,
  );
  return [
    `#${deal.number} ${deal.kind} by ${who}, who was told “${deal.told}”; it was ${happened.join(', ')}`,
  ];
}

function carriesOut(facts: Facts, { event, actor }: Transition, deal: Deal): boolean {
  if (deal.kind === 'booked') {
    if (event.type !== 'requested') return false;
    const { topic, start, room, host } = event.booking;
    const asSaid = topic === deal.topic && start === deal.start && room === deal.room;
    return asSaid && sameName(facts.names.get(host), deal.host);
  }
  // A cancellation is also that of whoever asked for it: it comes about by itself where no reviewer confirms it.
  const by = event.type === 'cancelled' ? [actor, event.asked] : [actor];
  if (!by.some((it) => sameName(facts.names.get(it), deal.by))) return false;
  if (deal.kind === 'changed')
    return 'to' in event && typeof event.to === 'object' && event.to.start === deal.start;
  return decisions[deal.kind].includes(event.type);
}

const decisions: Record<Exclude<Deal['kind'], 'booked' | 'changed'>, readonly string[]> = {
  approved: ['approved', 'changeApproved', 'seconded'],
  rejected: ['rejected', 'changeRejected'],
  withdrawn: ['withdrawn'],
  cancelling: ['cancelRequested'],
  cancelled: ['cancelled'],
};

/** Slack's short names are written as they come. */
const sameName = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

function mixedUp(facts: Facts, number: number, shown: ReadonlySet<string>): string[] {
  const booking = facts.bookings.get(number);
  if (!booking) return [`#${number} is shown and not there`];
  return [...shown]
    .filter((topic) => topic !== topicIn(booking.topic))
    .map((topic) => `#${number} shown as ${topic}`);
}

const events: Record<SayingKind, readonly string[]> = {
  approved: ['approved', 'changeApproved', 'seconded', 'changed', 'proposalAccepted'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
  cancelled: ['cancelled'],
  outdone: ['rejected'],
  expired: ['expired'],
  cancelling: ['cancelRequested'],
  changing: ['changeRequested'],
  toldApproved: ['approved'],
  toldRejected: ['rejected'],
  toldCancelled: ['cancelled'],
  toldChanged: ['changed', 'changeApproved'],
};

function says(facts: Facts, { event }: Transition, what: SayingKind, by: string | null): boolean {
  if (!events[what].includes(event.type)) return false;
  // A cancellation is told under the name of whoever asked for it, too.
  const named = [event.type === 'cancelled' ? event.asked : null, 'by' in event ? event.by : null];
  return by === null || named.some((person) => person !== null && sameName(facts.names.get(person), by));
}

/** Every form has a topic of its own; that of a series is that of all its dates. */
function twice({ bookings }: Facts): string[] {
  const single = [...bookings.values()].filter(({ series }) => series === null);
  const byTopic = Map.groupBy(single, ({ topic }) => topic);
  return [...byTopic]
    .filter(([, all]) => all.length > 1)
    .map(([topic, all]) => `${topic} is ${all.map(({ number }) => `#${number}`).join(' and ')}`);
}
