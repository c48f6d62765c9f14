import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { createReader } from '../../i18n/reader.ts';
import type { Booking } from '../booking/index.ts';
import { type Directory, emailsOf, selvesOf } from '../people/index.ts';
import { settingOf } from '../reminder/index.ts';
import { rulesByVersion } from '../rules/index.ts';
import type { Viewer } from './event.ts';

/** For whom these bookings are written into a calendar; null where the person is no member any more (3.1). */
export async function viewerOf(
  tx: Tx,
  directory: Pick<Directory, 'addresses' | 'clocksOf'>,
  person: PersonId,
  now: Instant,
): Promise<Pick<Viewer, 'reader' | 'selves'> | null> {
  const [at] = await directory.addresses(tx, person);
  if (!at) return null;
  const self = (await directory.clocksOf(tx, [person])).get(person)?.self ?? person;
  return { reader: createReader(at.language, at.zone, now), selves: await selvesOf(tx, self) };
}

/** When somebody is reminded of each of these bookings, in minutes before its start (2.7). */
export async function leadsFor(
  tx: Tx,
  person: PersonId,
  bookings: readonly Booking[],
): Promise<Viewer['leadsOf']> {
  const { leads } = await settingOf(tx, person);
  if (leads) return () => leads;
  const byVersion = new Map<number, readonly number[]>();
  for (const version of new Set(bookings.map((it) => it.rulesVersion))) {
    const { document } = await rulesByVersion(tx, version);
    byVersion.set(version, document.organisation.reminders);
  }
  return ({ rulesVersion }) => byVersion.get(rulesVersion) ?? [];
}

/** The addresses of those who come to these bookings, and of `others`. */
export async function contactsOf(
  tx: Tx,
  bookings: readonly Booking[],
  others: readonly PersonId[] = [],
): Promise<Viewer['emailOf']> {
  const emails = await emailsOf(tx, [
    ...bookings.flatMap(({ host, attendees }) => [host, ...attendees]),
    ...others,
  ]);
  return (person) => emails.get(person) ?? null;
}
