import { randomUUID } from 'node:crypto';

declare const brand: unique symbol;
/** A string that names one kind of thing: a RoomId can't be passed where a PersonId is wanted. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type PersonId = Id<'person'>;
export type AccountId = Id<'account'>;
export type RoomId = Id<'room'>;
export type BookingId = Id<'booking'>;
export type SeriesId = Id<'series'>;
export type DraftId = Id<'draft'>;
export type WaitlistId = Id<'waitlist'>;
export type OutboxId = Id<'outbox'>;

/**
 * A new id (UUID version 7): unguessable, but in the order of time, so that new rows lie together on disk. Never called
 * in a domain module: ids are passed in.
 */
export function newId<T extends Id<string>>(): T {
  const at = Date.now().toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7${randomUUID().slice(15)}` as T;
}

/** Names what a message, an outbox row or an audit entry is about, e.g. `booking:6f…`. */
export type Subject = `${string}:${string}`;
export const bookingSubject = (id: BookingId): Subject => `booking:${id}`;
export const seriesSubject = (id: SeriesId): Subject => `series:${id}`;
export const draftSubject = (id: DraftId): Subject => `draft:${id}`;
/** Owns the slot that is held while somebody from the waitlist is asked. */
export const waitlistSubject = (id: WaitlistId): Subject => `waitlist:${id}`;
export const roomSubject = (id: RoomId): Subject => `room:${id}`;
export const personSubject = (id: PersonId): Subject => `person:${id}`;
