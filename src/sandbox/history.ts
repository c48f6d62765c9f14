import { day, hour, type Instant, minute } from '../core/clock.ts';
import type { BookingId, PersonId } from '../core/ids.ts';
import { fromLocal } from '../core/time.ts';
import type { Tx } from '../db/database.ts';
import type { BookingService } from '../features/booking/index.ts';
import { findRoomNamed, type Room } from '../features/rooms/index.ts';
import { type Meeting, type Single, singles, weekly } from './bookings.ts';
import { everyWeek, workdayFrom } from './calendar.ts';
import { type Everyday, everyday } from './everyday.ts';
import type { MemberName } from './people.ts';
import type { Step } from './replay.ts';

/** Weeks in which the weekly meetings take place, counted from this one. */
const weeks: [number, number] = [-9, 2];
/** Weekly meetings are asked for this long before, so that all of them have been by now. */
const askedAhead = 21 * day;

type Change = Parameters<BookingService['change']>[2];

/**
 * Turns the demo bookings into steps that go through the booking service, as everybody's do.
 * @param services `settled`: the same, of which nobody hears; for what has long been told
 */
export function createHistory(
  services: { bookings: BookingService; settled: BookingService },
  ids: Record<MemberName, PersonId>,
) {
  const reviewer = ids.yating;

  /** One booking: the request, and what became of it so long after. */
  function steps(
    meeting: Meeting,
    { start, asked }: { start: Instant; asked: Instant },
    changes: Array<{ after: number; change: Change }>,
    bookings = services.bookings,
  ): Step[] {
    let id: BookingId | null = null;
    const request: Step = {
      at: asked,
      async happen(tx, now) {
        const outcome = await ask(bookings, tx, now, meeting, start);
        if (!outcome.ok) throw new Error(`the demo's “${meeting.topic}” is refused: ${outcome.refusal.key}`);
        id = outcome.booking.id;
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

  async function ask(bookings: BookingService, tx: Tx, now: Instant, meeting: Meeting, start: Instant) {
    const attendees = (meeting.attendees ?? []).map((name) => ids[name]);
    const host = ids[meeting.host];
    return bookings.request({ tx, now, actor: host, source: 'teams' }, await roomOf(tx, meeting), {
      host,
      topic: meeting.topic,
      start,
      end: start + meeting.minutes * minute,
      attendees,
      headcount: meeting.headcount ?? attendees.length + 1,
      equipment: meeting.equipment ?? [],
      confidential: meeting.confidential ?? false,
      note: meeting.note ?? '',
    });
  }

  /** Somebody wants a room that is taken by then, and is told so: the numbers know of it. */
  const tooLate = (meeting: Meeting, host: MemberName, start: Instant, at: Instant): Step => ({
    at,
    async happen(tx, now) {
      const outcome = await ask(services.settled, tx, now, { ...meeting, host }, start);
      if (outcome.ok) throw new Error(`the demo's “${meeting.topic}” leaves its room free`);
    },
  });

  const serviceFor = (end: Instant, now: Instant) => (end <= now ? services.settled : services.bookings);

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

  function everydaySteps(it: Everyday, now: Instant): Step[] {
    const { start, minutes, asked, outcome, decidedAfter, host } = it;
    const bookings = serviceFor(start + minutes * minute, now);
    const given = { after: decidedAfter, change: approve.change };
    const cancel = (after: number): Array<{ after: number; change: Change }> => [
      { after, change: { type: 'cancel', by: ids[host], reason: 'Not needed any more' } },
      { after: after + 5 * minute, change: { type: 'confirmCancel', by: reviewer, asOf: 3 } },
    ];
    const changes = {
      approved: [given],
      rejected: [
        {
          after: decidedAfter,
          change: { type: 'reject', asOf: 1, by: reviewer, reason: 'The room is closed.' },
        },
      ],
      withdrawn: [{ after: decidedAfter, change: { type: 'withdraw', by: ids[host] } }],
      cancelled: [given, ...cancel((decidedAfter + start - asked) / 2)],
      cancelledLate: [given, ...cancel(start - asked - 40 * minute)],
    } satisfies Record<Everyday['outcome'], Array<{ after: number; change: Change }>>;
    const wanted =
      it.tooLate && outcome === 'approved' ? [tooLate(it, it.tooLate, start, asked + decidedAfter / 2)] : [];
    return [...steps(it, { start, asked }, changes[outcome], bookings), ...wanted];
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
          steps(
            meeting,
            { start, asked: start - askedAhead },
            [approve],
            serviceFor(start + meeting.minutes * minute, now),
          ),
        ),
      ),
      ...everyday(now).flatMap((it) => everydaySteps(it, now)),
      ...singles
        .filter((single) => single.outcome.kind !== 'open')
        .flatMap((single) => {
          const start = startOf(single, now);
          return steps(single, { start, asked: Math.min(start, now) - 5 * day }, changesOf(single));
        }),
    ],

    /** The requests that wait for the reviewer, made in the last hours. */
    open: (now: Instant): Step[] =>
      singles
        .filter((single) => single.outcome.kind === 'open')
        .flatMap((single, n) =>
          steps(single, { start: startOf(single, now), asked: now - (3 - n) * 35 * minute }, []),
        ),
  };
}

/** The room of a meeting. @throws where there is none of its name. */
export async function roomOf(tx: Tx, { site, room }: Pick<Meeting, 'site' | 'room'>): Promise<Room> {
  const found = await findRoomNamed(tx, site, room);
  if (!found) throw new Error(`the demo has no room ${room}`);
  return found;
}
