import { z } from 'zod';
import type { CommandContext, Feature, Scope, ViewDef } from '../../core/feature.ts';
import { command } from '../../core/feature.ts';
import { type BookingId, bookingSubject, type PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import { type Booking, type BookingService, type Detail, invitedCard, loadDetail } from '../booking/index.ts';
import { selvesOf } from '../people/index.ts';
import { digestView, runDigest, showDigest } from './digest.ts';
import { decideLate, isOvertaken, lateChoices, wordsLength } from './domain.ts';
import { lateView, tellLate } from './late.ts';
import { cardView, digestJob, type Reminders } from './planning.ts';
import { editSetting, saveTyped, showSetting } from './settings.ts';
import { typedSetting } from './typed.ts';
import { lateCard, reminderCard } from './views.ts';

export * from './domain.ts';
export * from './planning.ts';
export { settingOf } from './store.ts';
export { meetingRow } from './views.ts';

const bookingId = z.string().transform((id) => id as BookingId);
/** Which card was clicked, so that the answer is one like it. */
const clicked = z.enum(['reminder', 'invitation']).default('invitation');

/** Reminders before the meeting and what people answer to them (2.7): `/reminders`. */
export function createReminder(deps: { reminders: Reminders; bookings: BookingService }): Feature {
  const { reminders, bookings } = deps;

  const coming = (type: 'decline' | 'undecline') =>
    command({
      right: 'member',
      input: z.object({ booking: bookingId, card: clicked }),
      acts: true,
      async handle(context, input) {
        const { tx, now, actor, reader } = context;
        const mine = await theirs(context, input.booking);
        if (!mine) return stale(context);
        const origin = { tx, now, actor: actor.person, source: actor.platform };
        const outcome = await bookings.change(origin, input.booking, { type, by: mine.person });
        if (!outcome) return stale(context);
        if (!outcome.ok) return refused(context, mine, input.card, outcome.refusal);
        const after = await theirs(context, input.booking);
        const text = reader.t(type === 'decline' ? 'reminder.declined' : 'reminder.undeclined');
        return after ? answer(context, after, input.card, { tone: 'good', text }) : stale(context);
      },
    });

  return {
    name: 'reminder',
    words: { reminders: () => ({ command: 'reminder.settings', input: {} }) },
    views: {
      [cardView]: async ({ tx, now, reader, recipient }, data) => {
        const detail = await loadDetail(tx, data.booking as BookingId);
        if (detail?.booking.state.kind !== 'approved') return null;
        // Those planned by an earlier release name no end.
        if (isOvertaken(Number(data.until ?? detail.booking.start), now)) return null;
        return { card: reminderCard(reader, detail, recipient) };
      },
      [lateView]: showLate,
      [digestView]: showDigest,
    },
    jobs: { [digestJob]: (context, data) => runDigest(reminders, context, data.person as PersonId) },
    commands: {
      'reminder.settings': command({
        right: 'member',
        input: z.object({}),
        acts: false,
        handle: (context) => showSetting(context),
      }),
      'reminder.edit': command({
        right: 'member',
        input: z.object({}),
        acts: false,
        handle: editSetting,
      }),
      'reminder.save': command({
        right: 'member',
        input: typedSetting,
        acts: true,
        handle: (context, typed) => saveTyped(reminders, context, typed),
      }),
      'reminder.late': command({
        right: 'member',
        input: z.object({
          booking: bookingId,
          minutes: z.enum(lateChoices.map(String)),
          words: z.string().max(wordsLength).default(''),
        }),
        acts: true,
        handle: sayLate,
      }),
      'reminder.decline': coming('decline'),
      'reminder.undecline': coming('undecline'),
    },
  };
}

/** A booking, and as whom of its people somebody is in it. */
type Mine = { detail: Detail; person: PersonId };

const isIn = ({ host, attendees }: Booking, person: PersonId): boolean =>
  host === person || attendees.includes(person);

/** Null where there is no such booking, or it is none of theirs. */
async function theirs({ tx, actor }: CommandContext, id: BookingId): Promise<Mine | null> {
  const detail = await loadDetail(tx, id);
  const selves = await selvesOf(tx, actor.person);
  const person = detail && selves.find((self) => isIn(detail.booking, self));
  return detail && person ? { detail, person } : null;
}

async function sayLate(
  context: CommandContext,
  input: { booking: BookingId; minutes: string; words: string },
): Promise<Answer> {
  const { tx, now, reader } = context;
  const mine = await theirs(context, input.booking);
  if (!mine) return stale(context);
  const { booking } = mine.detail;
  const decision = decideLate(booking, mine.person, now);
  if (!decision.ok) return refused(context, mine, 'reminder', decision.refusal);
  const words = input.words.trim();
  const late = { booking, by: mine.person, minutes: input.minutes, words, people: decision.tell };
  const told = await tellLate(tx, late, now);
  const figures = { count: decision.tell.length, late: { minutes: Number(input.minutes) } };
  return answer(context, mine, 'reminder', {
    tone: told ? 'good' : 'neutral',
    text: told ? reader.t('reminder.late.told', figures) : reader.t('reminder.late.already'),
  });
}

const showLate: ViewDef = async ({ tx, now, reader }, data) => {
  const detail = await loadDetail(tx, data.booking as BookingId);
  if (detail?.booking.state.kind !== 'approved' || now >= detail.booking.end) return null;
  const late = {
    person: data.person as PersonId,
    minutes: Number(data.minutes),
    words: data.words ?? '',
  };
  return { card: lateCard(reader, detail, late) };
};

function answer(
  { reader }: Pick<Scope, 'reader'>,
  { detail, person }: Mine,
  card: z.infer<typeof clicked>,
  banner: Card['banner'],
): Answer {
  if (card === 'reminder') return { kind: 'card', card: reminderCard(reader, detail, person, banner) };
  const { id, revision } = detail.booking;
  return {
    kind: 'card',
    card: { ...invitedCard(reader, detail, person), ...(banner ? { banner } : {}) },
    live: { view: 'booking.invited', subject: bookingSubject(id), revision, data: { booking: id } },
  };
}

const refused = (
  context: CommandContext,
  mine: Mine,
  card: z.infer<typeof clicked>,
  refusal: Refusal,
): Answer => answer(context, mine, card, { tone: 'warning', text: context.reader.refusal(refusal) });

const stale = ({ reader }: CommandContext): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.t('common.stale'),
});
