import { minute } from '../../core/clock.ts';
import type { CommandContext, ViewDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type PersonId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Card, CommandAction, Form } from '../../core/view.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  attendeeActions,
  type Booking,
  calendarAction,
  type Detail,
  type Details,
  differences,
  eventAt,
  isCancelling,
  knowing,
  loadDetail,
  type Purpose,
  sharedFacts,
} from '../booking/index.ts';
import { closingAfter, findRoom } from '../rooms/index.ts';
import { rulesByVersion, rulesFor } from '../rules/index.ts';

/** What a form was opened with: the details by their print, and the revision that they are of. */
export type Seen = { seen: string; asOf: string };

/** What the booking form is for when it changes a booking. */
export const purposeOf = (reader: Reader, { id, number }: Booking, seen: Seen): Purpose => ({
  title: reader.t('change.title', { number }),
  command: 'change.submit',
  submit: reader.t('change.submit'),
  data: { booking: id, ...seen },
  any: false,
});

/**
 * What is said above a form of a booking that has changed since it was opened: what sending it now would make of the
 * booking as it is (2.4).
 */
export async function overtakenBanner(
  { tx, reader }: Pick<CommandContext, 'tx' | 'reader'>,
  booking: Booking,
  from: Details,
  to: Details,
): Promise<NonNullable<Form['banner']>> {
  const detail = await loadDetail(tx, booking.id);
  if (!detail) throw new Error('a booking without its room');
  const changed = differences(reader, await knowing(tx, detail, from, to), from, to);
  const lines = changed.map(({ label, value }) => `• ${reader.t('change.wouldBe', { label, value })}`);
  return { tone: 'warning', text: [reader.t('change.overtaken'), ...lines].join('\n') };
}

/**
 * Asks when a booking is to end: at each step from now on until the room closes or it is as long as can be. It must
 * not have ended.
 */
export async function endForm(
  { tx, now, reader, token }: Pick<CommandContext, 'tx' | 'now' | 'reader' | 'token'>,
  booking: Booking,
): Promise<Form> {
  const room = await findRoom(tx, booking.room);
  if (!room) throw new Error('a booking without its room');
  const { document } = await rulesByVersion(tx, booking.rulesVersion);
  const rules = rulesFor(document, room);
  const closing = closingAfter(booking.start, room.zone, rules) ?? Number.POSITIVE_INFINITY;
  const last = Math.max(booking.end, Math.min(closing, booking.start + rules.maxMinutes * minute));
  const step = rules.stepMinutes * minute;
  const ends: number[] = [];
  for (let end = booking.start + step; end <= last; end += step) if (end > now) ends.push(end);
  return {
    layout: 'form',
    title: reader.t('change.endTitle', { number: booking.number }),
    command: 'change.end',
    submit: reader.t('change.endSubmit'),
    cancel: reader.t('common.cancel'),
    data: { booking: booking.id, token: token() },
    fields: [
      {
        kind: 'choice',
        name: 'end',
        label: reader.t('change.end'),
        required: true,
        value: String(booking.end),
        options: ends.map((end) => ({
          value: String(end),
          label: reader.t('change.endOption', {
            time: toLocal(end, reader.zone).time,
            length: { minutes: (end - booking.start) / minute },
          }),
        })),
      },
    ],
  };
}

export const changeViews: Record<string, ViewDef> = {
  /** What has changed, old and new side by side (2.4). */
  'change.news': async ({ tx, reader, recipient }, data) => {
    const id = data.booking as BookingId;
    const event = await eventAt(tx, id, Number(data.revision));
    const detail = await loadDetail(tx, id);
    if (!detail || (event?.type !== 'changed' && event?.type !== 'changeApproved')) return null;
    // Whoever is no longer concerned, or hears that it does not take place, is not told of it any more.
    const { host, attendees, state } = detail.booking;
    if (state.kind !== 'approved' || ![host, state.by, ...attendees].includes(recipient)) return null;
    const card = newsCard(reader, await knowing(tx, detail, event.from, event.to), event, recipient);
    return card && { card };
  },

  /** For somebody who is no longer invited. */
  'change.removed': async ({ tx, reader, recipient }, data) => {
    const detail = await loadDetail(tx, data.booking as BookingId);
    // Invited again in the meantime.
    if (!detail || detail.booking.attendees.includes(recipient)) return null;
    const { number, topic } = detail.booking;
    const title = reader.t('change.removed', { number, topic });
    return {
      card: { layout: 'notice', tone: 'neutral', title, facts: sharedFacts(reader, detail).slice(0, 4) },
    };
  },

  /** Asks somebody to take a booking over. */
  'change.handover': async ({ tx, reader, recipient, purpose }, data) => {
    const detail = await loadDetail(tx, data.booking as BookingId);
    if (!detail) return null;
    const { booking } = detail;
    const asked = booking.handover?.to === recipient;
    if (!asked && purpose === 'send') return null;
    const live = { subject: bookingSubject(booking.id), revision: booking.revision };
    return { card: handoverCard(reader, detail, asked), live };
  },
};

function newsCard(
  reader: Reader,
  detail: Detail,
  { from, to }: { from: Details; to: Details },
  person: PersonId,
): Card | null {
  const { booking } = detail;
  const same = sharedFacts(reader, detail).slice(0, 3);
  // The note is for the reviewers.
  const invited = booking.attendees.includes(person);
  const changed = differences(reader, detail, from, invited ? { ...to, note: from.note } : to);
  if (changed.length === 0) return null;
  const labels = new Set(changed.map((fact) => fact.label));
  return {
    layout: 'notice',
    tone: 'warning',
    title: reader.t('change.news', { number: booking.number, topic: to.topic }),
    facts: [...changed, ...same.filter((fact) => !labels.has(fact.label))],
    actions: invited
      ? attendeeActions(reader, detail, person)
      : person === booking.host
        ? calendarAction(reader, detail, person)
        : [],
  };
}

function handoverCard(reader: Reader, detail: Detail, asked: boolean): Card {
  const { booking, nameOf } = detail;
  const text: MessageKey = !asked
    ? 'change.settled'
    : isCancelling(booking.state)
      ? 'booking.refused.cancelling'
      : 'change.offeredText';
  return {
    layout: 'booking',
    tone: asked ? 'warning' : 'neutral',
    title: reader.t('change.offered', { host: nameOf(booking.host), number: booking.number }),
    text: [reader.t(text)],
    facts: sharedFacts(reader, detail),
    actions: asked ? handoverActions(reader, booking) : [],
  };
}

/** What somebody can do who is asked to take a booking over (2.4): while it is being cancelled, only say no. */
export function handoverActions(reader: Reader, { id, state }: Booking): CommandAction[] {
  const data = { booking: id };
  const accept: CommandAction = {
    kind: 'command',
    label: reader.t('change.accept'),
    command: 'change.acceptHandover',
    data,
    style: 'primary',
  };
  const decline: CommandAction = {
    kind: 'command',
    label: reader.t('change.decline'),
    command: 'change.declineHandover',
    data,
  };
  return isCancelling(state) ? [decline] : [accept, decline];
}
