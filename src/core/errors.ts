/** The chat service asks us to wait (HTTP 429). */
export class RateLimited extends Error {
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super(`rate limited for ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** This person can't be reached on this platform, and trying again will not help. */
export class Unreachable extends Error {}

/** The bot lacks a right there, and trying again will not help until somebody grants it. */
export class NotPermitted extends Error {}

/** The message to be changed is gone (deleted, too old): nothing is left to do. */
export class MessageGone extends Error {}
