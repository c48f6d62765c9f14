import type { MessageKey } from '../i18n/keys.ts';
import type { Instant } from './clock.ts';

/** A value inside a sentence, kept unformatted until the reader's language and zone are known. */
export type Figure =
  | string
  | number
  | { instant: Instant; zone?: string }
  | { minutes: number }
  | { list: readonly string[] }
  /** A calendar day, `2026-12-01`. */
  | { day: string }
  | { span: [Instant, Instant]; zone?: string };

export type Figures = Record<string, Figure>;

/** A sentence that is not yet in anybody's language. */
export type Sentence = { key: MessageKey; figures?: Figures };

/**
 * An answer that says no (an exception is a fault). `clause` is the rule of the policy that it rests on, absent
 * where the input just can't be read; `field` the input that has to change; `nearest` what would be allowed.
 */
export type Refusal = Sentence & { clause?: string; field?: string; nearest?: Sentence };

export type Decision<Event> = { ok: true; events: Event[] } | { ok: false; refusal: Refusal };

export const accept = <Event>(...events: Event[]): Decision<Event> => ({ ok: true, events });
export const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

/** Ends a switch over a union: does not compile when a case is missing. */
export function never(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
