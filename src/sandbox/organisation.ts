import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Instant } from '../core/clock.ts';
import type { PersonId } from '../core/ids.ts';
import type { Db, Tx } from '../db/database.ts';
import { createBookingService } from '../features/booking/index.ts';
import { giveRole, saveAccount, setDepartment, setLanguage } from '../features/people/index.ts';
import { importRooms } from '../features/rooms/import.ts';
import { ensureRules } from '../features/rules/index.ts';
import { keepFigure, recordRefusal } from '../features/statistics/index.ts';
import { createReader } from '../i18n/reader.ts';
import { createProduct } from '../product.ts';
import { createActing } from './acting.ts';
import { createHistory } from './history.ts';
import { type Member, type MemberName, people, tenant } from './people.ts';
import { replay } from './replay.ts';
import { createScenes } from './scenes.ts';

/** How the demo organisation is set up. */
export const settings = {
  organisation: 'Two Cities',
  adminEmails: [people.yating.email],
  language: 'en' as const,
  zone: 'Europe/Berlin',
} satisfies Partial<Config>;

/** Makes the demo organisation, with weeks of bookings behind and ahead of `now`, in an empty database. */
export async function makeOrganisation(db: Db, now: Instant): Promise<void> {
  const ids = await db.transact(async (tx) => {
    await ensureRules(tx);
    const hired = await hire(tx, now);
    const csv = readFileSync(join(import.meta.dirname, 'rooms.csv'), 'utf8');
    await importRooms(tx, csv, createReader('en', settings.zone, now), now);
    return hired;
  });
  const { bookings, directory, features } = createProduct({ ...settings, databasePath: '' });
  const jobs = Object.assign({}, ...features.map((feature) => feature.jobs));
  const settled = createBookingService({
    react: (tx, _now, transition) => keepFigure(tx, transition),
    // Nothing of this changes in the demo's past, and hundreds of bookings would ask for it.
    admins: async () => [ids.yating],
    substitutes: async () => new Map(),
    standing: directory.standing,
    refused: recordRefusal,
  });
  const history = createHistory({ bookings, settled }, ids);
  const scenes = createScenes(createActing(features, ids), ids);
  await replay(db, [...history.past(now), ...scenes.past(now)], now, jobs);
  // These come last: nobody has been told of them yet, so the reviewer's cards arrive when the sandbox starts.
  for (const step of [...history.open(now), ...scenes.open(now)])
    await db.transact((tx) => step.happen(tx, step.at));
}

async function hire(tx: Tx, now: Instant): Promise<Record<MemberName, PersonId>> {
  const ids = new Map<string, PersonId>();
  for (const [name, member] of Object.entries<Member>(people)) {
    const { person } = await saveAccount(
      tx,
      { platform: 'teams', tenant, userId: member.id },
      { name: member.name, email: member.email, kind: 'member', locale: null, zone: member.zone },
      now,
    );
    if (member.language) await setLanguage(tx, person, member.language);
    await setDepartment(tx, person, member.department);
    for (const role of member.roles) await giveRole(tx, { person, role, by: person, since: now });
    ids.set(name, person);
  }
  return Object.fromEntries(ids) as Record<MemberName, PersonId>;
}
