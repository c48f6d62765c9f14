import { day } from '../../core/clock.ts';
import type { JobDef, PostDef, ViewDef } from '../../core/feature.ts';
import { namesOf } from '../people/index.ts';
import { scopeWords } from './asking.ts';
import type { StatisticsDeps } from './deps.ts';
import { exhibitNames } from './exhibits.ts';
import { pictureOf } from './painting.ts';
import { endedCard, postedCard } from './schedule-views.ts';
import { findSchedule, type Loss, loseChannel, ownerOf, runSchedule } from './schedules.ts';
import { aboutText } from './views.ts';

/** What is posted is looked up in the channel for longer than what somebody asked for. */
const picturesLast = 90 * day;

/** Departments are for those who may see them, and a channel has other readers too (6.2). */
const exhibits = exhibitNames.filter((name) => name !== 'departments');

/** The statistics of a period, for the channel that a schedule names; null where it has ended. */
export const scheduledPost =
  (deps: StatisticsDeps): PostDef =>
  async ({ tx, now }, data) => {
    const schedule = await findSchedule(tx, data.schedule ?? '');
    const owner = schedule?.endedAt === null ? await ownerOf(deps.people, tx, schedule) : null;
    if (!schedule || !owner) return null;
    const { site, room, department, place } = schedule;
    const period = { from: data.from ?? '', until: data.until ?? '' };
    return {
      to: place,
      language: owner.language,
      zone: owner.zone,
      async card(reader) {
        const query = { period, site, room, department, byDepartment: false, now };
        const statistics = await deps.background.count(query);
        const about = aboutText(reader, period, await scopeWords({ tx, reader }, schedule));
        const whom = { reader, person: owner.person, lasts: picturesLast };
        const image = await pictureOf(deps, whom, { statistics, name: 'heat', about });
        const by = (await namesOf(tx, [owner.person])).get(owner.person) ?? '–';
        return postedCard(reader, { schedule, by, about, statistics, exhibits, image });
      },
      async barred(tx, at) {
        const current = await findSchedule(tx, schedule.id);
        if (current) await loseChannel(tx, at, current);
      },
    };
  };

/** The time of a schedule has come. */
export const scheduleDue =
  ({ people }: StatisticsDeps): JobDef =>
  async ({ tx, now }, data) => {
    const schedule = await findSchedule(tx, data.schedule ?? '');
    if (schedule?.endedAt === null) await runSchedule(people, tx, now, schedule);
  };

/** Tells why statistics are not posted any more. */
export const scheduleEnded: ViewDef = async ({ tx, reader }, data) => {
  const schedule = await findSchedule(tx, data.schedule ?? '');
  if (!schedule) return null;
  const by = (await namesOf(tx, [schedule.by])).get(schedule.by) ?? '–';
  return { card: endedCard(reader, { schedule, why: data.why as Loss, by }) };
};
