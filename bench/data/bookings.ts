import { day, hour, type Instant, minute } from '../../src/core/clock.ts';
import type { PersonId, SeriesId } from '../../src/core/ids.ts';
import { fromLocal, toLocal, weekdayOf } from '../../src/core/time.ts';
import { daysAhead, daysPast, type Firm, firstAt, person, popular, siteOf, zoneOf } from './firm.ts';
import { idOf, mix, type Random, randomFrom } from './random.ts';

/** A booking before it is known how it went on. */
export type Made = {
  n: number;
  room: number;
  host: number;
  attendees: PersonId[];
  topic: string;
  start: Instant;
  end: Instant;
  series: SeriesId | null;
  /** The local day. */
  date: string;
  kind: Kind;
};

export type Kind = 'requested' | 'approved' | 'rejected' | 'cancelled' | 'withdrawn' | 'expired';

const topics: [string, ...string[]] = [
  'Design review',
  'Weekly sync',
  'Budget review',
  '預算會議',
  'Planning Q3',
  '专案检讨 review',
  'Interview',
  'All hands 全體會議',
  'Retrospective',
  'Customer visit',
];

const lengths: [number, ...number[]] = [15, 30, 30, 30, 30, 45, 60, 60, 60, 60, 60, 90, 90, 120, 180, 240];
const guests: [number, ...number[]] = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7];
/** How much more than others a room is wanted. */
const popularity = [0.4, 0.6, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.4, 1.6];
/** How many weeks a series goes on. */
const seriesWeeks = 16;
const [opens, closes] = [8 * 60, 19 * 60];

/**
 * All bookings of a firm in the order in which they take place, always the same: office hours on the rooms' clocks, some
 * rooms more wanted than others, a quarter of them in series, and what was refused or called off between them.
 */
export function* bookingsOf(firm: Firm): Generator<Made> {
  const random = randomFrom(6);
  const days = workDays(firm.now);
  let n = 0;
  for (const [at, date] of days.entries()) {
    const wanted = Math.round((firm.bookings * (at + 1)) / days.length) - n;
    const average = wanted / firm.rooms;
    const end = n + wanted;
    for (let room = 0; room < firm.rooms && n < end; room++) {
      const share = average * (popularity[room % 10] ?? 1);
      const most = Math.min(end - n, Math.floor(share + random.below(1_000) / 1_000));
      for (const made of dayOf(firm, room, date, most, random)) yield { n: n++, ...made };
    }
    // Where chance has left some over: asked for on top of what is held, and refused.
    while (n < end) {
      const it = meeting(firm, random.below(firm.rooms), date, random);
      yield { n: n++, ...it, ...times(it.room, date, 10 * 60, 60), kind: 'rejected', series: null };
    }
  }
}

/** Working days of the past and to come; none within three days of now. */
function workDays(now: Instant): string[] {
  const all = Array.from({ length: daysPast + daysAhead + 1 }, (_, n) => n - daysPast);
  return all
    .filter((n) => n < -1 || n > 3)
    .map((n) => new Date(now + n * day).toISOString().slice(0, 10))
    .filter((date) => weekdayOf(date) <= 5);
}

type Begun = Omit<Made, 'n'>;

/** One day of a room from the morning on, nothing over something else. */
function* dayOf(firm: Firm, room: number, date: string, most: number, random: Random): Generator<Begun> {
  const fixed = seriesOn(firm, room, date);
  let made = 0;
  if (fixed && most > 0) {
    made++;
    yield {
      ...fixed.meeting,
      ...times(room, date, fixed.at, fixed.minutes),
      kind: stateOf(firm, date, random),
      series: fixed.id,
    };
  }
  for (let at = opens; made < most; ) {
    const minutes = random.of(lengths);
    const spare = (closes - at - (most - made) * 80) / (most - made);
    at += 15 * random.below(Math.max(2, Math.round(spare / 15)));
    if (fixed && at < fixed.at + fixed.minutes && at + minutes > fixed.at) at = fixed.at + fixed.minutes;
    if (at + minutes > closes) return;
    const kind = stateOf(firm, date, random);
    made++;
    yield { ...meeting(firm, room, date, random), ...times(room, date, at, minutes), kind, series: null };
    // What was refused or called off leaves its place to the next.
    if (kind === 'approved' || kind === 'requested') at += minutes;
  }
}

const past: [Kind, ...Kind[]] = [
  ...(Array(81).fill('approved') as [Kind, ...Kind[]]),
  ...(Array(4).fill('rejected') as Kind[]),
  ...(Array(9).fill('cancelled') as Kind[]),
  ...(Array(3).fill('withdrawn') as Kind[]),
  ...(Array(3).fill('expired') as Kind[]),
];

/** Of those to come, about one in a hundred waits for its reviewer; nothing that has begun does. */
function stateOf(firm: Firm, date: string, random: Random): Kind {
  if (Date.parse(date) < firm.now) return random.of(past);
  if (random.percent(1)) return 'requested';
  const kind = random.of(past);
  return kind === 'expired' ? 'approved' : kind;
}

function meeting(firm: Firm, room: number, date: string, random: Random) {
  const size = Math.min(firm.people, 1_000);
  const first = firstAt(siteOf(room));
  // Some ask far more often than others.
  const host = first + Math.min(random.below(size), random.below(size));
  const near = (): PersonId => person(first + ((host - first + 1 + random.below(60)) % size));
  const attendees = new Set(Array.from({ length: random.of(guests) }, near));
  if (random.percent(5)) attendees.add(popular);
  const topic = random.below(100_000) === 7 ? 'Zeppelin' : `${random.of(topics)} ${random.below(5_000)}`;
  return { room, date, host, attendees: [...attendees], topic };
}

/** The series that has a room on a weekday for some weeks, where there is one. */
function seriesOn(firm: Firm, room: number, date: string) {
  const week = Math.floor((Date.parse(date) / day + 3) / 7);
  const n = (room * 8 + weekdayOf(date)) * 256 + (Math.floor(week / seriesWeeks) % 256);
  const random = randomFrom(mix(n));
  if (!random.percent(90)) return null;
  const at = 9 * 60 + 30 * random.below(14);
  const minutes = random.of([30, 60, 60]);
  return { id: idOf<SeriesId>('series', n), at, minutes, meeting: meeting(firm, room, date, random) };
}

function times(room: number, date: string, at: number, minutes: number): { start: Instant; end: Instant } {
  const start = midnight(date, zoneOf(room)) + at * minute;
  return { start, end: start + minutes * minute };
}

const midnights = new Map<string, Instant>();

/** When the day begins on the clock of a zone. No clock is changed on a working day. */
function midnight(date: string, zone: string): Instant {
  const key = `${date} ${zone}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const at = fromLocal({ date, time: '00:00', zone });
  midnights.set(key, at);
  return at;
}

/** `15:00` on the clock of a room. */
export const timeOf = (room: number, at: Instant): string => toLocal(at, zoneOf(room)).time;

/** When it was asked for: days before, and never later than now. */
export const askedAt = (firm: Firm, { n, start }: Pick<Made, 'n' | 'start'>): Instant => {
  const lead = (1 + (mix(n) % 20)) * day + (mix(n + 1) % 600) * minute;
  return Math.min(start - lead, firm.now - (1 + (mix(n) % 72)) * hour);
};
