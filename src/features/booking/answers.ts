import type { Actor, CommandContext, Scope } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type RoomId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import type { Answer, Card, Form } from '../../core/view.ts';
import { defaultsOf, noDefaults } from '../defaults/index.ts';
import { selvesOf } from '../people/index.ts';
import { findRoom, type Room, searchRooms } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { type Detail, loadDetail, loadDetails } from './detail.ts';
import { type Purpose, presetRequest, requestForm } from './form.ts';
import { bookingsOf, type Which } from './store.ts';
import { anyRoom, type Problems, type TypedRequest } from './typed.ts';
import { bookingsCard, hostCard, invitedCard, overseenCard } from './views.ts';

const pageSize = 5;
/** As many rooms as a card holds beside the rest; the others are found by typing. */
const roomsInForm = 60;

/** The card of a booking as it stands now, for its host, somebody invited, or an admin; anybody else is told no. */
export async function showBooking(
  context: CommandContext,
  id: BookingId,
  banner?: Card['banner'],
): Promise<Answer> {
  const { tx, reader, actor } = context;
  const detail = await loadDetail(tx, id);
  if (detail?.booking.host === actor.person) return hostAnswer(context, detail, banner);
  const invited = detail?.booking.attendees.includes(actor.person);
  if (detail && !invited && may(actor, 'admin'))
    return { kind: 'card', card: { ...overseenCard(reader, detail), ...(banner ? { banner } : {}) } };
  if (!detail || !invited)
    return { kind: 'note', tone: 'bad', text: banner?.text ?? reader.t('common.stale') };
  const { revision } = detail.booking;
  return {
    kind: 'card',
    card: { ...invitedCard(reader, detail, actor.person), ...(banner ? { banner } : {}) },
    live: { view: 'booking.invited', subject: bookingSubject(id), revision, data: { booking: id } },
  };
}

const hostAnswer = ({ reader }: CommandContext, detail: Detail, banner: Card['banner']): Answer => ({
  kind: 'card',
  card: hostCard(reader, detail, banner),
  live: {
    view: 'booking.host',
    subject: bookingSubject(detail.booking.id),
    revision: detail.booking.revision,
    data: { booking: detail.booking.id },
  },
});

/**
 * What an untouched form holds for this reader, for a room if there is one; else as the actor likes it best, where
 * there is an actor.
 */
export async function presetFor(
  { tx, now, reader, actor }: Scope & { actor?: Pick<Actor, 'person'> },
  token: string,
  given: Room | null,
): Promise<TypedRequest> {
  const usual = actor ? await defaultsOf(tx, actor.person) : noDefaults;
  const favourite = usual.room && !given ? await findRoom(tx, usual.room) : null;
  const room = given ?? (favourite?.active ? favourite : null);
  const { document } = await rulesAt(tx, now);
  const rules = rulesFor(document, room);
  return presetRequest(reader, rules, token, room, usual.minutes);
}

/** The booking form with what was typed; with `problems` it is one that came back. */
export async function requestAnswer(
  { tx, now, reader }: CommandContext,
  typed: TypedRequest,
  { problems, purpose, banner }: { problems?: Problems; purpose?: Purpose; banner?: Form['banner'] } = {},
): Promise<Answer> {
  const { document } = await rulesAt(tx, now);
  const rooms = await searchRooms(tx, { activeOnly: true, limit: roomsInForm, zone: reader.zone });
  const chosen = typed.room === anyRoom ? null : await findRoom(tx, typed.room as RoomId);
  const form = requestForm(reader, {
    typed,
    rooms: chosen && !rooms.some((room) => room.id === chosen.id) ? [chosen, ...rooms] : rooms,
    rules: rulesFor(document, chosen),
    ...(problems ? { problems } : {}),
    ...(purpose ? { purpose } : {}),
  });
  const shown = banner ? { ...form, banner } : form;
  return problems ? { kind: 'invalid', form: shown } : { kind: 'form', form: shown };
}

/** `/bookings`: one page of what somebody hosts and is invited to. */
export async function listBookings(
  { tx, now, reader, actor }: CommandContext,
  list: Which,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const { bookings, ...where } = await bookingsOf(tx, await selvesOf(tx, actor.person), {
    which: list,
    now,
    page,
    pageSize,
  });
  const details = await loadDetails(tx, bookings);
  return {
    kind: 'card',
    card: bookingsCard(reader, { which: list, ...where, details, person: actor.person }, banner),
  };
}
