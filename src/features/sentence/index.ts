import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { Answer } from '../../core/view.ts';
import { understandChange } from '../../language/index.ts';
import { findNumbered, requestAnswer, showBooking, toBook } from '../booking/index.ts';
import { openChange } from '../change/index.ts';
import type { Drafts } from '../draft/index.ts';
import { unknownAnswer } from '../home/index.ts';
import { changesIn, readSentence, understood, unreadable, vocabulary } from './reading.ts';
import { listFreeRooms } from './rooms.ts';

const text = z.string().default('');

/** What is said in one line of words: a booking (2.1), a change of one (2.4), which rooms are free then. */
export const createSentence = (drafts: Pick<Drafts, 'answer' | 'keep'>): Feature => ({
  name: 'sentence',
  words: {
    book: (rest) =>
      rest ? { command: 'sentence.book', input: { text: rest } } : { command: 'booking.open', input: {} },
  },
  commands: {
    'sentence.book': command({
      right: 'member',
      input: z.object({ text }),
      acts: true,
      handle: (context, input) => book(context, drafts, input.text),
    }),
    'sentence.rooms': command({
      right: 'member',
      input: z.object({ text, page: z.coerce.number().int().min(1).default(1) }),
      acts: false,
      handle: (context, input) => listFreeRooms(context, input),
    }),
    'sentence.said': command({
      right: 'member',
      input: z.object({ text: z.string().default('') }),
      acts: true,
      handle: (context, input) => anything(context, drafts, input.text),
    }),
  },
});

/** The filled form where something is missing, else a card to confirm (2.1). */
async function book(
  context: CommandContext,
  drafts: Pick<Drafts, 'answer' | 'keep'>,
  said: string,
): Promise<Answer> {
  const { typed, problems, missing, recurrence } = await readSentence(context, said);
  const request = { ...typed, recurring: recurrence !== null };
  if (Object.keys(problems).length > 0) return requestAnswer(context, request, { problems });
  if (missing.length === 0) return drafts.answer(context, request, undefined, recurrence ?? undefined);
  const draft = recurrence === null ? null : await drafts.keep(context, request, recurrence);
  return requestAnswer(context, request, {
    banner: { tone: 'neutral', text: missing.join(' ') },
    ...(draft ? { purpose: { ...toBook(context.reader), data: { draft } } } : {}),
  });
}

/** A line without a command word: about a booking by its number, a booking, or nothing that we know. */
async function anything(
  context: CommandContext,
  drafts: Pick<Drafts, 'answer' | 'keep'>,
  said: string,
): Promise<Answer> {
  const { tx, reader } = context;
  const about = understandChange(said, await vocabulary(context));
  if (about) {
    const { number, verb, rest } = about;
    const booking = await findNumbered(tx, number);
    if (!booking) return { kind: 'note', tone: 'bad', text: reader.t('sentence.noSuchBooking', { number }) };
    if (verb !== 'move') return showBooking(context, booking.id);
    if (!rest.ok) return { kind: 'note', tone: 'bad', text: reader.refusal(unreadable(rest.error)) };
    return openChange(context, booking.id, await changesIn(context, rest));
  }
  const read = await understood(context, said);
  if (read.ok && read.start?.time && read.topic !== null) return book(context, drafts, said);
  return unknownAnswer(context, said);
}
