import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import { type PersonId, personSubject, type RoomId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import type { Answer, Card } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { linksIn } from '../files/index.ts';
import { selvesOf } from '../people/index.ts';
import { findRoom, findRooms, type Room, reviewersOf, roomsReviewedBy, searchRooms } from '../rooms/index.ts';
import { addFeed, endFeed, feedsOf } from './store.ts';
import { feedsCard, type Offer } from './views.ts';

export { type Calendars, createCalendars, type OpenedCalendar } from './opening.ts';

/** As many rooms as a card shows; any other is found by its name. */
const mostRooms = 7;

const text = z.string().default('');
const which = z.object({ room: z.string().transform((id) => (id === '' ? null : (id as RoomId))), text });

/** Bookings in people's own calendars (2.3): `/calendar`, `/calendar <room>`. */
export const calendar: Feature = {
  name: 'calendar',
  words: { calendar: (rest) => ({ command: 'calendar.show', input: { text: rest } }) },
  commands: {
    'calendar.show': command({
      right: 'member',
      input: z.object({ text }),
      acts: false,
      handle: (context, input) => show(context, input.text),
    }),
    'calendar.renew': command({
      right: 'member',
      input: which,
      acts: true,
      handle: (context, input) => change(context, input, 'made'),
    }),
    'calendar.remove': command({
      right: 'member',
      input: which,
      acts: true,
      handle: (context, input) => change(context, input, 'removed'),
    }),
  },
};

/** Gives somebody a new address in the place of the one that they had, or none. */
async function change(
  context: CommandContext,
  { room: id, text: typed }: z.infer<typeof which>,
  outcome: 'made' | 'removed',
): Promise<Answer> {
  const { tx, now, actor, reader } = context;
  const selves = await selvesOf(tx, actor.person);
  const room = id && (await findRoom(tx, id));
  if (id && !(room && (await isEntitled(context, room, selves)))) return refused(context);
  await endFeed(tx, selves, id, now);
  if (outcome === 'made') await addFeed(tx, actor.person, id, now);
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: `calendar.${outcome}`,
    subject: personSubject(actor.person),
    detail: { room: id },
  });
  return show(context, typed, { tone: 'good', text: reader.t(`calendar.${outcome}`) });
}

/** Whoever reviews a room, and the admins (6.2). */
const isEntitled = async (
  { tx, actor }: CommandContext,
  { id }: Room,
  selves: readonly PersonId[],
): Promise<boolean> =>
  may(actor, 'admin') || (await reviewersOf(tx, id)).some((person) => selves.includes(person));

const refused = ({ reader }: CommandContext): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.t('calendar.refused.room'),
});

/** One's own bookings, and rooms: those that one reviews or has an address of, or those named by what was typed. */
async function show(context: CommandContext, typed: string, banner?: Card['banner']): Promise<Answer> {
  const { tx, actor, reader } = context;
  const links = await linksIn(tx);
  if (!links.reachable) return { kind: 'note', tone: 'bad', text: reader.t('calendar.refused.noAddress') };
  const selves = await selvesOf(tx, actor.person);
  const feeds = await feedsOf(tx, selves);
  const named = typed.trim();
  const rooms = named ? await roomsNamed(context, named, selves) : await usualRooms(context, selves, feeds);
  if (rooms.length === 0 && named)
    return { kind: 'note', tone: 'bad', text: reader.t('calendar.refused.noRoom', { text: named }) };
  const offer = (room: Room | null): Offer => {
    const feed = feeds.find((it) => it.room === (room?.id ?? null)) ?? null;
    return { room, feed, address: feed && links.toFeed(feed.id) };
  };
  const offers = [...(named ? [] : [null]), ...rooms.slice(0, mostRooms)].map(offer);
  const more = rooms.length > mostRooms || may(actor, 'admin');
  return { kind: 'card', card: feedsCard(reader, { offers, text: named, more }, banner) };
}

async function roomsNamed(
  context: CommandContext,
  named: string,
  selves: readonly PersonId[],
): Promise<Room[]> {
  const found = await searchRooms(context.tx, { text: named, activeOnly: true, limit: mostRooms });
  const entitled = await Promise.all(found.map((room) => isEntitled(context, room, selves)));
  return found.filter((_, n) => entitled[n]);
}

async function usualRooms(
  { tx }: CommandContext,
  selves: readonly PersonId[],
  feeds: ReadonlyArray<{ room: RoomId | null }>,
): Promise<Room[]> {
  const ids = [...feeds.flatMap(({ room }) => room ?? []), ...(await roomsReviewedBy(tx, selves))];
  return [...(await findRooms(tx, ids)).values()].sort((a, b) => a.name.localeCompare(b.name));
}
