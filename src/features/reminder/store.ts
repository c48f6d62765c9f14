import { eq } from 'drizzle-orm';
import type { PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { among, type Gaps, prepared } from '../../db/prepared.ts';
import { defaultSetting, type Setting } from './domain.ts';
import { reminderSetting } from './schema.ts';

const settings = prepared((tx, it: Gaps<{ people: readonly PersonId[] }>) =>
  tx.select().from(reminderSetting).where(among(reminderSetting.person, it.people)),
);

/** What each of these persons wants of reminders, where they have said so; one query for all. */
export async function settingsOf(tx: Tx, people: readonly PersonId[]): Promise<Map<PersonId, Setting>> {
  if (people.length === 0) return new Map();
  const found = await settings(tx, { people });
  return new Map(found.map((row) => [row.person, settingOfRow(row)]));
}

/** What a person wants of reminders; the default where they have not said. */
export async function settingOf(tx: Tx, person: PersonId): Promise<Setting> {
  const [found] = await tx.select().from(reminderSetting).where(eq(reminderSetting.person, person));
  return found ? settingOfRow(found) : defaultSetting;
}

/** Keeps what a person wants of reminders. */
export async function saveSetting(tx: Tx, person: PersonId, setting: Setting): Promise<void> {
  const row = {
    leads: setting.leads,
    quietFrom: setting.quiet?.from ?? null,
    quietUntil: setting.quiet?.until ?? null,
    digestAt: setting.digestAt,
  };
  await tx
    .insert(reminderSetting)
    .values({ person, ...row })
    .onConflictDoUpdate({ target: reminderSetting.person, set: row });
}

const settingOfRow = ({
  leads,
  quietFrom,
  quietUntil,
  digestAt,
}: typeof reminderSetting.$inferSelect): Setting => ({
  leads,
  quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
  digestAt,
});
