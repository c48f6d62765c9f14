import type { JobContext, ViewDef } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { addDays, fromLocal, toLocal } from '../../core/time.ts';
import { tell } from '../../db/outbox.ts';
import { agendaOf, loadDetails } from '../booking/index.ts';
import { selvesOf } from '../people/index.ts';
import { digestOf } from './domain.ts';
import type { Reminders } from './planning.ts';
import { settingOf } from './store.ts';
import { digestCard } from './views.ts';

export const digestView = 'reminder.digest';

/**
 * Sends somebody the digest of this day, and plans that of the next. Where they live elsewhere by now, it waits
 * for its time there.
 */
export async function runDigest(
  reminders: Reminders,
  { tx, now }: JobContext,
  person: PersonId,
): Promise<void> {
  const setting = await settingOf(tx, person);
  if (setting.digestAt === null) return;
  const zone = await reminders.zoneOf(tx, person);
  const day = toLocal(now, zone).date;
  if (digestOf(day, setting.digestAt, zone) <= now)
    await tell(tx, [person], digestView, { now, dueAt: now, data: { day } });
  await reminders.scheduleDigest(tx, person, setting.digestAt, now);
}

/** Nothing is sent on a day without meetings, nor once the day is over. */
export const showDigest: ViewDef = async ({ tx, now, reader, recipient }, { day = '' }) => {
  if (toLocal(now, reader.zone).date !== day) return null;
  const until = fromLocal({ date: addDays(day, 1), time: '00:00', zone: reader.zone });
  const selves = await selvesOf(tx, recipient);
  const today = await agendaOf(tx, selves, { from: now, until });
  const details = await loadDetails(
    tx,
    today.filter((booking) => booking.state.kind === 'approved'),
  );
  if (details.length === 0) return null;
  const meetings = details.map((detail) => ({ detail, hosting: selves.includes(detail.booking.host) }));
  return { card: digestCard(reader, meetings) };
};
