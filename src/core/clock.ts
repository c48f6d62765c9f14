/** A moment in UTC, in milliseconds since 1970. */
export type Instant = number;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type Clock = {
  now(): Instant;
  /** Milliseconds that pass evenly, also where the wall clock is set; without it `now` is taken to. */
  elapsed?(): number;
};

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

/** For measuring how long something takes: only differences mean anything, in milliseconds. */
export const elapsed = (clock: Clock): number => clock.elapsed?.() ?? clock.now();
