import { day, hour, type Instant, minute } from '../core/clock.ts';
import type { BookingId, PersonId } from '../core/ids.ts';
import { fromLocal } from '../core/time.ts';
import type { Tx } from '../db/database.ts';
import type { BookingService } from '../features/booking/index.ts';
import { findRoomNamed, type Room } from '../features/rooms/index.ts';
import { type Meeting, type Single, singles, weekly } from './bookings.ts';
import { everyWeek, workdayFrom } from './calendar.ts';
import type { MemberName } from './people.ts';
import type { Step } from './replay.ts';

/** Weeks in which the weekly meetings take place, counted from this one. */
const weeks: [number, number] = [-3, 2];
/** Weekly meetings are asked for this long before, so that all of them have been by now. */
const askedAhead = 21 * day;

type Change = Parameters<BookingService['change']>[2];

/** Turns the demo bookings into steps that go through the booking service, as everybody's do. */
export function createHistory(bookings: BookingService, ids: Record<MemberName, PersonId>) {
  const reviewer = ids.yating;

  /** One booking: the request, and what became of it so long after. */
  function steps(
    meeting: Meeting,
    start: Instant,
    asked: Instant,
    changes: Array<{ after: number; change: Change }>,
  ): Step[] {
    let id: BookingId | null = null;
    const request: Step = {
      at: asked,
      async happen(tx, now) {
        id = await ask(tx, now, meeting, start);
      },
    };
    const rest = changes.map(
      ({ after, change }): Step => ({
        at: asked + after,
        async happen(tx, now) {
          const actor = 'by' in change ? change.by : null;
          const done = id && (await bookings.change({ tx, now, actor, source: 'teams' }, id, change));
          if (!done?.ok) throw new Error(`the demo's “${meeting.topic}” can't be changed: ${change.type}`);
        },
      }),
    );
    return [request, ...rest];
  }

  async function ask(tx: Tx, now: Instant, meeting: Meeting, start: Instant): Promise<BookingId> {
    const attendees = (meeting.attendees ?? []).map((name) => ids[name]);
    const host = ids[meeting.host];
    const outcome = await bookings.request(
      { tx, now, actor: host, source: 'teams' },
      await roomOf(tx, meeting),
      {
        host,
        topic: meeting.topic,
        start,
        end: start + meeting.minutes * minute,
        attendees,
        headcount: meeting.headcount ?? attendees.length + 1,
        equipment: meeting.equipment ?? [],
        confidential: meeting.confidential ?? false,
        note: meeting.note ?? '',
      },
    );
    if (!outcome.ok) throw new Error(`the demo's “${meeting.topic}” is refused: ${outcome.refusal.key}`);
    return outcome.booking.id;
  }

  const approve = { after: 3 * hour, change: { type: 'approve', asOf: 1, by: reviewer } } as const;

  function changesOf({ host, outcome }: Single): Array<{ after: number; change: Change }> {
    switch (outcome.kind) {
      case 'approved':
        return [approve];
      case 'rejected':
        return [
          { after: 3 * hour, change: { type: 'reject', asOf: 1, by: reviewer, reason: outcome.reason } },
        ];
      case 'withdrawn':
        return [{ after: 6 * hour, change: { type: 'withdraw', by: ids[host] } }];
      case 'cancelled': {
        const cancel = { type: 'cancel', by: ids[host], reason: outcome.reason } as const;
        return [approve, { after: 6 * hour, change: cancel }];
      }
      case 'expired':
      case 'open':
        return [];
    }
  }

  const startOf = (single: Single, now: Instant): Instant => {
    const { zone, time } = single;
    return fromLocal({ date: workdayFrom(now, zone, single.workday), time, zone });
  };

  return {
    /** Everything that has been decided or is over. */
    past: (now: Instant): Step[] => [
      ...weekly.flatMap((meeting) =>
        everyWeek(now, meeting, weeks).flatMap((start) =>
          steps(meeting, start, start - askedAhead, [approve]),
        ),
      ),
      ...singles
        .filter((single) => single.outcome.kind !== 'open')
        .flatMap((single) => {
          const start = startOf(single, now);
          return steps(single, start, Math.min(start, now) - 5 * day, changesOf(single));
        }),
    ],

    /** The requests that wait for the reviewer, made in the last hours. */
    open: (now: Instant): Step[] =>
      singles
        .filter((single) => single.outcome.kind === 'open')
        .flatMap((single, n) => steps(single, startOf(single, now), now - (3 - n) * 35 * minute, [])),
  };
}

/** The room of a meeting. @throws where there is none of its name. */
export async function roomOf(tx: Tx, { site, room }: Pick<Meeting, 'site' | 'room'>): Promise<Room> {
  const found = await findRoomNamed(tx, site, room);
  if (!found) throw new Error(`the demo has no room ${room}`);
  return found;
}
