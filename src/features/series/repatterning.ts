import { z } from 'zod';
import { type CommandContext, type CommandDef, command, type ViewDef } from '../../core/feature.ts';
import { type DraftId, draftSubject, type SeriesId } from '../../core/ids.ts';
import { addDays, toLocal } from '../../core/time.ts';
import type { Answer, Card } from '../../core/view.ts';
import { detailsOf, originOf, typedFrom } from '../booking/index.ts';
import { addDraft, type Draft, findDraft, moveDraft } from '../draft/index.ts';
import { findRoom } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { bannerOf, noneAhead } from './answers.ts';
import { typical } from './change.ts';
import type { SeriesService } from './handler.ts';
import { loadWhole, type Whole } from './load.ts';
import { breachesAt, type Sight } from './look.ts';
import { goOn } from './on-draft.ts';
import { type PlanProblems, presetPlan, readPlan, type TypedPlan, typedPlan } from './plan.ts';
import { planForm } from './plan-form.ts';
import { ahead } from './prospect.ts';
import { occurrences } from './recurrence.ts';
import { leftFrom, repattern } from './repattern.ts';
import { free, type Outlook, outlookCard, outlookPrint } from './repattern-card.ts';
import { readRecurrence, writeRecurrence } from './rrule.ts';
import { seriesAnswer } from './running.ts';
import { settledCard } from './series-card.ts';

const seriesId = z.string().transform((id) => id as SeriesId);
const draftId = z.string().transform((id) => id as DraftId);

/** Another recurrence for a series that is under way (2.4): its dates ahead are compared, shown, and then made so. */
export function createRepatterning(series: SeriesService) {
  const { facts } = series.bookings;
  const onDraft = goOn(({ tx, now }, draft) => outlookOf({ tx, now, facts }, draft));

  const commands: Record<string, CommandDef> = {
    'series.pattern': command({
      right: 'member',
      input: z.object({ series: seriesId }),
      acts: false,
      async handle(context, input) {
        const base = await baseOf(context, input.series);
        return base
          ? formAnswer(context, base)
          : noneAhead(context, await loadWhole(context.tx, input.series));
      },
    }),
    'series.patterned': command({
      right: 'member',
      input: typedPlan.extend({ token: z.string(), series: seriesId }),
      acts: true,
      async handle(context, { series: id, token, ...typed }) {
        const { tx, now, reader, actor } = context;
        const base = await baseOf(context, id);
        if (!base) return noneAhead(context, await loadWhole(tx, id));
        const plan = readPlan(typed, base.first, base.lastDay);
        if (!plan.ok) return formAnswer(context, base, { typed, problems: plan.problems });
        const draft = await addDraft(tx, now, actor.person, {
          ...typedFrom(base.booking, reader.zone, token),
          zone: reader.zone,
          repeats: { rule: writeRecurrence(plan.recurrence), choices: {} },
          changes: { series: id, from: base.first },
        });
        return onDraft(context, draft.id, (kept, outlook) => outlookAnswer(context, kept, outlook, 1));
      },
    }),
    'series.outlook': command({
      right: 'member',
      input: z.object({ draft: draftId, page: z.coerce.number().int().min(1) }),
      acts: false,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, outlook) => outlookAnswer(context, draft, outlook, input.page)),
    }),
    'series.repattern': command({
      right: 'member',
      input: z.object({ draft: draftId, print: z.string() }),
      acts: true,
      handle: (context, input) =>
        onDraft(context, input.draft, async (draft, outlook) => {
          const { tx, now, reader, actor } = context;
          if (outlookPrint(outlook) !== input.print)
            return outlookAnswer(context, draft, outlook, 1, {
              tone: 'warning',
              text: reader.t('series.changedSince'),
            });
          const { whole, to, end } = outlook;
          const settled = await series.repattern(originOf(context), whole.series, {
            by: actor.person,
            to,
            end,
            add: free(outlook),
            reason: reader.t('series.repatterned'),
          });
          const [one] = settled.done;
          if (one) await moveDraft(tx, now, draft, { booking: one.id });
          return seriesAnswer(context, whole.series.id, 1, bannerOf(reader, settled, 'series.repatterned'));
        }),
    }),
  };

  const views: Record<string, ViewDef> = {
    'series.outlook': async ({ tx, now, reader, recipient, purpose }, data) => {
      const draft = await findDraft(tx, data.draft as DraftId, recipient);
      if (!draft) return null;
      const live = { subject: draftSubject(draft.id), revision: draft.revision };
      if (draft.booking)
        return purpose === 'send'
          ? null
          : { card: settledCard(reader, draft.typed.changes?.series ?? null), live };
      const outlook = await outlookOf({ tx, now, facts }, draft);
      return outlook && { card: outlookCard(reader, { outlook, draft, page: Number(data.page) }), live };
    },
  };

  return { commands, views };
}

/** What the dates of a series would be by the recurrence that a draft holds; one query for what stands in their way. */
async function outlookOf(sight: Sight, { typed, person }: Draft): Promise<Outlook | null> {
  const { tx, now } = sight;
  const { changes, repeats } = typed;
  const base = changes ? await baseOf({ tx, now, actor: { person } }, changes.series) : null;
  const read = changes && repeats ? readRecurrence(repeats.rule, changes.from) : null;
  if (!changes || !base || !read?.ends) return null;
  const { whole, booking, lastDay } = base;
  const room = await findRoom(tx, booking.room);
  if (!room) return null;
  const recurrence = { pattern: read.pattern, ends: read.ends };
  const to = { ...whole.series, date: changes.from, recurrence };
  const them = whole.details.map((it) => it.booking);
  const compared = repattern(them, occurrences(to, lastDay), { by: person, now });
  const wishes = compared.add.map(({ start, end }) => ({ ...detailsOf(booking), start, end, room }));
  const breaches = await breachesAt(sight, wishes);
  const add = compared.add.flatMap((date, n) => {
    const wish = wishes[n];
    return wish ? [{ date, wish, breach: breaches[n] ?? null }] : [];
  });
  return { ...compared, whole, to, add };
}

/** The series, where it is theirs and has dates ahead: which stands for it, its first day ahead, and the last possible. */
async function baseOf(
  { tx, now, actor }: Pick<Sight, 'tx' | 'now'> & { actor: Pick<CommandContext['actor'], 'person'> },
  id: SeriesId,
) {
  const whole = await loadWhole(tx, id);
  if (whole?.series.host !== actor.person) return null;
  const dates = ahead(whole, actor.person, now);
  const booking = typical(dates);
  const room = booking && (await findRoom(tx, booking.room));
  if (!booking || !room) return null;
  const { document } = await rulesAt(tx, now);
  const { horizonDays } = rulesFor(document, room);
  const lastDay = addDays(toLocal(now, room.zone).date, horizonDays);
  return { whole, booking, lastDay, first: dates[0]?.occurrence ?? whole.series.date };
}

function formAnswer(
  { reader, token }: CommandContext,
  { whole, first, lastDay }: { whole: Whole; first: string; lastDay: string },
  refused?: { typed: TypedPlan; problems: PlanProblems },
): Answer {
  const form = planForm(reader, {
    typed: refused?.typed ?? presetPlan(leftFrom(whole.series, first, lastDay), first, lastDay),
    first,
    lastDay,
    title: reader.t('series.replan'),
    banner: { tone: 'neutral', text: reader.t('series.replanFrom', { day: { day: first } }) },
    command: 'series.patterned',
    data: { series: whole.series.id, token: token() },
    ...(refused ? { problems: refused.problems } : {}),
  });
  return { kind: refused ? 'invalid' : 'form', form };
}

function outlookAnswer(
  { reader }: CommandContext,
  draft: Draft,
  outlook: Outlook,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const { id, revision } = draft;
  return Promise.resolve({
    kind: 'card',
    card: outlookCard(reader, { outlook, draft, page }, banner),
    live: {
      view: 'series.outlook',
      subject: draftSubject(id),
      revision,
      data: { draft: id, page: String(page) },
    },
  });
}
