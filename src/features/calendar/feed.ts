import { createHash } from 'node:crypto';
import { newId, type PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import type { Appointment } from '../booking/index.ts';
import { namesOf } from '../people/index.ts';
import { findRooms, type Room } from '../rooms/index.ts';
import { feedEventOf, isInvited, type Shown, type Subscriber } from './event.ts';
import { entryText, feedText } from './text.ts';

/** How often a calendar is asked to look, in seconds. */
const lookEvery = 30 * 60;
/** Entries in memory, of about a kilobyte: calendars ask for the same again and again. */
const mostKept = 20_000;

/** A feed that is not written yet. */
export type Feed = {
  /** Another one wherever the text is another. */
  tag: string;
  text(): string;
};

/** `key`: the booking as this kind of reader sees it. `print`: an entry stays the same as long as this does. */
type Entry = Shown & { booking: Appointment; key: string; print: string };

/**
 * Writes feeds. What an entry says follows from few facts: they tell whether a calendar has the feed already, and which
 * entries have to be written afresh.
 */
export function createFeeds() {
  // Another version of the program may say the same in other words.
  const version = newId();
  const kept = new Map<string, { print: string; text: string }>();

  return {
    async of(
      tx: Tx,
      who: Subscriber,
      it: { title: string; appointments: readonly Appointment[] },
    ): Promise<Feed> {
      const entries = await entriesOf(tx, who, it.appointments);
      const says = createHash('sha256').update(JSON.stringify([version, who.reader.language, it.title]));
      for (const { key, print } of entries) says.update(key).update(print);
      return {
        tag: says.digest('base64url'),
        text() {
          const texts = entries.map((entry) => textOf(who, entry));
          forget();
          return feedText(texts, { name: it.title, ttl: lookEvery });
        },
      };
    },
  };

  function textOf(who: Subscriber, entry: Entry): string {
    const { key, print, booking } = entry;
    const found = kept.get(key);
    const text =
      found?.print === print ? found.text : entryText(feedEventOf(who, { detail: entry, stamp: booking.at }));
    // Put in anew, it is the last to be forgotten.
    kept.delete(key);
    kept.set(key, { print, text });
    return text;
  }

  function forget(): void {
    for (const key of kept.keys()) {
      if (kept.size <= mostKept) return;
      kept.delete(key);
    }
  }
}

/** Beside what belongs to its revision, an entry says what the room and the people are called by now. */
async function entriesOf(
  tx: Tx,
  { reader, selves }: Subscriber,
  appointments: readonly Appointment[],
): Promise<Entry[]> {
  const rooms = await findRooms(tx, [...new Set(appointments.map((it) => it.room))]);
  const names = await namesOf(tx, [...new Set(appointments.flatMap((it) => [it.host, ...it.attendees]))]);
  const nameOf = (person: PersonId | null) => (person && names.get(person)) || '–';
  const places = new Map([...rooms].map(([id, room]) => [id, placeOf(room)]));
  return appointments.flatMap((booking) => {
    const room = rooms.get(booking.room);
    const key = `${reader.language} ${isInvited(booking, selves)} ${booking.id}`;
    const named = [booking.host, ...booking.attendees].map(nameOf);
    const print = JSON.stringify([booking.revision, places.get(booking.room), named]);
    return room ? [{ booking, room, nameOf, key, print }] : [];
  });
}

const placeOf = ({ name, site, floor, joinLink }: Room): string =>
  JSON.stringify([name, site, floor, joinLink]);
