import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Instant } from '../../core/clock.ts';
import type { Place } from '../../core/feature.ts';
import { newId, type PersonId, type Subject } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import { record } from '../../db/audit.ts';
import type { Tx } from '../../db/database.ts';
import { postIn, schedule as runAt, tell, withdraw } from '../../db/outbox.ts';
import type { Language } from '../../i18n/translate.ts';
import type { Directory } from '../people/index.ts';
import { rulesAt } from '../rules/index.ts';
import type { Scope } from './choice.ts';
import { mayPost } from './domain.ts';
import { statisticsSchedule } from './schema.ts';
import { type Every, lastFull, nextPost } from './timetable.ts';

export type Schedule = typeof statisticsSchedule.$inferSelect;

/** What schedules need to know of people. */
export type SchedulePeople = Pick<Directory, 'addresses' | 'admins' | 'clocksOf' | 'standing'>;

/** Why one has ended that nobody stopped. */
export type Loss = 'barred' | 'notAllowed';

export const jobName = 'statistics.due';
export const postName = 'statistics.post';
export const endedView = 'statistics.ended';

export const scheduleSubject = (id: string): Subject => `statistics:${id}`;

/** Null where there is none of this id. */
export async function findSchedule(tx: Tx, id: string): Promise<Schedule | null> {
  const [found] = await tx.select().from(statisticsSchedule).where(eq(statisticsSchedule.id, id));
  return found ?? null;
}

/** Those that go on, the oldest first. */
export const runningSchedules = async (tx: Tx): Promise<Schedule[]> =>
  tx
    .select()
    .from(statisticsSchedule)
    .where(isNull(statisticsSchedule.endedAt))
    .orderBy(asc(statisticsSchedule.createdAt), asc(statisticsSchedule.id));

export type NewSchedule = { by: PersonId; place: Place; every: Every; scope: Scope };

/**
 * Has statistics posted in a channel from now on, the first ones at once, so that it shows whether they can be (2.8).
 * The same in the same channel is not set up twice.
 * @param zone of whoever sets it up
 */
export async function addSchedule(
  tx: Tx,
  now: Instant,
  { by, place, every, scope }: NewSchedule,
  zone: string,
): Promise<{ schedule: Schedule; added: boolean }> {
  const known = (await runningSchedules(tx)).find(
    (it) =>
      it.place.platform === place.platform &&
      it.place.conversation === place.conversation &&
      it.every === every &&
      it.site === scope.site &&
      it.room === scope.room &&
      it.department === scope.department,
  );
  if (known) return { schedule: known, added: false };
  const { site, room, department } = scope;
  const schedule: Schedule = {
    id: newId(),
    by,
    place,
    placeName: place.name ?? '',
    every,
    site,
    room,
    department,
    createdAt: now,
    endedAt: null,
  };
  await tx.insert(statisticsSchedule).values(schedule);
  await note(tx, now, schedule, by, 'statistics.scheduled');
  await postAndGoOn(tx, now, schedule, zone);
  return { schedule, added: true };
}

/** Ends one: nothing more is posted. */
export async function endSchedule(tx: Tx, now: Instant, schedule: Schedule, by: string): Promise<void> {
  await tx
    .update(statisticsSchedule)
    .set({ endedAt: now })
    .where(and(eq(statisticsSchedule.id, schedule.id), isNull(statisticsSchedule.endedAt)));
  for (const name of [jobName, postName]) await withdraw(tx, scheduleSubject(schedule.id), name);
  await note(tx, now, schedule, by, 'statistics.unscheduled');
}

/**
 * The time of one has come: what is to be posted and the next time are written together, so that neither gets lost.
 * It ends where whoever set it up may not have statistics posted any more, or is gone; the admins are told.
 */
export async function runSchedule(
  people: SchedulePeople,
  tx: Tx,
  now: Instant,
  schedule: Schedule,
): Promise<void> {
  const owner = await ownerOf(people, tx, schedule);
  if (owner) return postAndGoOn(tx, now, schedule, owner.zone);
  await lose(tx, now, schedule, 'notAllowed', await people.admins(tx));
}

/** Nothing can be posted there: it ends, and whoever set it up hears why. */
export const loseChannel = (tx: Tx, now: Instant, schedule: Schedule): Promise<void> =>
  lose(tx, now, schedule, 'barred', [schedule.by]);

async function lose(
  tx: Tx,
  now: Instant,
  schedule: Schedule,
  why: Loss,
  whom: readonly PersonId[],
): Promise<void> {
  if (schedule.endedAt !== null) return;
  await endSchedule(tx, now, schedule, why);
  const subject = scheduleSubject(schedule.id);
  await tell(tx, whom, endedView, { now, dueAt: now, subject, data: { schedule: schedule.id, why } });
}

/** Who set it up, as they are known by now, and how they read; null: they are gone, or may not any more. */
export async function ownerOf(
  people: SchedulePeople,
  tx: Tx,
  { by }: Schedule,
): Promise<{ person: PersonId; language: Language; zone: string } | null> {
  const person = (await people.clocksOf(tx, [by])).get(by)?.self;
  const [account] = person ? await people.addresses(tx, person) : [];
  if (!person || !account) return null;
  const { roles } = await people.standing(tx, person);
  const { language, zone } = account;
  return mayPost(new Set(roles)) ? { person, language, zone } : null;
}

async function postAndGoOn(tx: Tx, now: Instant, { id, every }: Schedule, zone: string): Promise<void> {
  const { workDays } = (await rulesAt(tx, now)).document.organisation;
  const { from, until } = lastFull(every, toLocal(now, zone).date, workDays);
  const subject = scheduleSubject(id);
  await postIn(tx, postName, { now, dueAt: now, subject, data: { schedule: id, from, until } });
  const dueAt = nextPost(every, now, zone, workDays);
  await runAt(tx, jobName, { now, dueAt, subject, data: { schedule: id } });
}

const note = (tx: Tx, at: Instant, it: Schedule, actor: string, kind: string): Promise<void> =>
  record(tx, {
    at,
    actor,
    kind,
    subject: scheduleSubject(it.id),
    detail: {
      every: it.every,
      channel: it.placeName,
      site: it.site,
      room: it.room,
      department: it.department,
    },
  });
