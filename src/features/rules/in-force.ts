import type { Instant } from '../../core/clock.ts';
import { type Refusal, refuse } from '../../core/refusal.ts';
import { addDays, fromLocal, isDate, toLocal } from '../../core/time.ts';

/** When a version comes into force, and by which number it is known. */
export type Begin = { version: number; from: Instant };

export type Standing = 'inForce' | 'coming' | 'past' | 'overtaken';

/**
 * How a version stands at `now`, from when all of them begin. One that was made later replaces it from its own
 * beginning: where that is not after this one's, this one is overtaken and never comes into force (10.2).
 */
export function standingOf({ version, from }: Begin, all: readonly Begin[], now: Instant): Standing {
  const until = Math.min(...all.filter((other) => other.version > version).map((other) => other.from));
  if (until <= from) return 'overtaken';
  if (from > now) return 'coming';
  return until <= now ? 'past' : 'inForce';
}

/** How many days ahead the rules can be set. */
const mostDays = 730;

/**
 * Reads from which day a version is to be in force: nothing typed, or today, is at once; another day is its
 * beginning on the clock of `zone`.
 * @param latest when the version that it builds on begins: the day of that, where it is to come, is that moment,
 * whatever the clock by which it was set.
 */
export function readBegin(
  typed: string,
  now: Instant,
  zone: string,
  latest: Instant,
): { ok: true; from: Instant } | { ok: false; refusal: Refusal } {
  const field = 'from';
  const date = typed.trim();
  const today = toLocal(now, zone).date;
  if (latest > now && date === toLocal(latest, zone).date) return { ok: true, from: latest };
  if (date === '' || date === today) return { ok: true, from: now };
  if (!isDate(date)) return refuse({ key: 'rules.wrong.day', field });
  if (date < today) return refuse({ key: 'rules.wrong.pastDay', field, clause: '10.2' });
  const last = addDays(today, mostDays);
  if (date > last) return refuse({ key: 'rules.wrong.farDay', figures: { day: { day: last } }, field });
  return { ok: true, from: fromLocal({ date, time: '00:00', zone }) };
}
