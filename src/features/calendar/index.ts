import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import { type PersonId, personSubject, type RoomId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import type { Answer, Card } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { linksIn } from '../files/index.ts';
import { type Directory, selvesOf } from '../people/index.ts';
import { findRoom, findRooms, type Room, reviewersOf, roomsReviewedBy, searchRooms } from '../rooms/index.ts';
import { createInvitationFile, invitationFile } from './chat-file.ts';
import { createInvitationMail } from './letter.ts';
import { invitationMail, type Mailing } from './mailing.ts';
import { setMail, wantMail } from './settings.ts';
import { addFeed, endFeed, feedsOf } from './store.ts';
import { feedsCard, type Offer } from './views.ts';

export { giveInvitation } from './chat-file.ts';
export type { Sender } from './event.ts';
export { createMailing, type Mailing } from './mailing.ts';
export { type Calendars, createCalendars, type OpenedCalendar } from './opening.ts';

/** As many rooms as a card shows; any other is found by its name. */
const mostRooms = 7;

const text = z.string().default('');
/** `feed`: the address that the card showed, by its id; empty: none; absent: it did not say. */
const which = z.object({
  room: z.string().transform((id) => (id === '' ? null : (id as RoomId))),
  text,
  feed: z.string().optional(),
});

/** Bookings in people's own calendars (2.3): `/calendar`, `/calendar <room>`, and invitations by e-mail. */
export function createCalendar({ directory, mailing }: { directory: Directory; mailing: Mailing }): Feature {
  const { sender } = mailing;
  return {
    name: 'calendar',
    words: { calendar: (rest) => ({ command: 'calendar.show', input: { text: rest } }) },
    files: { [invitationFile]: createInvitationFile(directory) },
    ...(sender ? { mails: { [invitationMail]: createInvitationMail(directory, sender) } } : {}),
    commands: {
      'calendar.show': command({
        right: 'member',
        input: z.object({ text }),
        acts: false,
        handle: (context, input) => show(mailing, context, input.text),
      }),
      'calendar.renew': command({
        right: 'member',
        input: which,
        acts: true,
        handle: (context, input) => change(mailing, context, input, 'made'),
      }),
      'calendar.remove': command({
        right: 'member',
        input: which,
        acts: true,
        handle: (context, input) => change(mailing, context, input, 'removed'),
      }),
      'calendar.mail': command({
        right: 'member',
        input: z.object({ mail: z.enum(['on', 'off']), text }),
        acts: true,
        async handle(context, input) {
          const { tx, now, actor, reader } = context;
          if (!(await mailing.reaches(tx, actor.person))) return show(mailing, context, input.text);
          const key = input.mail === 'on' ? 'mailOn' : 'mailOff';
          await setMail(tx, actor.person, input.mail === 'on');
          const subject = personSubject(actor.person);
          await record(tx, { at: now, actor: actor.person, kind: `calendar.${key}`, subject, detail: {} });
          return show(mailing, context, input.text, { tone: 'good', text: reader.t(`calendar.${key}`) });
        },
      }),
    },
  };
}

/**
 * Gives somebody a new address in the place of the one that they had, or none. A card that shows another one than they
 * have changes nothing: calendars may use the one that it does not know of.
 */
async function change(
  mailing: Mailing,
  context: CommandContext,
  { room: id, text: typed, feed }: z.infer<typeof which>,
  outcome: 'made' | 'removed',
): Promise<Answer> {
  const { tx, now, actor, reader } = context;
  const selves = await selvesOf(tx, actor.person);
  const room = id && (await findRoom(tx, id));
  if (id && !(room && (await isEntitled(context, room, selves)))) return refused(context);
  const present = (await feedsOf(tx, selves)).find((it) => it.room === id);
  if (feed !== undefined && feed !== (present?.id ?? ''))
    return show(mailing, context, typed, { tone: 'warning', text: reader.t('calendar.refused.changed') });
  await endFeed(tx, selves, id, now);
  if (outcome === 'made') await addFeed(tx, actor.person, id, now);
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: `calendar.${outcome}`,
    subject: personSubject(actor.person),
    detail: { room: id },
  });
  return show(mailing, context, typed, { tone: 'good', text: reader.t(`calendar.${outcome}`) });
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
async function show(
  mailing: Mailing,
  context: CommandContext,
  typed: string,
  banner?: Card['banner'],
): Promise<Answer> {
  const { tx, actor, reader } = context;
  const links = await linksIn(tx);
  const named = typed.trim();
  const mail = !named && (await mailing.reaches(tx, actor.person)) ? await mailOf(context) : null;
  if (!links.reachable)
    return mail
      ? { kind: 'card', card: feedsCard(reader, { offers: [], text: named, more: false, mail }, banner) }
      : { kind: 'note', tone: 'bad', text: reader.t('calendar.refused.noAddress') };
  const selves = await selvesOf(tx, actor.person);
  const feeds = await feedsOf(tx, selves);
  const rooms = named ? await roomsNamed(context, named, selves) : await usualRooms(context, selves, feeds);
  if (rooms.length === 0 && named)
    return { kind: 'note', tone: 'bad', text: reader.t('calendar.refused.noRoom', { text: named }) };
  const offer = (room: Room | null): Offer => {
    const feed = feeds.find((it) => it.room === (room?.id ?? null)) ?? null;
    return { room, feed, address: feed && links.toFeed(feed.id) };
  };
  const offers = [...(named ? [] : [null]), ...rooms.slice(0, mostRooms)].map(offer);
  const more = rooms.length > mostRooms || may(actor, 'admin');
  return { kind: 'card', card: feedsCard(reader, { offers, text: named, more, mail }, banner) };
}

/** Whether somebody has switched invitations by e-mail on. */
const mailOf = async ({ tx, actor }: CommandContext): Promise<'on' | 'off'> =>
  (await wantMail(tx, [actor.person])).has(actor.person) ? 'on' : 'off';

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
