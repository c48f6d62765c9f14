import { day, type Instant, minute } from '../core/clock.ts';
import { addDays, fromLocal, toLocal, weekdayOf } from '../core/time.ts';
import { type Meeting, singles, weekly } from './bookings.ts';
import { everyWeek, workdayFrom } from './calendar.ts';
import type { MemberName } from './people.ts';

/** What is booked from day to day beside the meetings that are told one by one: it makes the numbers worth a look. */
export type Everyday = Meeting & {
  start: Instant;
  asked: Instant;
  /** How long after the request it was decided. */
  decidedAfter: number;
  outcome: 'approved' | 'rejected' | 'withdrawn' | 'cancelled' | 'cancelledLate';
  /** Somebody who wanted the same room for the same time, and was too late. */
  tooLate: MemberName | null;
};

/** So many days back: the month before this one is in it whatever the day. */
const daysBack = 62;
/** Ready by the room's next working day, which is as far as anybody looks at first. */
const workdaysAhead = 1;
/** Rooms with a time for tidying up are kept free for it. */
const tidying = 15 * minute;

const site = {
  Berlin: { zone: 'Europe/Berlin', hosts: ['mia', 'sofia', 'jonas', 'aylin', 'min', 'peter'] },
  Taipei: { zone: 'Asia/Taipei', hosts: ['yichun', 'wei', 'chihhao'] },
} as const;

/** The rooms that are booked every day, how likely before and after noon; the afternoons of Spree are to be tried. */
const rooms: ReadonlyArray<{
  site: keyof typeof site;
  room: string;
  seats: number;
  morning: number;
  afternoon: number;
}> = [
  { site: 'Berlin', room: 'Panke', seats: 2, morning: 0.5, afternoon: 0.45 },
  { site: 'Berlin', room: 'Havel', seats: 4, morning: 0.7, afternoon: 0.55 },
  { site: 'Berlin', room: 'Spree', seats: 6, morning: 0.85, afternoon: 0 },
  { site: 'Berlin', room: 'Wannsee', seats: 12, morning: 0.75, afternoon: 0.6 },
  { site: 'Berlin', room: 'Müggelsee', seats: 20, morning: 0.5, afternoon: 0.55 },
  { site: 'Taipei', room: '阿里山', seats: 8, morning: 0.4, afternoon: 0.35 },
  { site: 'Taipei', room: '玉山', seats: 16, morning: 0.4, afternoon: 0 },
];

/** Of Monday to Friday, next to the rooms' own likelihood. */
const busy = [0.8, 1.15, 1, 1.1, 0.5] as const;

const times: Record<'morning' | 'afternoon', ReadonlyArray<readonly [time: string, minutes: number]>> = {
  morning: [
    ['08:30', 150],
    ['09:00', 180],
    ['09:30', 120],
    ['09:30', 150],
    ['10:00', 120],
    ['10:00', 90],
    ['10:30', 60],
    ['11:00', 90],
  ],
  afternoon: [
    ['13:00', 180],
    ['13:30', 180],
    ['14:00', 120],
    ['14:00', 90],
    ['14:30', 150],
    ['15:00', 120],
    ['16:00', 90],
  ],
};

const topics = {
  Berlin: ['Planning', 'Customer visit', 'Training', 'Retrospective', 'Interviews', 'Budget round', 'Demo'],
  Taipei: ['專案會議', '供應商會議', '教育訓練', '產品規劃', '月報討論'],
} as const;

/** How long before the start it is asked for, in days; what is ahead has been asked for by now in any case. */
const leads = [0.125, 1, 1, 2, 2, 3, 5, 7, 9, 14, 21] as const;
const askedAhead = 7;
/** After how many minutes it is decided. */
const decided = [10, 25, 40, 50, 90, 150, 200, 300] as const;

/** Everything from weeks ago to the next working day. The same for the same `now`, and the same day by day. */
export function everyday(now: Instant): Everyday[] {
  const told = toldOneByOne(now);
  return rooms.flatMap((place) => {
    const { zone } = site[place.site];
    const last = workdayFrom(now, zone, workdaysAhead);
    const days = Array.from({ length: daysBack + 7 }, (_, n) =>
      addDays(toLocal(now, zone).date, n - daysBack),
    );
    return days
      .filter((date) => date <= last && weekdayOf(date) <= 5)
      .flatMap((date) =>
        (['morning', 'afternoon'] as const).flatMap((half) => meeting(place, date, half, now)),
      )
      .filter(
        ({ room, start, minutes }) => !told.some((it) => it.room === room && overlaps(it, start, minutes)),
      );
  });
}

function meeting(
  place: (typeof rooms)[number],
  date: string,
  half: 'morning' | 'afternoon',
  now: Instant,
): Everyday[] {
  const chance = (what: string): number => dice(`${date} ${place.room} ${half} ${what}`);
  const pick = <T>(what: string, from: readonly T[]): T => from[Math.floor(chance(what) * from.length)] as T;
  if (chance('any') >= place[half] * (busy[weekdayOf(date) - 1] ?? 0)) return [];
  const { zone, hosts } = site[place.site];
  const [time, minutes] = pick('time', times[half]);
  const start = fromLocal({ date, time, zone });
  const over = start + minutes * minute <= now;
  const asked = start - (over ? pick('lead', leads) : askedAhead) * day;
  // What is ahead must not concern whoever tries the demo: their own booking comes first.
  const host = pick('host', over ? hosts : hosts.filter((name) => name !== 'mia'));
  const others = hosts.filter((name) => name !== host);
  return [
    {
      site: place.site,
      zone,
      room: place.room,
      time,
      minutes,
      host,
      topic: pick('topic', topics[place.site]),
      headcount: Math.max(1, Math.round(place.seats * (0.2 + 0.8 * chance('people')))),
      start,
      asked,
      decidedAfter: Math.min(pick('decided', decided) * minute, (start - asked) / 2),
      outcome: over ? outcomeBy(chance('outcome')) : 'approved',
      tooLate: over && chance('wanted') < 0.12 ? pick('tooLate', others) : null,
    },
  ];
}

const outcomeBy = (chance: number): Everyday['outcome'] => {
  if (chance < 0.04) return 'rejected';
  if (chance < 0.07) return 'withdrawn';
  if (chance < 0.12) return 'cancelled';
  return chance < 0.14 ? 'cancelledLate' : 'approved';
};

/** From 0 to 1, and always the same for the same text (FNV-1a, mixed once more for texts that are nearly alike). */
function dice(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

type Told = { room: string; start: Instant; end: Instant };

const overlaps = (told: Told, start: Instant, minutes: number): boolean =>
  start < told.end + tidying && told.start < start + minutes * minute + tidying;

/** Where the meetings that are told one by one are, whatever becomes of them. */
function toldOneByOne(now: Instant): Told[] {
  const place = ({ room, minutes }: Meeting, start: Instant): Told => ({
    room,
    start,
    end: start + minutes * minute,
  });
  return [
    ...weekly.flatMap((it) => everyWeek(now, it, [-10, 1]).map((start) => place(it, start))),
    ...singles.map((it) =>
      place(it, fromLocal({ date: workdayFrom(now, it.zone, it.workday), time: it.time, zone: it.zone })),
    ),
  ];
}
