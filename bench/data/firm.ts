import { day, type Instant } from '../../src/core/clock.ts';
import type { PersonId, RoomId } from '../../src/core/ids.ts';
import { idOf, kept } from './random.ts';

/**
 * A firm that is as large as its bookings: a larger one has more rooms and more people, and not more bookings for each.
 * So whoever works there sees a like number of their own, and a reviewer looks after ten rooms in either.
 */
export type Firm = {
  /** How many bookings it has made, and is to make. */
  bookings: number;
  rooms: number;
  people: number;
  /** When its data were made: what lies before has taken place, and nothing is due for days. */
  now: Instant;
};

/** A year of bookings: what is past, and as far ahead as the rules allow. */
export const daysPast = 278;
export const daysAhead = 59;

const roomsPerSite = 100;
const peoplePerRoom = 10;
const roomsPerReviewer = 10;

const today = (): Instant => Math.floor(Date.now() / day) * day;

/** @param bookings a multiple of 10,000 */
export const firmOf = (bookings: number, now: Instant = today()): Firm => ({
  bookings,
  rooms: bookings / 1_000,
  people: (bookings / 1_000) * peoplePerRoom,
  now,
});

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Taipei'] as const;

export const siteOf = (room: number): number => Math.floor(room / roomsPerSite);
export const zoneOf = (room: number): string => zones[siteOf(room) % zones.length] ?? 'UTC';
/** Those who work at a site come before those of the next. */
export const firstAt = (site: number): number => site * roomsPerSite * peoplePerRoom;
export const departmentOf = (person: number): string => `Department ${1 + Math.floor(person / 50)}`;
/** Two who look after the same ten rooms. */
export const reviewersOf = (room: number): [number, number] => {
  const group = Math.floor((room % roomsPerSite) / roomsPerReviewer);
  const first = firstAt(siteOf(room)) + 2 * group;
  return [first, first + 1];
};

export const room = kept((n): RoomId => idOf('room', n));
export const person = kept((n): PersonId => idOf('person', n));
/** Somebody who is invited to one booking in twenty. */
export const popular: PersonId = idOf('person', 10_000_000);
/** Who runs it all. */
export const admin: PersonId = idOf('person', 10_000_001);

export const tenant = 'T0000000001';
export const userId = (n: number): string => `U${String(n).padStart(9, '0')}`;
export const adminUserId = 'UADMIN';
