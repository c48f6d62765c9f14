import type ICAL from 'ical.js';
import { Unreachable } from '../../src/core/errors.ts';
import type { Mail } from '../../src/core/feature.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Card } from '../../src/core/view.ts';
import { due } from '../../src/db/outbox.ts';
import { keepReference } from '../../src/features/people/index.ts';
import { createDeliver } from '../../src/queue/deliver.ts';
import { textOf } from './answers.ts';
import { readCalendar } from './read-calendar.ts';
import type { Someone, World } from './world.ts';

export const sender = { name: 'Rooms', address: 'rooms@example.org' };

/** Delivers what is in the outbox of a world: cards to chats that hold them, mails to a heap. */
export function openPostOffice(world: World) {
  const heap: Mail[] = [];
  const chats = new Map<string, Card[]>();
  const absent = new Set<string>();
  let trouble: Error | null = null;
  let count = 0;

  const deliver = createDeliver({
    db: world.db,
    clock: { now: world.now },
    logger: createLogger('silent'),
    messengers: {
      slack: {
        platform: 'slack',
        async send(to, card) {
          if (absent.has(to.userId)) throw new Unreachable('blocked');
          chats.set(to.userId, [...(chats.get(to.userId) ?? []), card]);
          count += 1;
          return { conversation: to.userId, message: `m${count}`, reference: '' };
        },
        async update() {},
      },
    },
    people: { ...world.directory, seek: async () => false, keepReference },
    views: Object.fromEntries(world.registry.views),
    jobs: Object.fromEntries(world.registry.jobs),
    mails: Object.fromEntries(world.registry.mails),
    files: Object.fromEntries(world.registry.files),
    posts: {},
    mailer: {
      async send(mail) {
        if (trouble) throw trouble;
        heap.push(mail);
      },
    },
    random: () => 0.5,
    onUnreachable: world.reports.onUnreachable,
    onFailed: world.reports.onFailed,
    onResult: () => {},
  });

  return {
    /** Somebody can't be written to in chat from now on. */
    leave: (who: Someone) => void absent.add(who.profile.userId),
    /** From now on no mail gets through, for this reason, or all do. */
    fail: (why: Error | null) => {
      trouble = why;
    },
    /** Delivers all that is due; the mails that were sent. */
    async deliver(): Promise<Mail[]> {
      const before = heap.length;
      for (;;) {
        const rows = await due(world.db.read, world.now(), 1_000);
        if (rows.length === 0) return heap.slice(before);
        for (const { id } of rows) await deliver(id);
      }
    },
    /** All that somebody was shown in chat. */
    readBy: (who: Someone): string => (chats.get(who.profile.userId) ?? []).map(textOf).join('\n'),
  };
}

/** The mail to somebody; there has to be exactly one. With the appointment, as a calendar understands it. */
export function mailTo(who: Someone, mails: readonly Mail[]) {
  const theirs = mails.filter(({ to }) => to === who.profile.email);
  const [mail] = theirs;
  if (!mail?.calendar || theirs.length > 1) throw new Error(`${theirs.length} mails to ${who.name}`);
  const { method, calendar, dates } = readCalendar(mail.calendar.text);
  if (method !== mail.calendar.method) throw new Error('a mail that contradicts its appointment');
  const event = calendar.getFirstSubcomponent('vevent');
  const attendees = event?.getAllProperties('attendee') ?? [];
  const addressOf = (it: ICAL.Property) => `${it.getFirstValue()}`.replace(/^mailto:/i, '');
  const own = attendees.find((it) => addressOf(it) === mail.to);
  return {
    ...mail,
    method,
    dates,
    event,
    first: dates[0],
    organizer: `${event?.getFirstPropertyValue('organizer')}`,
    attendees: attendees.map(addressOf),
    rsvp: own?.getParameter('rsvp'),
  };
}
