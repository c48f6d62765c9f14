import type { Instant } from '../../core/clock.ts';
import { bookingSubject, type PersonId, personSubject } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import { rowsAbout, schedule, tell, withdraw, withdrawRows } from '../../db/outbox.ts';
import { agendaOf, type Booking } from '../booking/index.ts';
import { type Directory, selvesOf } from '../people/index.ts';
import { rulesByVersion } from '../rules/index.ts';
import { comingTo, defaultSetting, nextDigest, plan, type Setting } from './domain.ts';
import { settingsOf } from './store.ts';

export const cardView = 'reminder.card';
export const digestJob = 'reminder.day';

/** The clock of somebody who is not known. */
const nowhere = 'UTC';

/** What somebody wants of reminders, and by which clock. */
type Wish = { setting: Setting; zone: string };

export type Reminders = ReturnType<typeof createReminders>;

/** When whom to remind of what: written into the outbox by the transaction that decides it (2.7). */
export function createReminders(directory: Pick<Directory, 'clocksOf'>) {
  async function wishesOf(tx: Tx, people: readonly PersonId[]): Promise<(person: PersonId) => Wish> {
    const clocks = await directory.clocksOf(tx, people);
    const settings = await settingsOf(
      tx,
      [...clocks.values()].map((it) => it.self),
    );
    return (person) => {
      const { self = person, zone = nowhere } = clocks.get(person) ?? {};
      return { setting: settings.get(self) ?? defaultSetting, zone };
    };
  }

  async function planFor(
    tx: Tx,
    booking: Booking,
    people: readonly PersonId[],
    wishOf: (person: PersonId) => Wish,
    now: Instant,
  ): Promise<void> {
    const { document } = await rulesByVersion(tx, booking.rulesVersion);
    const planned = people.flatMap((person) => {
      const { setting, zone } = wishOf(person);
      const leads = setting.leads ?? document.organisation.reminders;
      const reminders = plan({ start: booking.start, leads, quiet: setting.quiet, zone, now });
      return reminders.map((reminder) => ({ person, ...reminder }));
    });
    for (const alike of Map.groupBy(planned, ({ due, until }) => `${due} ${until}`).values()) {
      const [{ due, until } = { due: 0, until: 0 }] = alike;
      await tell(
        tx,
        alike.map((it) => it.person),
        cardView,
        {
          now,
          dueAt: due,
          subject: bookingSubject(booking.id),
          data: { booking: booking.id, due: String(due), until: String(until) },
        },
      );
    }
  }

  const planAll = async (tx: Tx, booking: Booking, people: readonly PersonId[], now: Instant) =>
    planFor(tx, booking, people, await wishesOf(tx, people), now);

  /** Takes back the reminders that have not been sent yet. */
  const withdrawAll = (tx: Tx, booking: Booking): Promise<void> =>
    withdraw(tx, bookingSubject(booking.id), cardView);

  /** The zone in which somebody lives. */
  const zoneOf = async (tx: Tx, person: PersonId): Promise<string> =>
    (await wishesOf(tx, [person]))(person).zone;

  /** Plans somebody's next digest. */
  async function scheduleDigest(tx: Tx, person: PersonId, digestAt: number, now: Instant): Promise<void> {
    const dueAt = nextDigest(digestAt, await zoneOf(tx, person), now);
    await schedule(tx, digestJob, { now, dueAt, subject: personSubject(person), data: { person } });
  }

  return {
    /** Plans the reminders of an approved booking, for each by their own setting, else under its rules. */
    plan: (tx: Tx, booking: Booking, now: Instant): Promise<void> =>
      planAll(tx, booking, comingTo(booking), now),

    withdraw: withdrawAll,

    /** Has the reminders of an approved booking follow a change: of its start, or of who comes. */
    async move(tx: Tx, before: Booking, after: Booking, now: Instant): Promise<void> {
      const [was, is] = [comingTo(before), comingTo(after)];
      if (before.start !== after.start) {
        await withdrawAll(tx, after);
        return planAll(tx, after, is, now);
      }
      const subjects = [bookingSubject(after.id)];
      const gone = was.filter((person) => !is.includes(person));
      if (gone.length > 0)
        await withdrawRows(tx, await rowsAbout(tx, { subjects, name: cardView, people: gone }));
      await planAll(
        tx,
        after,
        is.filter((person) => !was.includes(person)),
        now,
      );
    },

    /**
     * Plans anew what somebody is still to be reminded of, after they have changed their setting. What was due
     * before and is late (it is tried again, or waits for the platform) is left to itself: it is not lost, and a
     * reminder that is planned anew is always a later one.
     */
    async replan(tx: Tx, person: PersonId, now: Instant): Promise<void> {
      const selves = await selvesOf(tx, person);
      const ahead = (await agendaOf(tx, selves, { from: now })).filter(
        (booking) => booking.state.kind === 'approved' && booking.start > now,
      );
      const subjects = ahead.map((booking) => bookingSubject(booking.id));
      const rows = await rowsAbout(tx, { subjects, name: cardView, people: selves });
      await withdrawRows(
        tx,
        rows.filter((row) => Number(row.data.due) > now),
      );
      const wishOf = await wishesOf(tx, selves);
      for (const booking of ahead) {
        const theirs = comingTo(booking).filter((it) => selves.includes(it));
        await planFor(tx, booking, theirs, wishOf, now);
      }
    },

    zoneOf,
    scheduleDigest,

    /** Plans somebody's next digest in place of the one that was planned, or none. */
    async planDigest(
      tx: Tx,
      person: PersonId,
      { digestAt }: Pick<Setting, 'digestAt'>,
      now: Instant,
    ): Promise<void> {
      await withdraw(tx, personSubject(person), digestJob);
      if (digestAt !== null) await scheduleDigest(tx, person, digestAt, now);
    },
  };
}
