import { z } from 'zod';
import {
  type CommandContext,
  type CommandDef,
  command,
  type Scope,
  type ViewDef,
} from '../../core/feature.ts';
import { type DraftId, draftSubject, type RoomId } from '../../core/ids.ts';
import type { Answer, Card } from '../../core/view.ts';
import { findBooking, originOf, showBooking } from '../booking/index.ts';
import type { Choice } from '../draft/index.ts';
import { type Draft, findDraft, moveDraft } from '../draft/index.ts';
import { namesOf } from '../people/index.ts';
import { findRoom } from '../rooms/index.ts';
import { note, stale } from './answers.ts';
import type { SeriesService } from './handler.ts';
import { alternativesTo, breachesAt } from './look.ts';
import { type PlanProblems, presetPlan, readPlan, type TypedPlan, typedPlan } from './plan.ts';
import { planForm } from './plan-form.ts';
import { bookable, type Prepared, prepare, type Read, readDraft, repeating, roomFor } from './prepare.ts';
import { onPage, previewCard, previewPrint } from './preview-card.ts';
import type { Recurrence } from './recurrence.ts';
import { writeRecurrence } from './rrule.ts';
import { seriesAnswer } from './running.ts';
import { settledCard } from './series-card.ts';

const draftId = z.string().transform((id) => id as DraftId);
const page = z.coerce.number().int().min(1).default(1);

const chosen = z.object({
  draft: draftId,
  rev: z.coerce.number().int(),
  day: z.iso.date(),
  page,
  choice: z.enum(['none', 'skip', 'room', 'time']),
  room: z.string().optional(),
  start: z.coerce.number().int().optional(),
});

/** From a draft to a series (2.1): how it repeats, its dates one by one, and sending them. */
export function createDrafting(series: SeriesService) {
  const { facts } = series.bookings;

  const commands: Record<string, CommandDef> = {
    'series.open': command({
      right: 'member',
      input: z.object({ draft: draftId }),
      acts: true,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, read) =>
          read.recurrence ? plan(context, draft, read, read.recurrence) : formAnswer(context, draft, read),
        ),
    }),
    'series.replan': command({
      right: 'member',
      input: z.object({ draft: draftId }),
      acts: false,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, read) => formAnswer(context, draft, read)),
    }),
    'series.plan': command({
      right: 'member',
      input: typedPlan.extend({ token: z.string(), draft: draftId }),
      acts: true,
      handle: (context, { draft: id, token: _, ...typed }) =>
        onDraft(context, id, (draft, read) => {
          const plan_ = readPlan(typed, read.once.date, read.lastDay);
          return plan_.ok
            ? plan(context, draft, read, plan_.recurrence)
            : formAnswer(context, draft, read, { typed, problems: plan_.problems });
        }),
    }),
    'series.preview': command({
      right: 'member',
      input: z.object({ draft: draftId, page }),
      acts: false,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, read) => previewAnswer(context, draft, read, input.page)),
    }),
    'series.choose': command({
      right: 'member',
      input: chosen,
      acts: true,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, read) => choose(context, draft, read, input)),
    }),
    'series.send': command({
      right: 'member',
      input: z.object({ draft: draftId, rev: z.coerce.number().int(), print: z.string() }),
      acts: true,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, read) => send(context, draft, read, input)),
    }),
  };

  const views: Record<string, ViewDef> = {
    'series.preview': async ({ tx, now, reader, recipient, purpose }, data) => {
      const draft = await findDraft(tx, data.draft as DraftId, recipient);
      if (!draft) return null;
      const live = { subject: draftSubject(draft.id), revision: draft.revision };
      if (draft.booking) {
        const sent = await findBooking(tx, draft.booking);
        return purpose === 'send' ? null : { card: settledCard(reader, sent?.series ?? null), live };
      }
      const read = await readDraft({ tx, now }, draft);
      if ('refusal' in read) return null;
      const card = await cardOf({ tx, now, reader }, draft, read, Number(data.page));
      return card && { card, live };
    },
  };

  return { commands, views };

  /** The draft, where it is theirs, not sent yet, and can be read. */
  async function onDraft(
    context: CommandContext,
    id: DraftId,
    go: (draft: Draft, read: Read) => Promise<Answer>,
  ): Promise<Answer> {
    const { tx, actor, reader } = context;
    const draft = await findDraft(tx, id, actor.person);
    if (!draft) return stale(context);
    if (draft.booking)
      return showBooking(context, draft.booking, { tone: 'warning', text: reader.t('series.sentAlready') });
    const read = await readDraft(context, draft);
    return 'refusal' in read ? note(context, read.refusal) : go(draft, read);
  }

  /** Keeps how it repeats, finds a room where any will do, and shows the dates. */
  async function plan(
    context: CommandContext,
    draft: Draft,
    read: Read,
    recurrence: Recurrence,
  ): Promise<Answer> {
    const { tx, now } = context;
    const room = read.room ?? (await roomFor({ tx, now, facts }, read, recurrence));
    if ('refusal' in room) return note(context, room.refusal);
    const typed = repeating(draft.typed, writeRecurrence(recurrence), room);
    return previewAnswer(
      context,
      await moveDraft(tx, now, draft, { typed }),
      { ...read, room, recurrence },
      1,
    );
  }

  async function choose(
    context: CommandContext,
    draft: Draft,
    read: Read,
    input: z.infer<typeof chosen>,
  ): Promise<Answer> {
    const { tx, now, reader } = context;
    if (draft.revision !== input.rev || !draft.typed.repeats)
      return previewAnswer(context, draft, read, input.page, changedSince(context));
    const prepared = await preparedOf(context, draft, read);
    const date = prepared?.dates.find((it) => it.day === input.day);
    const choice = readChoice(input);
    if (!prepared || !date || choice === undefined) return stale(context);
    if (choice && choice.kind !== 'skip') {
      const room = choice.kind === 'room' ? await findRoom(tx, choice.room) : prepared.room;
      const start = choice.kind === 'time' ? choice.start : date.start;
      if (!room) return stale(context);
      const wish = { ...prepared.content, room, start, end: start + (date.end - date.start) };
      const [breach] = await breachesAt({ tx, now, facts }, [wish]);
      if (breach)
        return previewAnswer(context, draft, read, input.page, {
          tone: 'warning',
          text: reader.refusal(breach),
        });
    }
    const { [input.day]: _, ...others } = draft.typed.repeats.choices;
    const choices = choice ? { ...others, [input.day]: choice } : others;
    const typed = { ...draft.typed, repeats: { ...draft.typed.repeats, choices } };
    return previewAnswer(context, await moveDraft(tx, now, draft, { typed }), read, input.page);
  }

  async function send(
    context: CommandContext,
    draft: Draft,
    read: Read,
    input: { rev: number; print: string },
  ): Promise<Answer> {
    const { tx, now } = context;
    const prepared = await preparedOf(context, draft, read);
    if (!prepared || draft.revision !== input.rev || previewPrint(prepared) !== input.print)
      return previewAnswer(context, draft, read, 1, changedSince(context));
    if (bookable(prepared).length === 0) return previewAnswer(context, draft, read, 1);
    const { sent, first } = await series.send(originOf(context), prepared);
    await moveDraft(tx, now, draft, { booking: first });
    return seriesAnswer(context, sent.id, 1);
  }

  async function preparedOf({ tx, now }: Scope, draft: Draft, read: Read): Promise<Prepared | null> {
    const { room, recurrence } = read;
    if (!room || !recurrence) return null;
    return prepare({ tx, now, facts }, read, room, recurrence, draft.typed.repeats?.choices ?? {});
  }

  async function cardOf(
    scope: Scope,
    draft: Draft,
    read: Read,
    page: number,
    banner?: Card['banner'],
  ): Promise<Card | null> {
    const { tx, now, reader } = scope;
    const prepared = await preparedOf(scope, draft, read);
    if (!prepared) return null;
    const open = onPage(prepared.dates, page).shown.filter((it) => it.breach !== null);
    const sight = { tx, now, facts };
    const alternatives = await alternativesTo(sight, prepared.content, prepared.room, open);
    const names = await namesOf(tx, prepared.content.attendees);
    const nameOf = (person: string) => names.get(person as Draft['person']) || '–';
    return previewCard(reader, { draft, prepared, alternatives, page, nameOf }, banner);
  }

  async function previewAnswer(
    context: CommandContext,
    draft: Draft,
    read: Read,
    page: number,
    banner?: Card['banner'],
  ): Promise<Answer> {
    const card = await cardOf(context, draft, read, page, banner);
    // It no longer says how it repeats, or no longer can.
    if (!card) return formAnswer(context, draft, read);
    const { id, revision } = draft;
    const live = { subject: draftSubject(id), revision, data: { draft: id, page: String(page) } };
    return { kind: 'card', card, live: { view: 'series.preview', ...live } };
  }
}

function formAnswer(
  { reader, token }: CommandContext,
  draft: Draft,
  { once, asked, breach, lastDay }: Read,
  refused?: { typed: TypedPlan; problems: PlanProblems },
): Promise<Answer> {
  const form = planForm(reader, {
    typed: refused?.typed ?? presetPlan(asked, once.date, lastDay),
    first: once.date,
    lastDay,
    data: { draft: draft.id, token: token() },
    ...(refused ? { problems: refused.problems } : {}),
    ...(breach ? { banner: { tone: 'warning', text: reader.refusal(breach) } } : {}),
  });
  return Promise.resolve({ kind: refused ? 'invalid' : 'form', form });
}

/** Undefined: what came in is no choice; null: what was chosen is taken back. */
function readChoice({ choice, room, start }: z.infer<typeof chosen>): Choice | null | undefined {
  switch (choice) {
    case 'none':
      return null;
    case 'skip':
      return { kind: 'skip' };
    case 'room':
      return room === undefined ? undefined : { kind: 'room', room: room as RoomId };
    case 'time':
      return start === undefined ? undefined : { kind: 'time', start };
  }
}

const changedSince = ({ reader }: Pick<CommandContext, 'reader'>): Card['banner'] => ({
  tone: 'warning',
  text: reader.t('series.changedSince'),
});
