/** A moment in UTC, in milliseconds since 1970. */
export type Instant = number;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type Clock = { now(): Instant };

export const systemClock: Clock = { now: () => Date.now() };
