import type { CommandContext } from '../../core/feature.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import {
  type Booking,
  type Detail,
  findBooking,
  findNumbered,
  knowing,
  loadDetails,
} from '../booking/index.ts';
import { namesOf } from '../people/index.ts';
import { mayRead, maySee, seesReview } from './domain.ts';
import { type Entry, historyOf, peopleIn } from './history.ts';
import { historyCard, type Sight } from './log-views.ts';
import { type Substitutes, viewerOf } from './viewer.ts';

const pageSize = 6;

/** `/history #1042`, and the button on a booking. Whoever may not see it is told the same as where there is none. */
export async function showHistory(
  context: CommandContext,
  substitutes: Substitutes,
  asked: { booking?: BookingId | undefined; text: string; page: number },
): Promise<Answer> {
  const { tx, reader } = context;
  const number = /^[#＃]?\s*(\d{1,9})$/u.exec(asked.text.trim())?.[1];
  if (!asked.booking && !number) return refused(reader.t('records.wrong.which'));
  const booking = asked.booking
    ? await findBooking(tx, asked.booking)
    : await findNumbered(tx, Number(number));
  const viewer = await viewerOf(context, substitutes);
  if (!booking || !maySee(viewer, booking))
    return refused(reader.t('records.wrong.gone', { number: number ?? '–' }));
  const sight = { content: mayRead(viewer, booking), review: seesReview(viewer, booking) };
  const all = (await historyOf(tx, booking.id)).filter((entry) => isFor(entry, sight));
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const page = Math.min(asked.page, pages);
  const entries = all.slice((page - 1) * pageSize, page * pageSize);
  const detail = await detailFor(context, booking, entries);
  return { kind: 'card', card: historyCard(reader, { detail, entries, sight, page, pages }) };
}

/** Questions and answers are between host and reviewers. */
const isFor = ({ event }: Entry, { review }: Sight): boolean =>
  review || (event.type !== 'asked' && event.type !== 'answered');

async function detailFor(
  { tx }: CommandContext,
  booking: Booking,
  entries: readonly Entry[],
): Promise<Detail> {
  const [loaded] = await loadDetails(tx, [booking]);
  if (!loaded) throw new Error('a booking without its room');
  const forms = entries.flatMap(({ change }) => (change ? [change.from, change.to] : []));
  const detail = await knowing(tx, loaded, ...forms);
  const names = await namesOf(tx, peopleIn(entries));
  return { ...detail, nameOf: (person) => (person && names.get(person)) || detail.nameOf(person) };
}

const refused = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });
