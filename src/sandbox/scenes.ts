import { day, type Instant, minute } from '../core/clock.ts';
import type { PersonId } from '../core/ids.ts';
import { toLocal, weekdayOf } from '../core/time.ts';
import type { Tx } from '../db/database.ts';
import { type Acting, buttonOf } from './acting.ts';
import { sought } from './bookings.ts';
import { workdayFrom } from './calendar.ts';
import { roomOf } from './history.ts';
import { type MemberName, people } from './people.ts';
import type { Step } from './replay.ts';

/** What is more than single bookings: the people of the demo do it as anybody would in chat. */
export function createScenes({ act, press }: Acting, ids: Record<MemberName, PersonId>) {
  const dayOf = (now: Instant, workday: number) => workdayFrom(now, people.mia.zone, workday);

  /** Mia's series, asked for and approved in one step each. */
  async function series(tx: Tx, at: Instant, first: string): Promise<void> {
    const draft = await act(tx, at, 'mia', 'booking.request', {
      room: (await roomOf(tx, { site: 'Berlin', room: 'Havel' })).id,
      topic: 'Editorial meeting',
      date: first,
      start: '10:00',
      duration: '45',
      headcount: '3',
      recurring: true,
    });
    const preview = await act(tx, at, 'mia', 'series.plan', {
      ...buttonOf(draft, 'series.open').data,
      pattern: 'week',
      interval: '1',
      days: [String(weekdayOf(first))],
      ends: 'count',
      count: '3',
    });
    const sent = await press(tx, at, 'mia', preview, 'series.send');
    const { series = '' } = buttonOf(sent, 'series.cancel').data;
    const review = await act(tx, at, 'yating', 'series.show', { series });
    await press(tx, at, 'yating', review, 'series.approve');
  }

  async function wait(tx: Tx, at: Instant, who: MemberName, topic: string, now: Instant): Promise<void> {
    const card = await act(tx, at, who, 'booking.request', {
      room: (await roomOf(tx, sought)).id,
      topic,
      date: dayOf(now, sought.workday),
      start: sought.time,
      duration: String(sought.minutes),
      headcount: String(sought.headcount),
    });
    await press(tx, at, who, card, 'waitlist.join');
  }

  return {
    /** Of the last days: a series, somebody who stands in, a rule that approves by itself. */
    past: (now: Instant): Step[] => [
      { at: now - 2 * day, happen: (tx, at) => series(tx, at, dayOf(now, 8)) },
      {
        at: now - day,
        async happen(tx, at) {
          await act(tx, at, 'peter', 'duties.save', {
            from: toLocal(at, people.peter.zone).date,
            until: dayOf(now, 8),
            substitute: [ids.jonas],
          });
          await act(tx, at, 'yating', 'rules.saveRule', {
            base: '1',
            name: 'Short and small',
            decision: 'approve',
            maxMinutes: '30',
            maxHeadcount: '4',
            workingHours: 'inside',
          });
        },
      },
    ],

    /** Of the last minutes: two wait for a room that Jonas has asked for. */
    open: (now: Instant): Step[] => [
      { at: now - 20 * minute, happen: (tx, at) => wait(tx, at, 'mia', 'Quarterly review', now) },
      { at: now - 10 * minute, happen: (tx, at) => wait(tx, at, 'sofia', 'First-aid course', now) },
    ],
  };
}
