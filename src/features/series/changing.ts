import { z } from 'zod';
import { type CommandContext, type CommandDef, command, type ViewDef } from '../../core/feature.ts';
import { type DraftId, draftSubject, type RoomId, type SeriesId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer, Card } from '../../core/view.ts';
import {
  type Booking,
  detailsOf,
  originOf,
  readRequest,
  type TypedRequest,
  typedFrom,
  typedRequest,
} from '../booking/index.ts';
import { chosenAttendees, known } from '../change/index.ts';
import { addDraft, type Draft, findDraft, moveDraft } from '../draft/index.ts';
import { refuseStrangers } from '../people/index.ts';
import { bannerOf, noneAhead } from './answers.ts';
import { changeBetween, typical } from './change.ts';
import { changeCard } from './change-card.ts';
import { changeForm } from './change-form.ts';
import { changeNews } from './change-news.ts';
import type { SeriesService } from './handler.ts';
import { loadWhole, type Whole } from './load.ts';
import { goOn } from './on-draft.ts';
import { ahead, changeable, type Prospect, prospectOf, prospectPrint } from './prospect.ts';
import { seriesAnswer } from './running.ts';
import { settledCard } from './series-card.ts';

const seriesId = z.string().transform((id) => id as SeriesId);
const draftId = z.string().transform((id) => id as DraftId);
const page = z.coerce.number().int().min(1).default(1);

/** Changing all dates of a series, or one and those after it (2.4). */
export function createChanging(series: SeriesService) {
  const { facts } = series.bookings;
  const onDraft = goOn(({ tx, now }, draft) => prospectOf({ tx, now, facts }, draft));

  const commands: Record<string, CommandDef> = {
    'series.change': command({
      right: 'member',
      input: z.object({ series: seriesId }),
      acts: false,
      async handle(context, input) {
        const whole = await theirs(context, input.series);
        const base = whole && baseOf(context, whole);
        if (!whole || !base) return noneAhead(context, whole);
        const details = await known(context.tx, detailsOf(base));
        const typed = typedFrom(details, context.reader.zone, context.token());
        return changeForm(context, whole, { typed, from: firstDay(context, whole) });
      },
    }),
    'series.changed': command({
      right: 'member',
      input: typedRequest.extend({ series: seriesId, from: z.iso.date() }),
      people: ['attendees'],
      acts: true,
      handle: (context, { series: id, from, ...typed }) => submit(context, id, from, typed),
    }),
    'series.foresee': command({
      right: 'member',
      input: z.object({ draft: draftId, page }),
      acts: false,
      handle: (context, input) =>
        onDraft(context, input.draft, (draft, prospect) =>
          prospectAnswer(context, draft, prospect, input.page),
        ),
    }),
    'series.apply': command({
      right: 'member',
      input: z.object({ draft: draftId, over: z.enum(['yes', 'no']), print: z.string() }),
      acts: true,
      handle: (context, input) =>
        onDraft(context, input.draft, async (draft, prospect) => {
          const { tx, now, reader, actor } = context;
          const { whole, change } = prospect;
          const dates = changeable(input.over === 'yes' ? prospect.over : prospect.dates, change);
          const [first] = dates;
          if (!first || prospectPrint(prospect) !== input.print)
            return prospectAnswer(context, draft, prospect, 1, {
              tone: 'warning',
              text: reader.t('series.changedSince'),
            });
          const settled = await series.change(originOf(context), whole.series, {
            by: actor.person,
            change,
            dates,
            all: draft.typed.changes?.from === firstDay(context, whole),
          });
          if (settled.done.length > 0) await moveDraft(tx, now, draft, { booking: first.booking.id });
          return seriesAnswer(context, whole.series.id, 1, bannerOf(reader, settled, 'series.changedCount'));
        }),
    }),
  };

  const views: Record<string, ViewDef> = {
    ...changeNews,
    'series.prospect': async ({ tx, now, reader, recipient, purpose }, data) => {
      const draft = await findDraft(tx, data.draft as DraftId, recipient);
      const prospect = draft && !draft.booking ? await prospectOf({ tx, now, facts }, draft) : null;
      if (!draft) return null;
      const live = { subject: draftSubject(draft.id), revision: draft.revision };
      if (draft.booking)
        return purpose === 'send'
          ? null
          : { card: settledCard(reader, draft.typed.changes?.series ?? null), live };
      return prospect && { card: changeCard(reader, { prospect, draft, page: Number(data.page) }), live };
    },
  };

  return { commands, views };

  async function submit(
    context: CommandContext,
    id: SeriesId,
    from: string,
    typed: TypedRequest,
  ): Promise<Answer> {
    const { tx, now, reader, actor } = context;
    const whole = await theirs(context, id);
    const base = whole && baseOf(context, whole);
    if (!whole || !base) return noneAhead(context, whole);
    const shown = { ...typed, date: toLocal(base.start, reader.zone).date, zone: reader.zone };
    const attendees = await chosenAttendees(tx, actor.account, base.attendees, typed.attendees);
    const text = { ...shown, attendees };
    const read = readRequest(text, actor.person, reader.zone);
    const stranger = refuseStrangers(context.strangers, 'attendees');
    if (!read.ok || stranger)
      return changeForm(context, whole, {
        typed: shown,
        from,
        problems: { ...(read.ok ? {} : read.problems), ...(stranger ? { attendees: stranger } : {}) },
      });
    const { fields } = changeBetween(
      base,
      { ...read.details, room: typed.room as RoomId },
      whole.series.zone,
    );
    if (fields.length === 0)
      return changeForm(context, whole, {
        typed: shown,
        from,
        banner: { tone: 'warning', text: reader.t('series.nothingChanged') },
      });
    const draft = await addDraft(tx, now, actor.person, { ...text, changes: { series: id, from } });
    return onDraft(context, draft.id, (kept, prospect) => prospectAnswer(context, kept, prospect, 1));
  }
}

function prospectAnswer(
  { reader }: CommandContext,
  draft: Draft,
  prospect: Prospect,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const { id, revision } = draft;
  return Promise.resolve({
    kind: 'card',
    card: changeCard(reader, { prospect, draft, page }, banner),
    live: {
      view: 'series.prospect',
      subject: draftSubject(id),
      revision,
      data: { draft: id, page: String(page) },
    },
  });
}

/** The series, where it is theirs. */
async function theirs({ tx, actor }: CommandContext, id: SeriesId): Promise<Whole | null> {
  const whole = await loadWhole(tx, id);
  return whole?.series.host === actor.person ? whole : null;
}

/** The date that stands for the series: the form begins with its details. */
const baseOf = ({ actor, now }: CommandContext, whole: Whole): Booking | null =>
  typical(ahead(whole, actor.person, now));

const firstDay = ({ actor, now }: CommandContext, whole: Whole): string =>
  ahead(whole, actor.person, now)[0]?.occurrence ?? whole.series.date;
