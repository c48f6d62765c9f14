import type { Facts, Transition } from '../facts.ts';
import type { Course, Ledger } from '../ledger.ts';
import { type Check, check } from './check.ts';

type Booking = Facts['bookings'] extends Map<number, infer One> ? One : never;

/** A series is asked for, decided and taken back as one, whatever happens in the midst of it. */
export function checkCourses(facts: Facts, { courses }: Ledger): Check[] {
  const all = Map.groupBy(
    [...facts.bookings.values()].filter(({ series }) => series !== null),
    ({ topic }) => topic,
  );
  const done = Map.groupBy(courses, ({ what }) => what);
  const dates = [...all.values()].flat();
  return [
    check(
      'what was answered of a series is there, on every date, and was done once',
      [
        ...courses.flatMap((it) => missingOf(facts, all.get(it.topic) ?? [], it)),
        ...[...all]
          .filter(([, them]) => new Set(them.map(({ series }) => series)).size > 1)
          .map(([topic]) => `${topic} was made more than once`),
        ...[...all.values()].flatMap((them) => apart(facts, them)),
        ...(courses.length === 0 ? ['no series at all'] : []),
      ],
      `${all.size} series of ${dates.length} dates; ${[...done].map(([what, them]) => `${them.length} ${what}`).join(', ')}`,
    ),
  ];
}

const eventsOf = (facts: Facts, { id }: Booking): Transition['event'][] =>
  (facts.transitions.get(id) ?? []).map(({ event }) => event);

const meant: Record<Course['what'], readonly string[]> = {
  sent: ['requested'],
  decided: ['approved', 'rejected', 'cancelled'],
  cancelled: ['withdrawn', 'cancelRequested', 'cancelled'],
  kept: ['cancelTakenBack'],
};

function missingOf(
  facts: Facts,
  dates: readonly Booking[],
  { what, topic, by, count, told }: Course,
): string[] {
  const found = dates.filter((date) =>
    (facts.transitions.get(date.id) ?? []).some(
      ({ event, actor }) =>
        meant[what].includes(event.type) && facts.names.get(actor)?.toLowerCase() === by.toLowerCase(),
    ),
  );
  return found.length >= count
    ? []
    : [`${topic}: ${count} ${what} by ${by}, found on ${found.length} of ${dates.length}; told “${told}”`];
}

/** Nobody touches single dates, so that the same happens to all. */
function apart(facts: Facts, dates: readonly Booking[]): string[] {
  const stories = Map.groupBy(dates, (it) =>
    eventsOf(facts, it)
      .map(({ type }) => type)
      .join(', '),
  );
  if (stories.size <= 1) return [];
  const told = [...stories].map(([story, them]) => `${them.length} × ${story}`);
  return [`${dates[0]?.topic} is not decided as one: ${told.join('; ')}`];
}
