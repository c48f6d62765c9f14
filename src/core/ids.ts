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

/** A new random id. Never called in a domain module: ids are passed in. */
export const newId = <T extends Id<string>>(): T => randomUUID() as T;

/** Names what a message, an outbox row or an audit entry is about, e.g. `booking:6f…`. */
export type Subject = `${string}:${string}`;
export const bookingSubject = (id: BookingId): Subject => `booking:${id}`;
export const seriesSubject = (id: SeriesId): Subject => `series:${id}`;
export const draftSubject = (id: DraftId): Subject => `draft:${id}`;
/** Owns the slot that is held while somebody from the waitlist is asked. */
export const waitlistSubject = (id: WaitlistId): Subject => `waitlist:${id}`;
export const roomSubject = (id: RoomId): Subject => `room:${id}`;
export const personSubject = (id: PersonId): Subject => `person:${id}`;
