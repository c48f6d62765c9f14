import { z } from 'zod';
import { type CommandContext, type CommandDef, command, type Place } from '../../core/feature.ts';
import type { Answer, Card } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { namesOf } from '../people/index.ts';
import { clauses, rulesAt } from '../rules/index.ts';
import { refused, scopeSaid, scopeWords } from './asking.ts';
import { mayPost } from './domain.ts';
import { channelName, schedulesCard } from './schedule-views.ts';
import {
  addSchedule,
  endSchedule,
  findSchedule,
  type NewSchedule,
  ownerOf,
  runningSchedules,
  type Schedule,
  type SchedulePeople,
} from './schedules.ts';
import { everies, nextPost } from './timetable.ts';

const perPage = 8;
const page = z.coerce.number().int().min(1).max(10_000).default(1);
const schedule = z.string().max(100);

/** `/stats weekly #channel`, `/stats schedules` and their buttons (2.8). */
export const scheduleCommands = (people: SchedulePeople): Record<string, CommandDef> => ({
  'statistics.every': command({
    right: 'member',
    input: z.object({ every: z.enum(everies), text: z.string().max(500).default('') }),
    acts: true,
    async handle(context, { every, text }) {
      if (!mayPost(context.actor.roles)) return refuse(context, 'statistics.every');
      const where = placeIn(context, text);
      if (!where.ok) return where.answer;
      const read = await scopeSaid(context, where.rest);
      if (!read.ok) return read.answer;
      const { place } = where;
      return setUp(people, context, { by: context.actor.person, place, every, scope: read.scope });
    },
  }),
  'statistics.again': command({
    right: 'member',
    input: z.object({ schedule }),
    acts: true,
    async handle(context, input) {
      if (!mayPost(context.actor.roles)) return refuse(context, 'statistics.again');
      const found = await findSchedule(context.tx, input.schedule);
      if (!found) return refused(context.reader.t('common.stale'));
      const { place, every, site, room, department } = found;
      const scope = { site, room, department };
      return setUp(people, context, { by: context.actor.person, place, every, scope });
    },
  }),
  'statistics.stop': command({
    right: 'member',
    input: z.object({ schedule, page }),
    acts: true,
    async handle(context, input) {
      if (!mayPost(context.actor.roles)) return refuse(context, 'statistics.stop');
      const { tx, now, reader, actor } = context;
      const found = await findSchedule(tx, input.schedule);
      if (!found) return refused(reader.t('common.stale'));
      if (found.endedAt !== null) {
        const text = reader.t('statistics.schedule.stoppedBefore');
        return list(people, context, input.page, { tone: 'warning', text });
      }
      await endSchedule(tx, now, found, actor.person);
      const text = reader.t('statistics.schedule.stopped', { channel: channelName(reader, found.place) });
      return list(people, context, input.page, { tone: 'good', text });
    },
  }),
  'statistics.schedules': command({
    right: 'member',
    input: z.object({ page }),
    acts: false,
    handle: async (context, input) =>
      mayPost(context.actor.roles) ? list(people, context, input.page) : notAllowed(context),
  }),
});

/** The channel that a text names, or the one in which it was typed. */
function placeIn(
  { reader, channels, place }: CommandContext,
  text: string,
): { ok: true; place: Place; rest: string } | { ok: false; answer: Answer } {
  const [whole, name = ''] = /#(\S+)/.exec(text) ?? [];
  const found = whole ? channels.get(name) : place;
  if (found) return { ok: true, place: found, rest: whole ? text.replace(whole, ' ') : text };
  const answer = refused(
    whole
      ? reader.t('statistics.schedule.wrong.channel', { channel: [...whole].slice(0, 80).join('') })
      : reader.t('statistics.schedule.wrong.noChannel'),
  );
  return { ok: false, answer };
}

async function setUp(people: SchedulePeople, context: CommandContext, wanted: NewSchedule): Promise<Answer> {
  const { tx, now, reader } = context;
  const { schedule, added } = await addSchedule(tx, now, wanted, reader.zone);
  const channel = channelName(reader, schedule.place);
  const banner = added
    ? ({ tone: 'good', text: reader.t('statistics.schedule.begun', { channel }) } as const)
    : ({ tone: 'warning', text: reader.t('statistics.schedule.already', { channel }) } as const);
  // The newest stands last.
  return list(people, context, Number.MAX_SAFE_INTEGER, banner);
}

async function list(
  people: SchedulePeople,
  context: CommandContext,
  asked: number,
  banner?: Card['banner'],
): Promise<Answer> {
  const { tx, now, reader } = context;
  const all = await runningSchedules(tx);
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(asked, pages);
  const names = await namesOf(
    tx,
    all.map((it) => it.by),
  );
  const { workDays } = (await rulesAt(tx, now)).document.organisation;
  const shownOf = async (it: Schedule) => {
    const owner = await ownerOf(people, tx, it);
    return {
      schedule: it,
      scope: await scopeWords(context, it),
      by: names.get(it.by) ?? '–',
      next: nextPost(it.every, now, owner?.zone ?? reader.zone, workDays),
    };
  };
  const shown = await Promise.all(all.slice((page - 1) * perPage, page * perPage).map(shownOf));
  return { kind: 'card', card: schedulesCard(reader, { shown, page, pages, ...(banner ? { banner } : {}) }) };
}

/** It is written down who tried (6.2). */
async function refuse(context: CommandContext, name: string): Promise<Answer> {
  const { tx, now, actor } = context;
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: 'refused',
    subject: `command:${name}`,
    detail: { why: 'role' },
  });
  return notAllowed(context);
}

const notAllowed = ({ reader }: CommandContext): Answer =>
  refused(reader.refusal({ key: 'statistics.schedule.wrong.notAllowed', clause: clauses.access }));
