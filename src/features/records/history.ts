import { asc, eq } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { BookingId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { type Details, detailsOf, type Event, transitionTable as transition } from '../booking/index.ts';

/** One transition of a booking: who, for whom, when, from where, under which rules, from what to what (2.6). */
export type Entry = {
  revision: number;
  at: Instant;
  /** Null: time itself decided, or a rule. */
  actor: PersonId | null;
  source: string;
  rulesVersion: number;
  event: Event;
  /** What the booking was, and what it became or was to become; null where the event leaves that alone. */
  change: { from: Details; to: Details } | null;
};

type Row = Omit<Entry, 'change' | 'actor'> & { actor: string };

/** All that happened to a booking, the first first. */
export async function historyOf(tx: Tx, id: BookingId): Promise<Entry[]> {
  const { revision, at, actor, source, rulesVersion, event } = transition;
  const rows = await tx
    .select({ revision, at, actor, source, rulesVersion, event })
    .from(transition)
    .where(eq(transition.booking, id))
    .orderBy(asc(revision));
  return withChanges(rows);
}

/** Follows what a booking was from the first event to the last. */
export function withChanges(rows: readonly Row[]): Entry[] {
  let is: Details | null = null;
  let proposed: Partial<Details> = {};
  return rows.map((row) => {
    const { event } = row;
    if (event.type === 'requested') is = detailsOf(event.booking);
    if (event.type === 'proposed') proposed = placeIn(event.proposal);
    const to: Details | null = is && becomes(is, event, proposed);
    const change = is && to ? { from: is, to } : null;
    if (to && takesEffect(event)) is = to;
    return { ...row, actor: row.actor === 'clock' ? null : (row.actor as PersonId), change };
  });
}

/** What an event makes of a booking, or would. */
function becomes(is: Details, event: Event, proposed: Partial<Details>): Details | null {
  switch (event.type) {
    case 'amended':
    case 'changed':
    case 'changeRequested':
    case 'changeApproved':
      return event.to;
    case 'proposed':
      return { ...is, ...placeIn(event.proposal) };
    case 'proposalAccepted':
      return { ...is, ...proposed };
    case 'handedOver':
      return { ...is, host: event.to, attendees: is.attendees.filter((person) => person !== event.to) };
    default:
      return null;
  }
}

const takesEffect = ({ type }: Event): boolean => type !== 'changeRequested' && type !== 'proposed';

const placeIn = ({ room, start, end }: Pick<Details, 'room' | 'start' | 'end'>) => ({ room, start, end });

/** Everybody whom a history names. */
export const peopleIn = (entries: readonly Entry[]): PersonId[] =>
  entries.flatMap(({ actor, event, change }) =>
    [
      actor,
      'for' in event ? event.for : null,
      event.type === 'proposed' ? event.proposal.for : null,
      'to' in event && typeof event.to === 'string' ? event.to : null,
      'by' in event ? event.by : null,
      event.type === 'handedOver' ? event.from : null,
      'asked' in event ? event.asked : null,
      ...(change ? [change.from, change.to].flatMap((it) => [it.host, ...it.attendees]) : []),
    ].filter((person) => person !== null),
  );
