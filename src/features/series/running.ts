import { z } from 'zod';
import type { Instant } from '../../core/clock.ts';
import {
  type CommandContext,
  type CommandDef,
  command,
  type JobDef,
  type ViewDef,
} from '../../core/feature.ts';
import type { PersonId, SeriesId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { Tx } from '../../db/database.ts';
import { waitingFor, waitingMatter } from '../approval/index.ts';
import { type Detail, type Origin, originOf } from '../booking/index.ts';
import { bannerOf, note, stale } from './answers.ts';
import { cancellingFrom } from './change.ts';
import type { Ruling, SeriesService } from './handler.ts';
import { following, loadWhole, type Whole } from './load.ts';
import { reviewCard, reviewPrint } from './review-card.ts';
import { keepPrint } from './series-actions.ts';
import { hostSeriesCard, invitedSeriesCard, seriesNewsCard } from './series-card.ts';

const seriesId = z.string().transform((id) => id as SeriesId);
const page = z.coerce.number().int().min(1).default(1);
const reason = z.string().default('');

/** A series that has been sent: what its host, its reviewers and those invited see of it and do with it (2.2, 2.5). */
export function createRunning(series: SeriesService) {
  const { bookings } = series;

  const commands: Record<string, CommandDef> = {
    'series.show': command({
      right: 'member',
      input: z.object({ series: seriesId, page }),
      acts: false,
      handle: async (context, input) => {
        const whole = await loadWhole(context.tx, input.series);
        if (!whole) return stale(context);
        // What waits for whoever looks comes first.
        const open = await openFor(context.tx, context.now, whole, context.actor.person);
        return open.length > 0
          ? answerWith(whole, 'series.review', reviewCard(context.reader, whole, open))
          : showWhole(context, whole, input.page);
      },
    }),
    'series.cancel': command({
      right: 'member',
      input: z.object({ series: seriesId, from: z.iso.date(), reason }),
      acts: true,
      async handle(context, input) {
        const by = context.actor.person;
        const whole = await loadWhole(context.tx, input.series);
        if (whole?.series.host !== by) return stale(context);
        const { from, reason } = input;
        const settled = await series.cancel(originOf(context), whole.series, { by, from, reason });
        return seriesAnswer(
          context,
          whole.series.id,
          1,
          bannerOf(context.reader, settled, 'series.cancelledCount'),
        );
      },
    }),
    'series.keep': command({
      right: 'member',
      input: z.object({ series: seriesId, print: z.string() }),
      acts: true,
      async handle(context, input) {
        const { tx, now, reader, actor } = context;
        const by = actor.person;
        const whole = await loadWhole(tx, input.series);
        if (whole?.series.host !== by) return stale(context);
        const them = whole.details.map(({ booking }) => booking);
        const dates = cancellingFrom(them, { by, from: '', now });
        const { id } = whole.series;
        if (keepPrint(dates) !== input.print)
          return seriesAnswer(context, id, 1, { tone: 'warning', text: reader.t('series.changedSince') });
        const settled = await series.keep(originOf(context), whole.series, dates, by);
        return seriesAnswer(context, id, 1, bannerOf(reader, settled, 'series.keptCount'));
      },
    }),
    'series.approve': command({
      right: 'member',
      input: z.object({
        series: seriesId,
        print: z.string(),
        except: z.array(z.string()).default([]),
        reason,
      }),
      acts: true,
      handle: (context, { series: id, print, except, reason }) =>
        decide(context, id, print, { kind: 'approve', except, reason }),
    }),
    'series.reject': command({
      right: 'member',
      input: z.object({ series: seriesId, print: z.string(), reason }),
      acts: true,
      handle: (context, { series: id, print, reason }) =>
        decide(context, id, print, { kind: 'reject', reason }),
    }),
  };

  const views: Record<string, ViewDef> = {
    'series.host': seriesView((whole, { reader, data }) => hostSeriesCard(reader, whole, Number(data.page))),
    'series.news': seriesView((whole, { reader }) =>
      seriesNewsCard(reader, whole, ['rejected', 'cancelled']),
    ),
    'series.invited': seriesView((whole, { reader, recipient }) =>
      invitedSeriesCard(reader, whole, recipient),
    ),
    'series.cancelled': seriesView((whole, { reader }) => seriesNewsCard(reader, whole, ['cancelled'])),
    'series.review': seriesView(async (whole, { tx, now, reader, recipient, purpose, data }) => {
      const open = await openFor(tx, now, whole, recipient);
      if (open.length === 0 && purpose === 'send') return null;
      const banner: Card['banner'] =
        data.reminder && open.length > 0
          ? { tone: 'warning', text: reader.t('approval.reminder') }
          : undefined;
      return reviewCard(reader, whole, open, banner);
    }),
  };

  const jobs: Record<string, JobDef> = {
    'series.confirm': job(series.confirmDue),
    'series.remind': job(series.remind),
    'series.escalate': job(series.escalate),
  };

  return { commands, views, jobs };

  /** What of a series waits for this reviewer. */
  async function openFor(tx: Tx, now: Instant, { details }: Whole, person: PersonId): Promise<Detail[]> {
    const open = details.map(({ booking }) => booking).filter((it) => waitingMatter(it, now) !== null);
    const theirs = new Set((await waitingFor(bookings, { tx, now }, open, person)).map((it) => it.id));
    return details.filter(({ booking }) => theirs.has(booking.id));
  }

  async function decide(
    context: CommandContext,
    id: SeriesId,
    print: string,
    ruling: Ruling,
  ): Promise<Answer> {
    const { tx, now, reader, actor } = context;
    const whole = await loadWhole(tx, id);
    if (!whole) return stale(context);
    const open = await openFor(tx, now, whole, actor.person);
    if (open.length === 0) return reviewAnswer(context, whole, [], whyNot(whole, now, actor.person));
    if (reviewPrint(open) !== print)
      return reviewAnswer(context, whole, open, { key: 'series.changedSince', clause: '2.2' });
    const settled = await series.decide(originOf(context), whole.series, actor.person, ruling);
    const after = (await loadWhole(tx, id)) ?? whole;
    const banner = settled.refused.length > 0 ? bannerOf(reader, settled, 'series.decidedCount') : undefined;
    const left = await openFor(tx, now, after, actor.person);
    return answerWith(after, 'series.review', reviewCard(reader, after, left, banner));
  }

  function reviewAnswer(
    context: CommandContext,
    whole: Whole,
    open: readonly Detail[],
    refusal: Refusal,
  ): Answer {
    const { reader, actor } = context;
    const decided = whole.details.some(
      ({ booking }) => 'by' in booking.state && booking.state.by === actor.person,
    );
    // Somebody who has no part in it sees nothing of it.
    if (open.length === 0 && !decided) return note(context, refusal);
    const banner: Card['banner'] = { tone: 'warning', text: reader.refusal(refusal) };
    return answerWith(whole, 'series.review', reviewCard(reader, whole, open, banner));
  }
}

/** Why somebody has nothing to decide here. */
function whyNot({ series, details }: Whole, now: Instant, person: PersonId): Refusal {
  const waits = details.some(({ booking }) => waitingMatter(booking, now) !== null);
  const decided = details.some(({ booking }) => 'by' in booking.state && booking.state.by === person);
  if (!waits || decided) return { key: 'booking.refused.decided', clause: '2.2' };
  if (series.host === person) return { key: 'booking.refused.ownRequest', clause: '2.2' };
  return { key: 'booking.refused.notReviewer', clause: '2.2' };
}

const job =
  (act: (origin: Origin, series: SeriesId) => Promise<void>): JobDef =>
  ({ tx, now }, data) =>
    act({ tx, now, actor: null, source: 'job' }, data.series as SeriesId);

/** The card of a series for its host, as it stands now. */
export async function seriesAnswer(
  context: CommandContext,
  series: SeriesId,
  page: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const whole = await loadWhole(context.tx, series);
  if (!whole) throw new Error('a series that was just loaded is not there');
  return answerWith(whole, 'series.host', hostSeriesCard(context.reader, whole, page, banner), {
    page: String(page),
  });
}

function showWhole(context: CommandContext, whole: Whole, page: number): Answer {
  const { reader, actor } = context;
  if (whole.series.host === actor.person)
    return answerWith(whole, 'series.host', hostSeriesCard(reader, whole, page), { page: String(page) });
  if (whole.details.some(({ booking }) => booking.attendees.includes(actor.person)))
    return answerWith(whole, 'series.invited', invitedSeriesCard(reader, whole, actor.person, page));
  return stale(context);
}

const answerWith = (whole: Whole, view: string, card: Card, data: Record<string, string> = {}): Answer => ({
  kind: 'card',
  card,
  live: { ...following(whole), view, data: { series: whole.series.id, ...data } },
});

type Seen = Parameters<ViewDef>[0] & { data: Record<string, string> };

/** A view of a series that follows it. */
const seriesView =
  (render: (whole: Whole, seen: Seen) => Card | null | Promise<Card | null>): ViewDef =>
  async (scope, data) => {
    const whole = await loadWhole(scope.tx, data.series as SeriesId);
    const card = whole && (await render(whole, { ...scope, data }));
    return whole && card ? { card, live: following(whole) } : null;
  };
